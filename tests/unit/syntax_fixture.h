/* A session for the tests of the syntax layer, and its results as texts that tests can compare. */
#ifndef TESTS_SYNTAX_FIXTURE_H
#define TESTS_SYNTAX_FIXTURE_H

#include "syntax/print.h"

void syntax_start(void);
void syntax_finish(void);
Session *syntax_session(void);

/* Parses the text as the file "t.kpi". */
ParsedFile *syntax_parse(const char *text);
ParsedFile *syntax_parse_len(const char *text, size_t len);
/* "2:17 KPI0103\n3:5 KPI0101\n": place and code of every message so far, in order; "" for none. */
const char *syntax_faults(void);
/* The whole of the messages, as people see them. */
const char *syntax_messages(void);
/* The tree below the first declaration of the text, without its common indentation. */
const char *syntax_clauses(const char *text);
const char *syntax_tree(const char *text);
const char *syntax_tokens(const char *text);
const char *syntax_printed(const char *text);
/* Fails unless the text has no fault, and printing it gives an equal tree and, printed again, the
 * same bytes. */
void syntax_check_round_trip(const char *text);

#endif
