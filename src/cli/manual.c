#include "cli/manual.h"

#include <ctype.h>
#include <string.h>

#include "base/language_page.h"
#include "cli/cli.h"
#include "cli/help.h"

#define PROGRAM "kpic"
#define LANGUAGE "kpi"

void manual_add_text(StrBuf *out, const char *text) {
    bool line_start = out->len == 0 || out->text[out->len - 1] == '\n';
    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            strbuf_add(out, "\\&");
        if (*text == '\\')
            strbuf_add(out, "\\e");
        else if (*text == '-')
            strbuf_add(out, "\\-");
        else
            strbuf_add_char(out, *text);
        line_start = *text == '\n';
    }
}

/* `.TH KPIC-EVAL 1 2026-11-30 "kpic 0.1.0"` and the NAME. */
static void add_head(StrBuf *out, const char *name, int section, const char *does) {
    strbuf_add(out, ".TH ");
    for (const char *c = name; *c; c++)
        strbuf_add_char(out, (char)toupper((unsigned char)*c));
    strbuf_addf(out, " %d %s \"kpic %s\"\n.SH NAME\n", section, program_date, program_version);
    manual_add_text(out, name);
    strbuf_add(out, " \\- ");
    manual_add_text(out, does);
    strbuf_add_char(out, '\n');
}

static void add_literal(StrBuf *out, const char *text) {
    strbuf_add(out, ".nf\n");
    manual_add_text(out, text);
    strbuf_add(out, ".fi\n");
}

static void add_option(StrBuf *out, const OptionInfo *info) {
    strbuf_add(out, ".TP\n");
    if (info->letter)
        strbuf_addf(out, "\\fB\\-%c\\fP, ", info->letter);
    strbuf_add(out, "\\fB\\-\\-");
    manual_add_text(out, info->name);
    strbuf_add(out, "\\fP");
    if (*info->argument) {
        strbuf_add(out, " \\fI");
        manual_add_text(out, info->argument);
        strbuf_add(out, "\\fP");
    }
    strbuf_add_char(out, '\n');
    manual_add_text(out, info->help);
    strbuf_add_char(out, '\n');
}

/* Those of one command; of COMMANDS, those that every command has. */
static void add_options(StrBuf *out, CommandId command) {
    strbuf_add(out, ".SH OPTIONS\n");
    for (size_t i = 0; i < OPTIONS; i++) {
        const OptionInfo *info = option_info((OptionId)i);
        bool of_all = info->commands == ~0u;
        if (info->kind == OPTION_KIND_HIDDEN)
            continue;
        if (command == COMMANDS ? of_all : (info->commands & (1u << command)) != 0)
            add_option(out, info);
    }
}

static void add_command(StrBuf *out, CommandId command) {
    const CommandInfo *info = command_info(command);
    char name[64] = PROGRAM "-";
    strncat(name, info->name, sizeof name - sizeof PROGRAM - 1);
    add_head(out, name, 1, info->does);
    strbuf_addf(out, ".SH SYNOPSIS\n\\fBkpic %s\\fP ", info->name);
    manual_add_text(out, info->takes);
    strbuf_add(out, " [\\fIOPTIONS\\fP]\n");
    add_options(out, command);
    strbuf_add(out, ".SH EXAMPLES\n");
    add_literal(out, help_examples(command));
    strbuf_add(out, ".SH EXIT STATUS\nAs of every command: see \\fBkpic\\fP(1).\n"
                    ".SH SEE ALSO\n\\fBkpic\\fP(1), \\fBkpi\\fP(5)\n");
}

static void add_commands(StrBuf *out) {
    strbuf_add(out, ".SH COMMANDS\n");
    for (size_t i = 0; i < COMMANDS; i++) {
        const CommandInfo *info = command_info((CommandId)i);
        strbuf_addf(out, ".TP\n\\fB%s\\fP ", info->name);
        manual_add_text(out, info->takes);
        strbuf_add_char(out, '\n');
        manual_add_text(out, info->does);
        strbuf_addf(out, ": \\fBkpic\\-%s\\fP(1)\n", info->name);
    }
}

static void add_program(StrBuf *out) {
    add_head(out, PROGRAM, 1, "compute indicators from definitions and data");
    strbuf_add(out,
               ".SH SYNOPSIS\n\\fBkpic\\fP \\fICOMMAND\\fP [\\fIOPTIONS\\fP]\n.SH DESCRIPTION\n"
               "\\fBkpic\\fP reads indicators written as short, plain definitions, checks them\n"
               "before it touches any data, and works out the numbers: counts, proportions, rates\n"
               "and averages, by month, quarter or year, by place and by group, with the fraction\n"
               "behind each percentage. \\fBkpi\\fP(5) is the language of the definitions.\n"
               ".PP\nResults go to standard output, messages to standard error. Every message has\n"
               "a code, and \\fBkpic help\\fP \\fICODE\\fP says what to do about it.\n"
               ".PP\nA \\fIPATH\\fP is a .kpi file or a folder. With none, the project is found\n"
               "upward from the current folder.\n");
    add_commands(out);
    add_options(out, COMMANDS);
    strbuf_add(out, ".SH EXIT STATUS\n");
    add_literal(out, help_topic_text("exit-codes"));
    strbuf_add(out, ".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fP\nIf it is set to anything, there is no "
                    "colour, unless \\fB\\-\\-color always\\fP is given.\n"
                    ".TP\n\\fBTERM\\fP\nNor is there any on a terminal that is \\fBdumb\\fP.\n"
                    ".SH FILES\n.TP\n\\fBproject.kpi\\fP\nmakes a folder a project; it may name "
                    "the store of its data.\n.SH SEE ALSO\n");
    for (size_t i = 0; i < COMMANDS; i++)
        strbuf_addf(out, "\\fBkpic\\-%s\\fP(1),\n", command_info((CommandId)i)->name);
    strbuf_add(out, "\\fBkpi\\fP(5)\n");
}

static void add_language(StrBuf *out) {
    add_head(out, LANGUAGE, 5, "the language in which indicators are defined");
    strbuf_add(out, ".SH DESCRIPTION\n");
    manual_add_markdown(out, language_page, language_page_len);
    strbuf_add(out, ".SH SEE ALSO\n\\fBkpic\\fP(1)\n");
}

/* ---- lines ---- */

#define LINE_WIDTH 78 /* bytes: editors and mandoc's lint like the source of a page so */

static bool is_macro(const char *line, const char *macro) {
    return strncmp(line, macro, strlen(macro)) == 0 && line[strlen(macro)] == '\n';
}

/* How many bytes fit; one above 127 may become a part of \[u00A3]. */
static size_t fitting(const char *line, size_t len) {
    size_t width = 0, i = 0;
    for (; i < len && width < LINE_WIDTH; i++)
        width += (unsigned char)line[i] < 128 ? 1 : 4;
    return i;
}

/* Breaks a line that will be filled anyway; what follows must not look like a macro. */
static void add_broken(StrBuf *out, const char *line, size_t len) {
    for (size_t at; (at = fitting(line, len)) < len;) {
        while (at > 0 && !(line[at] == ' ' && line[at + 1] != '.' && line[at + 1] != '\''))
            at--;
        if (at == 0)
            break;
        strbuf_add_len(out, line, at);
        strbuf_add_char(out, '\n');
        line += at + 1;
        len -= at + 1;
    }
    strbuf_add_len(out, line, len);
}

static void add_page(StrBuf *out, const char *text) {
    bool literal = false;
    while (*text) {
        size_t len = strcspn(text, "\n");
        if (literal || *text == '.')
            strbuf_add_len(out, text, len);
        else
            add_broken(out, text, len);
        literal = (literal || is_macro(text, ".nf")) && !is_macro(text, ".fi");
        strbuf_add_char(out, '\n');
        text += len + (text[len] == '\n');
    }
}

static bool print_page(StrBuf *out, const char *page) {
    bool of_command = strncmp(page, PROGRAM "-", sizeof PROGRAM) == 0;
    CommandId command = command_of_name(of_command ? page + sizeof PROGRAM : page);
    if (command != COMMANDS)
        add_command(out, command);
    else if (strcmp(page, PROGRAM) == 0)
        add_program(out);
    else if (strcmp(page, LANGUAGE) == 0)
        add_language(out);
    else
        return false;
    return true;
}

bool manual_print(StrBuf *out, const char *page) {
    StrBuf text = {0};
    bool known = print_page(&text, page);
    add_page(out, strbuf_text(&text));
    strbuf_fini(&text);
    return known;
}

size_t manual_names(const char **out, size_t room) {
    size_t len = 0;
    if (room < COMMANDS + 2)
        return 0;
    out[len++] = PROGRAM;
    out[len++] = LANGUAGE;
    for (size_t i = 0; i < COMMANDS; i++)
        out[len++] = command_info((CommandId)i)->name;
    return len;
}
