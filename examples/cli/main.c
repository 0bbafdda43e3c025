/* qbg: the command line. An example program: it links the library like any other user. */
#define _XOPEN_SOURCE 700

#include "cli.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define BIT(option) (1u << (option))
#define OUTPUT      (BIT(OPTION_OUTPUT) | BIT(OPTION_HELP))
#define SOURCE      (BIT(OPTION_DIALECT) | BIT(OPTION_SOLUTION) | BIT(OPTION_SOLUTION_COLUMN))
#define QUESTION    (BIT(OPTION_AS_OF) | BIT(OPTION_STRICT) | SOURCE | OUTPUT)
#define TOTALS                                                                                     \
    (BIT(OPTION_START) | BIT(OPTION_EXPANSION) | BIT(OPTION_CONTRACTION) | BIT(OPTION_CHURN))

struct command {
    const char *name;
    const char *usage;
    int fewest, most; /* operands */
    unsigned options;
    int (*run)(const struct options *options);
    const char *purpose;
    const char *details;
};

static const struct command commands[] = {
    {"report", "BOOK --as-of D", 1, 1,
     QUESTION | BIT(OPTION_FORMAT) | BIT(OPTION_ALL) | BIT(OPTION_LANG), run_report,
     "every buying group of a book, the most promising first",
     "Only opportunities that are open at that instant, unless --all is given. JSON holds every\n"
     "assessment whole: members, seats, criteria.\n"},
    {"tracking", "BOOK --as-of D", 1, 1, QUESTION | BIT(OPTION_FORMAT) | BIT(OPTION_LANG),
     run_tracking, "the tracking table: one row a member",
     "Company, person, role, participation, interest, last interaction, next contact, note.\n"},
    {"explain", "BOOK OPPORTUNITY --as-of D", 2, 2, QUESTION | BIT(OPTION_LANG), run_explain,
     "one buying group in full sentences: why this score, what is missing",
     "OPPORTUNITY is a key, as `qbg report` shows it.\n"},
    {"path", "BOOK OPPORTUNITY --as-of D", 2, 2, QUESTION | BIT(OPTION_FORMAT), run_path,
     "the fewest steps that would make one buying group qualified",
     "Whom to engage, whom to contact again, whom to find, and what each step adds to the "
     "priority;\n"
     "or which criteria no step can meet. OPPORTUNITY is a key, as `qbg report` shows it.\n"},
    {"changes", "BOOK --from D --to D", 1, 1,
     BIT(OPTION_FROM) | BIT(OPTION_TO) | BIT(OPTION_FORMAT) | BIT(OPTION_BASELINE) |
         BIT(OPTION_STRICT) | SOURCE | OUTPUT,
     run_changes, "what changed in between, day by day, with the signals that caused it",
     "Groups that form; opportunities opened and closed; people who joined, became engaged, fell\n"
     "silent or left; roles covered and lost; groups that qualified, or no longer do. Both days\n"
     "are in it.\n"},
    {"nrr", "--start N --expansion N --contraction N --churn N", 0, 0,
     TOTALS | BIT(OPTION_CURRENCY) | OUTPUT, run_nrr, "net and gross revenue retention from totals",
     "Amounts are decimals in major units (1000000 or 1000000.50) and are computed exactly.\n"},
    {"check", "BOOK", 1, 1, BIT(OPTION_FORMAT) | BIT(OPTION_STRICT) | SOURCE | OUTPUT, run_check,
     "what is wrong with a book: refused rows and remarks",
     "Exit code 1 if a row was refused; with --strict also if there are only remarks. The list\n"
     "names table, row and column of each refused row: mend those rows in the tables, and check\n"
     "again.\n"},
    {"tables", "BOOK", 1, 1, BIT(OPTION_FORMAT) | SOURCE | OUTPUT, run_tables,
     "the tables of a book: how many rows each has, and how many of them were loaded",
     "Rows = loaded + refused. Of an export of a CRM it also says what each table was taken for\n"
     "(empty: it has no place in a book, so all its rows are refused) and how many of its rows\n"
     "say that something was deleted.\n"},
    {"duplicates", "BOOK", 1, 1, BIT(OPTION_FORMAT) | BIT(OPTION_STRICT) | SOURCE | OUTPUT,
     run_duplicates, "rows of a book that may be the same company or the same person",
     "Pairs, by their keys alone, with the reasons: the same e-mail address, mail domain or name.\n"
     "They are proposals. Nothing is merged.\n"},
    {"detect", "BOOK --as-of D", 1, 1, QUESTION | BIT(OPTION_FORMAT) | BIT(OPTION_BASELINE),
     run_detect, "buying groups as they form: where more new people turn up than usual",
     "Measured against what was usual in the book in the year before these three weeks, or "
     "against\n"
     "the figures in a file. Whether an opportunity is open does not matter, but is told.\n"},
    {"baseline", "BOOK --as-of D", 1, 1, QUESTION, run_baseline,
     "what is usual in a book, as figures for `qbg detect --baseline`",
     "Of the year before the weeks that `qbg detect` would look at on that day.\n"},
    {"propose", "BOOK --as-of D", 1, 1, QUESTION | BIT(OPTION_FORMAT) | BIT(OPTION_BASELINE),
     run_propose, "what should be done: opportunities to open, people to add, roles to give",
     "Proposals with their confidence and reasons. Nothing is changed. Measured as `qbg detect` "
     "does.\n"},
    {"match", "BOOK", 1, 1, BIT(OPTION_FORMAT) | BIT(OPTION_STRICT) | SOURCE | OUTPUT, run_match,
     "the accounts of people who have none, by mail domain and company name",
     "By their keys alone, with reasons and confidence. \"ambiguous\" are the candidates of "
     "somebody\n"
     "whose account is not clear. They are proposals. Nothing is assigned.\n"},
    {"titles", "FILE", 1, 1, BIT(OPTION_STRICT) | OUTPUT, run_titles,
     "job titles as department and seniority, and the words that decided",
     "FILE has one title a line, or is CSV with a column named title; - is standard input. Writes\n"
     "CSV: title, department, seniority, confidence, because; one row for each, in their order.\n"
     "What a title does not tell is unknown. Lines that do not read are told, and kept.\n"},
    {"write", "BOOK FOLDER", 2, 2,
     BIT(OPTION_FORCE) | BIT(OPTION_STRICT) | SOURCE | BIT(OPTION_HELP), run_write,
     "a book written again as CSV tables",
     "FOLDER is new, or holds no table of a book; with --force its tables are replaced by the\n"
     "book's, and those that the book does not have are removed. A link in their place is\n"
     "replaced, and what it points to stays as it is.\n"},
    {"policy", "[BOOK]", 0, 1, BIT(OPTION_LANG) | BIT(OPTION_STRICT) | OUTPUT, run_policy,
     "the parameters: value, default, range, unit, meaning",
     "Without BOOK those of the library. A book sets its own in the table policy.csv.\n"},
};

#define COMMAND_COUNT ((int)(sizeof commands / sizeof commands[0]))

static const char book_help[] =
    "A BOOK is a folder of CSV tables (accounts.csv, contacts.csv, signals.csv ...), or one such\n"
    "file; or with --dialect the tables of a CRM's export. Options may stand anywhere; -- ends\n"
    "them.\n";

static const char exit_help[] =
    "exit codes: 0 fine; 1 rows were refused (check, --strict); 2 wrong usage, or input or output\n"
    "that does not work; 3 out of memory or a fault of the program\n";

static const struct command *find_command(const char *name) {
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static void print_overview(FILE *file) {
    fputs("usage: qbg COMMAND ... [options]\n\n", file);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(file, "  qbg %-10s %s\n                 %s\n", commands[i].name, commands[i].usage,
                commands[i].purpose);
    fputs("  qbg help       [COMMAND]\n                 this list, or all about one command\n",
          file);
    fprintf(file,
            "\n%s`qbg COMMAND --help` tells more; `qbg --version` which library this is.\n\n%s",
            book_help, exit_help);
}

static void print_option(FILE *file, int option) {
    const char *value = option_value(option), *brief = option_brief(option);
    char form[64];
    snprintf(form, sizeof form, "%s%s%s%s%s", brief ? brief : "", brief ? ", " : "",
             option_name(option), value ? " " : "", value ? value : "");
    fprintf(file, "  %-20s %s\n", form, option_meaning(option));
}

static void print_command(FILE *file, const struct command *command) {
    fprintf(file, "usage: qbg %s %s [options]\n\n%s\n\n%s\n", command->name, command->usage,
            command->purpose, command->details);
    if (strstr(command->usage, "BOOK")) fprintf(file, "%s\n", book_help);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (command->options & BIT(i)) print_option(file, i);
    fprintf(file, "\n%s", exit_help);
}

static int put_help(const struct options *options, const struct command *command) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    if (command)
        print_command(page.file, command);
    else
        print_overview(page.file);
    return page_put(&page, options);
}

static int put_version(const struct options *options) {
    struct page page;
    int code = page_open(&page);
    if (code != CLI_FINE) return code;
    fprintf(page.file, "qbg %s (ABI %d)\n", qbg_version(), (int)qbg_abi_version());
    return page_put(&page, options);
}

static int unknown_command(const char *name) {
    say("qbg: there is no command %s; there are: ", name);
    for (int i = 0; i < COMMAND_COUNT; i++) say("%s, ", commands[i].name);
    fputs("help\n", stderr);
    return CLI_USAGE;
}

static int unknown_option(const struct command *command, const char *option) {
    say("qbg: %s has no option %.*s; it has:", command->name, (int)strcspn(option, "="), option);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (command->options & BIT(i)) say(" %s", option_name(i));
    fputc('\n', stderr);
    return CLI_USAGE;
}

static int wrong_operands(const struct command *command, const struct options *options) {
    if (options->word_count - 1 > command->most)
        complain("%s is one word too many; usage: qbg %s %s", options->words[command->most + 1],
                 command->name, command->usage);
    else
        complain("%s needs more; usage: qbg %s %s", command->name, command->name, command->usage);
    return CLI_USAGE;
}

static int run_command(const struct command *command, const struct options *options) {
    if (options->value[OPTION_HELP]) return put_help(options, command);
    if (options->unknown) return unknown_option(command, options->unknown);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (options->value[i] && !(command->options & BIT(i)))
            return unknown_option(command, option_name(i));
    int operands = options->word_count - 1;
    if (operands < command->fewest || operands > command->most)
        return wrong_operands(command, options);
    return command->run(options);
}

/* `qbg help` and `qbg help COMMAND`. */
static int run_help(const struct options *options) {
    int is_about_one = options->word_count > 1 && strcmp(options->words[1], "help") != 0;
    if (!is_about_one) return put_help(options, NULL);
    const struct command *command = find_command(options->words[1]);
    return command ? put_help(options, command) : unknown_command(options->words[1]);
}

static int run(const struct options *options) {
    if (options->word_count > 0) {
        const char *name = options->words[0];
        const struct command *command = find_command(name);
        if (command) return run_command(command, options);
        return strcmp(name, "help") == 0 ? run_help(options) : unknown_command(name);
    }
    if (options->value[OPTION_HELP]) return put_help(options, NULL);
    if (options->value[OPTION_VERSION]) return put_version(options);
    if (options->unknown) complain("there is no option %s before a command", options->unknown);
    print_overview(stderr);
    return CLI_USAGE;
}

/* A stream that the caller closed must not become a file that we open: what was said on standard
 * error would go into it. Writing to the substitute of standard output fails, as it should. */
static void hold_streams(void) {
    for (int handle = 0; handle <= 2; handle++)
        if (fcntl(handle, F_GETFD) < 0) (void)!open("/dev/null", handle == 2 ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv) {
    struct options options;
    hold_streams();
    signal(SIGPIPE, SIG_IGN); /* a reader who left early is a write that fails, and is told */
    int code = options_read(argc, argv, &options);
    return code == CLI_FINE ? run(&options) : code;
}
