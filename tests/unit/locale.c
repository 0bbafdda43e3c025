/* locale: a program starts in the locale "C" whatever the environment says. Tests start in the
 * environment's, so that a run under a comma-decimal locale proves something. */
#include <locale.h>

__attribute__((constructor)) static void take_the_environments_locale(void) {
    setlocale(LC_ALL, "");
}
