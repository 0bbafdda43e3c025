/* options: what the user typed, in any order. Which command may have which option is for main to
 * say; here they are only told apart. */
#include "cli.h"

#include <string.h>

static const struct {
    const char *name;
    const char *brief; /* a second, short name */
    const char *value; /* what to call its value; NULL: it has none */
    const char *meaning;
} known[OPTION_COUNT] = {
    [OPTION_AS_OF] = {"--as-of", NULL, "D",
                      "the instant (required): 2025-11-19 for its end, or 2025-11-19T12:00:00Z"},
    [OPTION_FROM] = {"--from", NULL, "D", "the first day (required), or an instant"},
    [OPTION_TO] = {"--to", NULL, "D", "the last day (required), or an instant"},
    [OPTION_FORMAT] = {"--format", NULL, "F", "text (the default), csv or json"},
    [OPTION_ALL] = {"--all", NULL, NULL, "also the opportunities that are closed by then"},
    [OPTION_STRICT] = {"--strict", NULL, NULL, "accept no refused row: exit code 1"},
    [OPTION_LANG] = {"--lang", NULL, "L", "en (the default) or ru"},
    [OPTION_FORCE] = {"--force", NULL, NULL, "replace the tables of a book that are there already"},
    [OPTION_START] = {"--start", NULL, "N", "recurring revenue when the period began"},
    [OPTION_EXPANSION] = {"--expansion", NULL, "N", "what those customers bought more"},
    [OPTION_CONTRACTION] = {"--contraction", NULL, "N", "what they cut, without a sign"},
    [OPTION_CHURN] = {"--churn", NULL, "N", "what went with those who left, without a sign"},
    [OPTION_CURRENCY] = {"--currency", NULL, "CODE",
                         "ISO 4217: how many decimal places there are (else 2)"},
    [OPTION_BASELINE] = {"--baseline", NULL, "FILE",
                         "figures of what is usual, from qbg baseline (else those of this book)"},
    [OPTION_DIALECT] = {"--dialect", NULL, "D",
                        "the book is an export of a CRM: salesforce or hubspot"},
    [OPTION_SOLUTION] = {"--solution", NULL, "KEY",
                         "what an export's opportunities are about (else \"default\")"},
    [OPTION_SOLUTION_COLUMN] = {"--solution-column", NULL, "HEADING",
                                "the column of opportunities that names their solution"},
    [OPTION_OUTPUT] = {"--output", "-o", "FILE", "write to a file; - is standard output"},
    [OPTION_HELP] = {"--help", "-h", NULL, "this text"},
    [OPTION_VERSION] = {"--version", NULL, NULL, "the version of the library"},
};

const char *option_name(int option) { return known[option].name; }
const char *option_brief(int option) { return known[option].brief; }
const char *option_value(int option) { return known[option].value; }
const char *option_meaning(int option) { return known[option].meaning; }

static int is_name(const char *name, const char *argument, size_t length) {
    return name && strlen(name) == length && memcmp(name, argument, length) == 0;
}

/* The option that an argument such as "--format=csv" begins with, or -1. */
static int find_option(const char *argument) {
    size_t length = strcspn(argument, "=");
    for (int i = 0; i < OPTION_COUNT; i++)
        if (is_name(known[i].name, argument, length) || is_name(known[i].brief, argument, length))
            return i;
    return -1;
}

/* Takes the option at *at, and its value from the next argument if it is not in this one. */
static int take_option(int argc, char **argv, int *at, struct options *out) {
    const char *argument = argv[*at];
    const char *equals = strchr(argument, '=');
    const char *value = equals ? equals + 1 : NULL;
    int option = find_option(argument);
    if (option < 0) {
        if (!out->unknown) out->unknown = argument;
        return CLI_FINE;
    }
    if (out->value[option]) {
        complain("%s is given twice: keep one of them", known[option].name);
        return CLI_USAGE;
    }
    if (!known[option].value) {
        out->value[option] = "";
        if (value) complain("%s takes no value: leave out =%s", known[option].name, value);
        return value ? CLI_USAGE : CLI_FINE;
    }
    if (!value && *at + 1 < argc) value = argv[++*at];
    if (!value || *value == '\0') {
        complain("%s needs a value: %s", known[option].name, known[option].meaning);
        return CLI_USAGE;
    }
    out->value[option] = value;
    return CLI_FINE;
}

int options_read(int argc, char **argv, struct options *out) {
    memset(out, 0, sizeof *out);
    int only_words = 0;
    for (int i = 1; i < argc; i++) {
        const char *argument = argv[i];
        if (only_words || argument[0] != '-' || argument[1] == '\0') {
            if (out->word_count < CLI_WORDS) out->words[out->word_count++] = argument;
            continue;
        }
        if (strcmp(argument, "--") == 0) {
            only_words = 1;
            continue;
        }
        int code = take_option(argc, argv, &i, out);
        if (code != CLI_FINE) return code;
    }
    return CLI_FINE;
}

/* day_end: what a date alone means, see qbg_time_from_text. */
static int read_time(const struct options *options, int option, int32_t day_end, int64_t *out_s) {
    const char *text = options->value[option], *name = known[option].name;
    if (!text) {
        complain("%s is required, as in %s 2025-11-19: the library never reads a clock", name,
                 name);
        return CLI_USAGE;
    }
    qbg_status status = qbg_time_from_text(text, day_end, out_s);
    if (status == QBG_OK) return CLI_FINE;
    if (status == QBG_E_RANGE)
        complain("%s %s: there is no such instant in the years 1970 to 2199", name, text);
    else
        complain("%s %s is not a time: write 2025-11-19 or 2025-11-19T12:00:00Z", name, text);
    return CLI_USAGE;
}

int options_as_of(const struct options *options, int64_t *out_s) {
    return read_time(options, OPTION_AS_OF, 1, out_s);
}

/* A day begins where the one before ends. */
int options_period(const struct options *options, int64_t *out_from_s, int64_t *out_to_s) {
    int64_t end_s = 0;
    int code = read_time(options, OPTION_FROM, 0, out_from_s);
    if (code == CLI_FINE) code = read_time(options, OPTION_FROM, 1, &end_s);
    if (code == CLI_FINE) code = read_time(options, OPTION_TO, 1, out_to_s);
    if (code != CLI_FINE) return code;
    if (end_s != *out_from_s && *out_from_s > 0) --*out_from_s;
    if (*out_from_s < *out_to_s) return CLI_FINE;
    complain("--to %s does not come after --from %s", options->value[OPTION_TO],
             options->value[OPTION_FROM]);
    return CLI_USAGE;
}

int options_format(const struct options *options, int32_t *out_format) {
    static const char *const names[] = {"text", "csv", "json"};
    static const int32_t formats[] = {QBG_FORMAT_TEXT, QBG_FORMAT_CSV, QBG_FORMAT_JSON};
    const char *name = options->value[OPTION_FORMAT];
    *out_format = QBG_FORMAT_TEXT;
    if (!name) return CLI_FINE;
    for (int i = 0; i < 3; i++) {
        if (strcmp(name, names[i]) != 0) continue;
        *out_format = formats[i];
        return CLI_FINE;
    }
    complain("--format %s: there are text, csv and json", name);
    return CLI_USAGE;
}

int options_lang(const struct options *options, const char **out_lang) {
    const char *lang = options->value[OPTION_LANG];
    *out_lang = lang ? lang : "en";
    if (strcmp(*out_lang, "en") == 0 || strcmp(*out_lang, "ru") == 0) return CLI_FINE;
    complain("--lang %s: there are en and ru", lang);
    return CLI_USAGE;
}
