/* Completions of the command line for the shells: scripts made from the tables of commands, options
 * and choices.
 *
 * In: the tables. Out: the text of a script. The scripts know the options by heart; the names of
 * indicators and reports they ask of `kpic completion indicators` and `kpic completion reports`,
 * each time, in the project of the current folder.
 *
 * To add a shell: its functions in a file completion_SHELL.c, and a line in completion.c. To make
 * an option's words known: a line in choices.def.
 */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "cli/options.h"

/* What may stand for an operand, or for the value of an option. */
typedef enum CompletionKind {
    COMPLETE_NOTHING, /* a text of the user's own */
    COMPLETE_WORDS,   /* one of a few words */
    COMPLETE_FILES,
    COMPLETE_INDICATORS, /* of operands: and then files */
    COMPLETE_REPORTS     /* of operands: and then files */
} CompletionKind;

typedef struct Completion {
    CompletionKind kind;
    const char *words; /* of COMPLETE_WORDS, separated by blanks; in the arena */
} Completion;

Completion completion_of_option(CommandId command, OptionId option);
Completion completion_of_operands(Arena *arena, CommandId command);
/* Whether the command has the option and may show it. */
bool completion_has(CommandId command, OptionId option);
/* An option's help on one line, with each of `special` after a backslash. */
void completion_add_help(StrBuf *out, const char *help, const char *special);

void completion_bash(StrBuf *out, Arena *arena);
void completion_zsh(StrBuf *out, Arena *arena);
void completion_fish(StrBuf *out, Arena *arena);

/* The script for a shell; false if there is none of this name. */
bool completion_print(StrBuf *out, Arena *arena, const char *shell);
/* "bash", "zsh", "fish" */
extern const char *const completion_shells[];
extern const size_t completion_shells_len;

#endif
