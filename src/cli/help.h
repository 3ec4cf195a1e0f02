/* What `kpic help` prints: commands, language topics, message codes. Lines of at most 80 columns.
 *
 * Topics are in help_topics.def; functions come from the language's own table, message codes from
 * theirs. To add a topic: an entry there.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/options.h"

void help_print_overview(StrBuf *out);
/* Usage, options and examples of a command. */
void help_print_command(StrBuf *out, CommandId command);
/* A command, a topic, a code (KPI0123 or its name), or one of the pages made from tables ("codes",
 * "functions", "language", "result-schema"); false if it is none of them. */
bool help_print_topic(StrBuf *out, const char *topic);
/* What follows a command's options in its page: lines to type, and what there is to say. */
const char *help_examples(CommandId command);
/* The text of a language topic; NULL if there is none of this name. */
const char *help_topic_text(const char *topic);
/* The names that `kpic help` takes, but for codes: for "did you mean". */
size_t help_topic_names(const char **out, size_t room);

#endif
