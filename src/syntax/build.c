#include "syntax/build.h"

#include <string.h>

/* ---- nodes within the limits ---- */

static void too_many(Parser *parser, Span span) {
    parser_remark(parser, DIAG_too_many_nodes, span,
                  "the file makes more than %u nodes of the syntax tree", PARSE_MAX_NODES);
    parser->stop = true;
    parser->current.reported = parser->previous.reported = true;
}

static Node *make(Parser *parser, NodeKind kind, Span span, const void *payload) {
    bool inner = kind >= NODE_ROWSET;
    if (parser->stop || (inner && parser_is_damaged(parser, span.off)))
        return NULL;
    if (parser->nodes >= PARSE_MAX_NODES) {
        too_many(parser, span);
        return NULL;
    }
    parser->nodes++;
    Node *node = ast_node(parser->session->arena, kind, span, payload);
    if (!inner || node->depth <= PARSE_MAX_DEPTH)
        return node;
    parser_report(parser, DIAG_too_deep, span, "nested more than %u levels deep", PARSE_MAX_DEPTH);
    return NULL;
}

#define NODE(TAG, Name_, fields)                                                                   \
    Node *make_##Name_(Parser *parser, Span span, Node_##Name_ payload) {                          \
        return make(parser, NODE_##TAG, span, &payload);                                           \
    }
#define FIELD(type, name)
#define CHILD(name)
#define CHILDREN(name)
#include "syntax/nodes.def"
#undef NODE
#undef FIELD
#undef CHILD
#undef CHILDREN

/* ---- lists ---- */

NodeList nodes_add(Parser *parser, NodeList list, Node *node) {
    if (node)
        vec_push(parser->session->arena, &list, node);
    return list;
}

NameList names_add(Parser *parser, NameList list, Name name) {
    vec_push(parser->session->arena, &list, name);
    return list;
}

TextList texts_add(Parser *parser, TextList list, Text text) {
    vec_push(parser->session->arena, &list, text);
    return list;
}

/* ---- declarations and clauses ---- */

void file_add(Parser *parser, Node *declaration) {
    if (!declaration)
        parser->parsed->names_lost = true;
    parser->declarations = nodes_add(parser, parser->declarations, declaration);
}

Node *clause_broken(Parser *parser, Span span) {
    return make_BrokenClause(parser, span, (Node_BrokenClause){0});
}

Node *clause_end(Parser *parser, Span span, Node *node) {
    if (!node || parser_is_damaged(parser, span.off))
        return clause_broken(parser, span);
    return node;
}

NodeList clauses_damaged(Parser *parser, Span span, NodeList clauses) {
    return nodes_add(parser, clauses, clause_broken(parser, span));
}

Node *define_body(Parser *parser, Span span, Node *body) {
    return parser_is_damaged(parser, span.off) ? NULL : body;
}

Node *text_clause(Parser *parser, Span span, ClauseWord word, Text text) {
    return make_TextClause(parser, span, (Node_TextClause){.word = word, .text = text});
}

Text text_of_name(Name name) {
    return (Text){name.atom, name.span, false};
}

Node_Basis basis_of(BasisKind kind, Text unit) {
    return (Node_Basis){.kind = kind, .per = num_of_int(0), .unit = unit};
}

Node *rows_of(Parser *parser, Span span, NodeList rows) {
    if (rows.len == 0)
        parser_report(parser, DIAG_unfinished, parser_span(parser, span.off + span.len, 0),
                      "unfinished clause: expected the names of the columns");
    return make_Rows(parser, span, (Node_Rows){.rows = rows});
}

int whole_number(Parser *parser, Literal literal, int low, int high) {
    int64_t value;
    if (num_to_int64(literal.value, &value) && value >= low && value <= high)
        return (int)value;
    parser_report(parser, DIAG_whole_number, literal.span, "expected a whole number from %d to %d",
                  low, high);
    return low;
}

Period period_of_number(Parser *parser, Literal year) {
    Period period = period_holding(PERIOD_CALENDAR_YEAR, 0);
    if (!period_parse(parser->text + year.span.off, year.span.len, &period)) {
        Diag *diag = parser_report(parser, DIAG_no_such_period, year.span, "expected a period");
        if (diag)
            diag_help(diag, "a period is written 2017-01, 2016/17-Q4, 2016/17 or 2016");
    }
    return period;
}

/* The month may have 29 days in February. */
#define YEAR_OF_YEAR_END 2000

Date year_end(Parser *parser, Literal day, Name month) {
    const char *names[12];
    int64_t number;
    Date date = 0;
    for (int i = 0; i < 12; i++) {
        names[i] = date_month_name(i + 1);
        if (strcmp(names[i], month.atom) == 0 && num_to_int64(day.value, &number) && number >= 1 &&
            number <= 31 && date_of_ymd(YEAR_OF_YEAR_END, i + 1, (int)number, &date))
            return date;
    }
    Diag *diag = parser_report(parser, DIAG_no_such_year_end, span_join(day.span, month.span),
                               "expected the day and month that end the year");
    const char *nearest = text_nearest(month.atom, names, 12);
    if (diag && nearest && strcmp(nearest, month.atom) != 0)
        diag_help(diag, "did you mean '%s'?", nearest);
    else if (diag)
        diag_help(diag, "write it as in 'every year to 31 August'");
    return date;
}

PlacesForm places_add(Parser *parser, PlacesForm form, Name basis, Literal places) {
    whole_number(parser, places, 0, 9);
    form.bases = names_add(parser, form.bases, basis);
    form.places = nodes_add(parser, form.places, number_of(parser, places));
    return form;
}

/* ---- expressions ---- */

Node *number_of(Parser *parser, Literal literal) {
    return make_Number(
        parser, literal.span,
        (Node_Number){.value = literal.value, .decimals = literal.decimals, .kind = literal.kind});
}

Node *negated(Parser *parser, Span span, Node *operand) {
    if (!operand || operand->kind != NODE_NUMBER)
        return make_Negate(parser, span, (Node_Negate){.operand = operand});
    Node_Number number = *node_Number(operand);
    number.value = num_negate(number.value);
    return make_Number(parser, span, number);
}

Node *duration_of(Parser *parser, Span span, Literal amount, DurationUnit unit) {
    return make_Duration(parser, span, (Node_Duration){.amount = amount.value, .unit = unit});
}

/* `x = null`, as other languages have it. */
static bool is_null(const Node *node) {
    static const char *const words[] = {"null", "NULL", "Null", "nil", "NA"};
    if (!node || node->kind != NODE_NAME)
        return false;
    const char *name = node_NameUse(node)->name.atom;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return false;
}

Node *comparison_of(Parser *parser, Span span, ComparisonOp op, Node *left, Node *right) {
    if (is_null(right)) {
        Diag *diag = parser_report(parser, DIAG_null_value, right->span, "'%s' is no value",
                                   node_NameUse(right)->name.atom);
        if (diag)
            diag_help(diag, "write '%s'", op == COMPARISON_EQUAL ? "is missing" : "is not missing");
    }
    return make_Comparison(parser, span, (Node_Comparison){.op = op, .left = left, .right = right});
}

Node *comparison_chain(Parser *parser, Span span) {
    Diag *diag =
        parser_report(parser, DIAG_chained_comparison, span, "comparisons cannot be chained");
    if (diag)
        diag_help(diag, "write 'b between a and c' (both ends in), or two comparisons with 'and'");
    return NULL;
}
