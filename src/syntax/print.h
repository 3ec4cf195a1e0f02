/* The canonical form (`kpic fmt`): AST and comments to text.
 *
 * Declarations start in the first column, one blank line between them; clauses at four spaces,
 * their arguments in one column (16); continuation lines line up under the argument; rows and codes
 * are aligned as tables. Comments stay where they stood: before the declaration or clause they
 * preceded, or at the end of its line. Printing a file that was parsed without errors and parsing
 * the result gives an equal tree (ast_equal), and printing that gives the same bytes.
 */
#ifndef SYNTAX_PRINT_H
#define SYNTAX_PRINT_H

#include "syntax/parse.h"

void print_file(StrBuf *out, const Session *session, const ParsedFile *parsed);
/* One expression or condition on one line, as the language writes it (messages, explain). */
void print_expression(StrBuf *out, const Node *expression);

#endif
