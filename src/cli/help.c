#include "cli/help.h"

#include <string.h>

#include "base/language_page.h"
#include "diff/diff_schema.h"
#include "report/render.h"
#include "sema/model.h"

typedef struct Topic {
    const char *name, *title, *text;
} Topic;

static const Topic topics[] = {
#define TOPIC(name, title, text) {name, title, text},
#include "cli/help_topics.def"
#undef TOPIC
};
#define TOPICS (sizeof topics / sizeof topics[0])

/* Topics that are made from tables. */
static const Topic made[] = {
    {"functions", "the functions of the language", NULL},
    {"language", "the whole language, from its reference", NULL},
    {"codes", "every message code", NULL},
    {"result-schema", "the JSON Schema of eval --format json", NULL},
    {"diff-schema", "the JSON Schema of diff --format json", NULL},
};
#define MADE (sizeof made / sizeof made[0])

#define WIDTH 80
#define INDENT 4

/* ---- commands ---- */

static const char *const examples[COMMANDS] = {
    [COMMAND_INIT] = "  kpic init                     in this folder\n"
                     "  kpic init children            in a new one\n",
    [COMMAND_IMPORT] =
        "  kpic import data              the CSV, TSV and XLSX files of a folder\n"
        "  kpic import data/plans.csv --store kpi.db\n"
        "  kpic import data/plans.csv --as plan --encoding windows-1252\n\n"
        "A file is read in one transaction, all of it or nothing. The same content\n"
        "twice changes nothing; a file of the same name replaces its rows. Each sheet of\n"
        "a workbook is a table, `--sheet \"List 7\"` names one: `kpic help workbooks`.\n\n"
        "The store is an SQLite file that any program may read and change. Beside the\n"
        "rows it keeps their columns packed, to be read quickly. After a change by\n"
        "another program they are not used: results stay right and come more slowly,\n"
        "until the next import or `kpic import --reindex` makes them again.\n",
    [COMMAND_CHECK] = "  kpic check                    the project here\n"
                      "  kpic check .                  a folder\n"
                      "  kpic check sources.kpi        a file alone, without its project\n"
                      "  kpic check --data data        also what the data contradicts\n"
                      "  kpic check --list             the checks, and what a project can set\n"
                      "  kpic check --format sarif -o messages.sarif\n",
    [COMMAND_FMT] = "  kpic fmt                      all files of the project\n"
                    "  kpic fmt --check --diff\n"
                    "  kpic fmt -                    standard input to standard output\n",
    [COMMAND_TEST] = "  kpic test\n"
                     "  kpic test -i second_plan -v\n"
                     "  kpic test indicators --format junit -o tests.xml\n",
    [COMMAND_EVAL] = "  kpic eval --data data -p 2024-01\n"
                     "  kpic eval --data data -i second_plan --from 2023-12 --to 2024-03\n"
                     "  kpic eval --data data --group Area=North --format csv -o north.csv\n",
    [COMMAND_REPORT] =
        "  kpic report monthly --data data -p 2024-03\n"
        "  kpic report monthly --data data -p 2024-03 --format html -o monthly.html\n"
        "  kpic report monthly --data data -p 2024-03 --format markdown\n\n"
        "The words come from the Markdown file of the report's `narrative`; what they\n"
        "claim in braces, {second_plan improving}, must be what the figures say.\n",
    [COMMAND_EXPLAIN] =
        "  kpic explain second_plan\n"
        "  kpic explain second_plan -p 2024-01 --data data\n"
        "  kpic explain second_plan -p 2024-01 --row 1234\n"
        "  kpic explain second_plan --plan -p 2024-01\n\n"
        "With a period or data it explains that result: its dates, the records read\n"
        "and which of them count, the division, and the verdict with its reasons.\n"
        "With --row it says what the definition makes of one record; with --rows it\n"
        "lists the records behind the result, as a table or CSV (--format). --plan\n"
        "prints the steps and, where there is data, what the engine makes of them: its\n"
        "passes over tables, the conditions that are shared, and what falls back.\n",
    [COMMAND_SQL] =
        "  kpic sql second_plan -p 2024-03\n"
        "  kpic sql second_plan --data cases.db -p 2024-03 | sqlite3 cases.db\n"
        "  kpic sql second_plan -p 2024-03 --dialect postgresql -o second_plan.sql\n\n"
        "Prints, for each row set of the indicator, the statement that counts its rows:\n"
        "under the definition, in named parts, with comments that quote the clauses and\n"
        "values in their places. With a store of the dialect its tables are read as they\n"
        "are there; without one, as `kpic import` makes them. Division, rounding and\n"
        "verdicts are no part of it: `kpic eval --engine sql` turns counts to figures.\n",
    [COMMAND_DIFF] =
        "  kpic diff old new\n"
        "  kpic diff old/indicators.kpi new/indicators.kpi --exit-code\n"
        "  kpic diff main..HEAD\n"
        "  kpic diff main HEAD --format markdown -- indicators\n"
        "  kpic diff main..HEAD --data data -p 2024-03\n"
        "  kpic diff main..HEAD --data data --from 2024-01 --to 2024-03 --format json\n\n"
        "Layout, comments, order, aliases, and 2 years in place of 24 months are no\n"
        "change. A name that is a file or folder here is read from the disk, any other\n"
        "from git: `kpic diff HEAD indicators` compares what is committed with what is\n"
        "there now. With --data it shows both figures, how many records moved, and the\n"
        "verdicts that flip; the keys of records only with --allow-personal.\n",
    [COMMAND_RECONCILE] =
        "  kpic reconcile report.txt\n"
        "  kpic reconcile january.md --previous december.md -p 2017-01\n"
        "  kpic reconcile report.txt indicators/somerset -p 2017-01\n"
        "  kpic reconcile figures.csv --format json\n\n"
        "FILE is the text of a report, with tables whose cells stand between tabs or\n"
        "pipes (Markdown; tags of HTML are passed over), or a list of figures: CSV or a\n"
        "table with columns label, numerator, denominator, printed, and if it has them\n"
        "group, period and target. Headings with the words target or benchmark, current\n"
        "or performance, previous or direction of travel say what a column is.\n\n"
        "What is checked, exactly, at the decimals that are printed:\n"
        "  each figure against the fraction beside it: 12.9% (69/535), 9 out of 44,\n"
        "      229/(229+144), \"based on 224 children ... and 136 children ...\"\n"
        "  totals against their groups; 46 of which 13 with a rest of 33\n"
        "  bands that do not add to 100%, overlap, leave gaps, or are not the target's\n"
        "  a target for other ages\n"
        "  dates after the report's period; data taken before the end of what it is for\n"
        "  a revised method set beside the old one\n"
        "  the previous figures against what the earlier report printed\n\n"
        "With definitions (PATH, or the project of the current folder) and their data,\n"
        "each printed figure is held against the one that they give for the report's\n"
        "period and the one before: value, numerator and denominator of the whole, each\n"
        "group, band, part and exclusion. Targets and benchmarks are held against those\n"
        "of the definitions, and it is said where a benchmark is not like for like, and\n"
        "where the page names another time than is counted (rolling 12 months, YTD). A\n"
        "measure is known by its id, its title, the words of its title, or its place in\n"
        "the report that the definitions declare; --verbose lists each printed figure\n"
        "beside the computed one.\n\n"
        "An error is a contradiction, a warning a suspicion, or a figure that could not\n"
        "be matched; errors end with exit 1. The last lines say what was not checked.\n",
    [COMMAND_DOCS] =
        "  kpic docs -o catalogue\n"
        "  kpic docs -o catalogue --data data -p 2024-03\n"
        "  kpic docs -o pages --format markdown\n"
        "  kpic docs --format json -o catalogue.json\n\n"
        "A page for each indicator: what it means in plain English, how it stands with\n"
        "--data, where it comes from and goes to, its tables and columns, targets, text\n"
        "and tests; and an index, with a search, which works from the folder without a\n"
        "server. The folder may hold other files: only pages that `kpic docs` made are\n"
        "written over, and those whose indicator has gone are removed.\n",
    [COMMAND_COMPLETION] =
        "  kpic completion bash > kpic-completion.bash\n\n"
        "bash: `source` that file in ~/.bashrc, or put it into\n"
        "      ~/.local/share/bash-completion/completions under the name kpic\n"
        "zsh:  put it into a folder of $fpath, under the name _kpic\n"
        "fish: put it into ~/.config/fish/completions, under the name kpic.fish\n\n"
        "The names of indicators and reports are completed too, from the project of the\n"
        "folder in which one stands. `make install` puts all three in their places.\n",
    [COMMAND_HELP] = "  kpic help eval\n"
                     "  kpic help windows\n"
                     "  kpic help KPI0701\n"
                     "  kpic help --man kpi > kpi.5\n",
};

const char *help_examples(CommandId command) {
    return examples[command];
}

const char *help_topic_text(const char *topic) {
    for (size_t i = 0; i < TOPICS; i++)
        if (strcmp(topics[i].name, topic) == 0)
            return topics[i].text;
    return NULL;
}

void help_print_command(StrBuf *out, CommandId command) {
    options_print_help(out, command);
    strbuf_addf(out, "\nexamples:\n%s", examples[command]);
}

void help_print_overview(StrBuf *out) {
    strbuf_add(out, "kpic computes indicators from definitions and data.\n\n"
                    "usage: kpic COMMAND [OPTIONS]\n\ncommands:\n");
    for (size_t i = 0; i < COMMANDS; i++) {
        const CommandInfo *info = command_info((CommandId)i);
        strbuf_addf(out, "  %-10s  %s\n", info->name, info->does);
    }
    strbuf_add(out, "\ntopics (kpic help TOPIC):\n");
    for (size_t i = 0; i < TOPICS; i++)
        strbuf_addf(out, "  %-13s  %s\n", topics[i].name, topics[i].title);
    for (size_t i = 0; i < MADE; i++)
        strbuf_addf(out, "  %-13s  %s\n", made[i].name, made[i].title);
    strbuf_add(out,
               "\nA new user starts with `kpic init`. kpic COMMAND --help says what a command\n"
               "takes; kpic help KPI0701 explains a message.\n");
}

/* ---- pages from tables ---- */

/* A text broken at blanks, each line after `indent` blanks. */
static void add_paragraph(StrBuf *out, const char *text, size_t indent) {
    size_t column = 0;
    while (*text) {
        size_t len = strcspn(text, " ");
        if (column > 0 && column + 1 + len > WIDTH) {
            strbuf_add_char(out, '\n');
            column = 0;
        }
        if (column == 0)
            strbuf_add_times(out, ' ', indent);
        else
            strbuf_add_char(out, ' ');
        column += (column == 0 ? indent : 1) + len;
        strbuf_add_len(out, text, len);
        text += len;
        text += strspn(text, " ");
    }
    strbuf_add_char(out, '\n');
}

static void print_functions(StrBuf *out) {
    for (size_t i = 0; i < FUNCTIONS; i++) {
        const FunctionInfo *info = function_info((FunctionId)i);
        strbuf_addf(out, "%s\n", info->signature);
        add_paragraph(out, info->doc, INDENT);
    }
}

static const char *severity_name(Severity severity) {
    switch (severity) {
    case SEVERITY_NOTE:
        return "note";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_ERROR:
        return "error";
    }
    return "";
}

static void print_codes(StrBuf *out) {
    size_t len;
    const DiagInfo *infos = diag_infos(&len);
    for (size_t i = 0; i < len; i++)
        strbuf_addf(out, "KPI%04d  %s\n", infos[i].number, infos[i].title);
}

static void print_code(StrBuf *out, const DiagInfo *info) {
    strbuf_addf(out, "KPI%04d (%s): %s\n%s\n\n", info->number, severity_name(info->severity),
                info->title, info->name);
    add_paragraph(out, info->help, 0);
}

/* "KPI0123", "kpi123", "123"; 0 if it is no number. */
static int code_number(const char *topic) {
    if (strncmp(topic, "KPI", 3) == 0 || strncmp(topic, "kpi", 3) == 0)
        topic += 3;
    int number = 0;
    size_t digits = strspn(topic, "0123456789");
    if (digits == 0 || digits > 4 || topic[digits])
        return 0;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (topic[i] - '0');
    return number;
}

static const DiagInfo *find_code(const char *topic) {
    const DiagInfo *info = diag_info(code_number(topic));
    if (info)
        return info;
    size_t len;
    const DiagInfo *infos = diag_infos(&len);
    for (size_t i = 0; i < len; i++)
        if (strcmp(infos[i].name, topic) == 0)
            return &infos[i];
    return NULL;
}

bool help_print_topic(StrBuf *out, const char *topic) {
    CommandId command = command_of_name(topic);
    if (command != COMMANDS) {
        help_print_command(out, command);
        return true;
    }
    for (size_t i = 0; i < TOPICS; i++)
        if (strcmp(topics[i].name, topic) == 0) {
            strbuf_addf(out, "%s: %s\n\n%s", topics[i].name, topics[i].title, topics[i].text);
            return true;
        }
    const DiagInfo *info = find_code(topic);
    if (strcmp(topic, "functions") == 0)
        print_functions(out);
    else if (strcmp(topic, "language") == 0)
        strbuf_add_len(out, language_page, language_page_len);
    else if (strcmp(topic, "codes") == 0)
        print_codes(out);
    else if (strcmp(topic, "result-schema") == 0)
        result_schema_print(out);
    else if (strcmp(topic, "diff-schema") == 0)
        diff_schema_print(out);
    else if (info)
        print_code(out, info);
    else
        return false;
    return true;
}

size_t help_topic_names(const char **out, size_t room) {
    size_t len = 0;
    for (size_t i = 0; i < COMMANDS && len < room; i++)
        out[len++] = command_info((CommandId)i)->name;
    for (size_t i = 0; i < TOPICS && len < room; i++)
        out[len++] = topics[i].name;
    for (size_t i = 0; i < MADE && len < room; i++)
        out[len++] = made[i].name;
    return len;
}
