/* Where things go: results to standard output or a file, everything else to standard error.
 *
 * Colour is for terminals: `--color always|never` decides, else NO_COLOR, TERM=dumb and whether
 * there is a terminal at all. Nothing else in the program asks.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include "cli/cli.h"
#include "cli/files.h"

/* False with a message if --color has another value. */
bool output_start(Cli *cli);
bool output_colour(const Cli *cli, FILE *stream);
bool output_is_terminal(FILE *stream);
/* Columns of the terminal on standard output; 0 if there is none. */
size_t output_width(void);

/* Writes a result: to `-o FILE`, else to standard output. False with a message on failure. */
bool output_result(Cli *cli, const StrBuf *text);
/* The same bit by bit; adding may be done by any thread, one at a time. Faults are told at the end.
 */
typedef struct OutputStream {
    Cli *cli;
    bool to_file;
    FileWriting file;
    int fault; /* of standard output: the errno of the first, or 0 */
} OutputStream;
void output_open(Cli *cli, OutputStream *out);
void output_add(OutputStream *out, const char *text, size_t len);
bool output_close(OutputStream *out);
/* The same of what is about people: a file can be read by its owner alone. */
bool output_private_result(Cli *cli, const StrBuf *text);
/* One line on standard error, unless --quiet. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void output_say(const Cli *cli, const char *format, ...);
/* The session's messages on standard error: the first 20, all with --verbose; warnings alone are
 * kept back by --quiet. Shows them once. */
void output_messages(Cli *cli);

#endif
