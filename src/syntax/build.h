/* What the parser's actions call: one constructor each.
 *
 * make_Rowset(parser, span, payload) and so on exist for every line of nodes.def. They keep the
 * limits: past PARSE_MAX_NODES or PARSE_MAX_DEPTH there is one message, and NULL. A clause in which
 * anything was reported becomes a BROKEN_CLAUSE in clause_end(), so the NULLs inside it are never
 * seen; the only NULL that leaves the parser is the body of a damaged `define`.
 *
 * The other constructors check what a grammar cannot say with a message of its own: `and` mixed
 * with `or`, comparisons in a chain, how far a nested `where` reaches, whole numbers.
 */
#ifndef SYNTAX_BUILD_H
#define SYNTAX_BUILD_H

#include "syntax/scan.h"

#define NODE(TAG, Name_, fields)                                                                   \
    Node *make_##Name_(Parser *parser, Span span, Node_##Name_ payload);
#define FIELD(type, name)
#define CHILD(name)
#define CHILDREN(name)
#include "syntax/nodes.def"
#undef NODE
#undef FIELD
#undef CHILD
#undef CHILDREN

/* ---- lists ---- */
NodeList nodes_add(Parser *parser, NodeList list, Node *node); /* NULL is left out */
NameList names_add(Parser *parser, NameList list, Name name);
TextList texts_add(Parser *parser, TextList list, Text text);

/* ---- declarations and clauses ---- */
/* Puts a declaration, if any, into the file. */
void file_add(Parser *parser, Node *declaration);
/* The node of a clause that was read, or a BROKEN_CLAUSE if anything was reported in it. */
Node *clause_end(Parser *parser, Span span, Node *node);
Node *clause_broken(Parser *parser, Span span);
/* The clauses of a declaration whose header line could not be read. */
NodeList clauses_damaged(Parser *parser, Span span, NodeList clauses);
/* NULL if anything was reported in the `define`. */
Node *define_body(Parser *parser, Span span, Node *body);
Node *text_clause(Parser *parser, Span span, ClauseWord word, Text text);
/* A table; it has a line of column names at least. */
Node *rows_of(Parser *parser, Span span, NodeList rows);
/* A whole number from low to high; low (reported) if it is none. */
int whole_number(Parser *parser, Literal literal, int low, int high);
Period period_of_number(Parser *parser, Literal year);
/* "31 August", in the leap year 2000. */
Date year_end(Parser *parser, Literal day, Name month);
Text text_of_name(Name name);
/* A basis without a number. */
Node_Basis basis_of(BasisKind kind, Text unit);

typedef struct Every {
    EveryKind kind;
    bool has_year_end;
    Date year_end;
} Every;
typedef struct WindowForm {
    WindowKind kind;
    int months;
} WindowForm;
typedef struct ColumnForm {
    Node *type;
    Name codes;
    bool open, optional;
    PublishedKind published;
} ColumnForm;
typedef struct SameForm {
    Node *within;
    SameKind kind;
} SameForm;
typedef struct TargetFrom {
    Date date;
    bool given;
} TargetFrom;
/* `decimals percent 1, per 1` of a project. */
typedef struct PlacesForm {
    NameList bases;
    NodeList places;
} PlacesForm;
PlacesForm places_add(Parser *parser, PlacesForm form, Name basis, Literal places);

/* ---- row sets ---- */
typedef struct Timing {
    TimingKind kind;
    Node *start, *end;
} Timing;

/* ---- expressions ---- */
Node *number_of(Parser *parser, Literal literal);
/* -3 is a literal, -x a negation. */
Node *negated(Parser *parser, Span span, Node *operand);
Node *duration_of(Parser *parser, Span span, Literal amount, DurationUnit unit);
Node *comparison_of(Parser *parser, Span span, ComparisonOp op, Node *left, Node *right);
/* a < b < c: always a message, and NULL. */
Node *comparison_chain(Parser *parser, Span span);

/* A chain of conditions while it grows; its words are checked when it ends. */
typedef struct Chain {
    NodeList terms;
    LogicOp first, last;
    size_t turn;     /* the first term joined otherwise than those before it; 0: none */
    Span turn_word;  /* the `and` or `or` before it */
    size_t first_or; /* the first term after an `or`; 0: none */
    Span or_word;
} Chain;
Chain chain_start(Parser *parser, Node *term);
Chain chain_add(Parser *parser, Chain chain, LogicOp op, Span word, Node *term);
/* A condition whose end is plain: that of a clause, or a closing parenthesis. */
Node *condition_of(Parser *parser, Span span, Chain chain);
/* exists SOURCE ALIAS where CONDITION: the end of the condition must be plain. */
Node *exists_where(Parser *parser, Span span, Node_Exists exists, Span head, Node_Rowset rowset,
                   Chain chain);
Node *exists_plain(Parser *parser, Span span, Node_Exists exists, Span head, Node_Rowset rowset);

/* ---- syntax errors (fault.c) ---- */
typedef struct SyntaxFault {
    const char *found; /* the unexpected token in the user's words; it is parser->last_token */
    Span at;
    const char *const *expected; /* what could stand here, in the user's words */
    size_t len;
} SyntaxFault;
void fault_report(Parser *parser, const SyntaxFault *fault);

#endif
