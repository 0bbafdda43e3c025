# Sourced by tests/run and examples/demo: installs what is missing, and configures a build folder.
# shellcheck shell=sh

missing=

fail() {
    echo "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command in silence; when it fails, shows all that it said.
quietly() {
    log=$(mktemp) || fail "there is no room for temporary files"
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    cat "$log" >&2
    rm -f "$log"
    fail "this failed: $*"
}

# A compiler without libc's headers is not enough, so it has to make a whole program.
can_compile() {
    scratch=$(mktemp -d) || fail "there is no room for temporary files"
    printf '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n' >"$scratch/a.c"
    # CC may hold a compiler and its arguments.
    # shellcheck disable=SC2086
    ${CC:-cc} "$scratch/a.c" -o "$scratch/a.out" >/dev/null 2>&1 && works=0 || works=1
    rm -rf "$scratch"
    return "$works"
}

find_build_tools() {
    if ! can_compile; then
        [ -z "${CC:-}" ] || fail "the compiler CC=$CC does not work"
        missing="$missing gcc libc6-dev"
    fi
    has meson || missing="$missing meson"
    has ninja || missing="$missing ninja-build"
    has pkg-config || missing="$missing pkg-config"
}

find_cmocka() {
    has pkg-config && pkg-config --exists cmocka || missing="$missing libcmocka-dev"
}

# Installs the missing packages, as root or through sudo. $1: what they are for.
install_missing() {
    [ -n "$missing" ] || return 0
    has apt-get || fail "please install$missing ($1); only apt-get is known here"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || fail "please run as root: apt-get install$missing ($1); there is no sudo"
        as_root=sudo
    fi
    echo "installing$missing ($1)" >&2
    # $as_root may be nothing, $missing is a list.
    # shellcheck disable=SC2086
    $as_root apt-get -qq update >/dev/null 2>&1 || echo "(apt-get update failed; trying without)" >&2
    # shellcheck disable=SC2086
    quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 install $missing
    missing=
}

# Configures a build folder if that has not been done. $1: the source, $2: the folder.
configure() {
    [ ! -f "$2/build.ninja" ] || return 0
    # QBG_MESON_OPTIONS is a list of words.
    # shellcheck disable=SC2086
    quietly meson setup ${QBG_MESON_OPTIONS:-} "$2" "$1"
}

# The build folder's whole path. $1: the source.
build_folder() {
    case ${QBG_BUILD:-build} in
    /*) echo "$QBG_BUILD" ;;
    *) echo "$1/${QBG_BUILD:-build}" ;;
    esac
}
