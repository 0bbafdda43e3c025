"""Builds the wheel of the package, as PEP 517 asks: a zip of its files and three of metadata.

It needs nothing but Python, so `pip install ./examples/python` works without a network. The package
is Python alone; the library that it loads is installed by `meson install`."""
import base64
import hashlib
import io
import re
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def setting(name):
    """A text of pyproject.toml. (Its own reader came with Python 3.11.)"""
    text = (HERE / "pyproject.toml").read_text(encoding="utf-8")
    return re.search(rf'(?m)^{name} = "(.*)"', text).group(1)


NAME, VERSION = setting("name"), setting("version")
INFO = f"{NAME}-{VERSION}.dist-info"
METADATA = f"""Metadata-Version: 2.1
Name: {NAME}
Version: {VERSION}
Summary: {setting("description")}
License: MIT
Requires-Python: {setting("requires-python")}
"""
WHEEL = """Wheel-Version: 1.0
Generator: qbg
Root-Is-Purelib: true
Tag: py3-none-any
"""


def sources():
    return sorted(path for path in (HERE / "qbg").iterdir() if path.suffix in (".py", ".typed"))


def record_line(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


def write_wheel(folder, files):
    """A wheel of these files, name to bytes."""
    files = {**files, f"{INFO}/METADATA": METADATA.encode(), f"{INFO}/WHEEL": WHEEL.encode()}
    record = "".join(record_line(name, data) for name, data in files.items())
    files[f"{INFO}/RECORD"] = f"{record}{INFO}/RECORD,,\n".encode()
    wheel = f"{NAME}-{VERSION}-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder) / wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return wheel


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return write_wheel(wheel_directory,
                       {f"qbg/{path.name}": path.read_bytes() for path in sources()})


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    """pip install -e: a file that adds this folder to the path."""
    return write_wheel(wheel_directory, {"qbg.pth": f"{HERE}\n".encode()})


def build_sdist(sdist_directory, config_settings=None):
    name = f"{NAME}-{VERSION}"
    with tarfile.open(Path(sdist_directory) / f"{name}.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo(f"{name}/PKG-INFO")
        info.size = len(METADATA)
        archive.addfile(info, io.BytesIO(METADATA.encode()))
        for path in [HERE / "pyproject.toml", HERE / "backend.py", *sources()]:
            archive.add(path, f"{name}/{path.relative_to(HERE)}")
    return f"{name}.tar.gz"
