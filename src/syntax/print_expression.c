#include "syntax/print_parts.h"

#include <string.h>

#include "syntax/keywords.h"
#include "syntax/words.h"

/* ---- names and texts ---- */

bool print_is_name(const char *name) {
    static const char *const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    size_t first = strspn(name, letters);
    if (first == 0)
        return false;
    while (name[first] && strchr("0123456789", name[first]))
        first += 1 + strspn(name + first + 1, letters);
    return name[first] == '\0';
}

static void quote_name(StrBuf *out, Atom name, bool plain) {
    strbuf_addf(out, plain ? "%s" : "`%s`", name);
}

/* `known` has a meaning right after sum and mean. */
void print_name(StrBuf *out, Atom name) {
    quote_name(out, name,
               print_is_name(name) && !keyword_is_reserved(name) && strcmp(name, "known") != 0);
}

/* `by` would read as the one of first and last. */
void print_alias(StrBuf *out, Atom name) {
    if (strcmp(name, "by") == 0)
        quote_name(out, name, false);
    else
        print_name(out, name);
}

void print_member_name(StrBuf *out, Atom name) {
    quote_name(out, name, print_is_name(name));
}

void print_text(StrBuf *out, Text text) {
    if (!text.fenced && !strpbrk(text.text, "\"\n")) {
        strbuf_addf(out, "\"%s\"", text.text);
        return;
    }
    strbuf_add(out, "\"\"\"\n");
    for (const char *line = text.text; *text.text;) {
        size_t len = strcspn(line, "\n");
        if (len > 0)
            strbuf_add_times(out, ' ', PRINT_PROSE);
        strbuf_add_len(out, line, len);
        strbuf_add_char(out, '\n');
        if (!line[len])
            break;
        line += len + 1;
    }
    strbuf_add_times(out, ' ', PRINT_PROSE);
    strbuf_add(out, "\"\"\"");
}

/* ---- literals ---- */

static void add_number(StrBuf *out, const Node_Number *number) {
    if (number->kind == NUMBER_POUNDS) {
        bool negative = number->value.n < 0;
        strbuf_add(out, negative ? "-\xC2\xA3" : "\xC2\xA3");
        num_print(out, negative ? num_negate(number->value) : number->value, number->decimals,
                  true);
        return;
    }
    num_print(out, number->value, number->decimals, false);
    if (number->kind == NUMBER_PERCENT)
        strbuf_add_char(out, '%');
}

static void add_duration(StrBuf *out, const Node_Duration *duration) {
    const char *unit = word_of(FIELD_DurationUnit, (int)duration->unit);
    bool one = num_compare(duration->amount, num_of_int(1)) == 0;
    num_print_exact(out, duration->amount);
    strbuf_addf(out, " %.*s", (int)(strlen(unit) - (one ? 1 : 0)), unit);
}

/* ---- row sets and quantities ---- */

void print_rowset_head(StrBuf *out, const Node_Rowset *rowset) {
    print_name(out, rowset->source.atom);
    if (rowset->alias.atom) {
        strbuf_add_char(out, ' ');
        print_alias(out, rowset->alias.atom);
    }
    if (rowset->timing == TIMING_NONE)
        return;
    strbuf_addf(out, " %s ", word_of(FIELD_TimingKind, (int)rowset->timing));
    print_expression(out, rowset->start);
    if (!rowset->end)
        return;
    strbuf_add(out, " to ");
    print_expression(out, rowset->end);
}

static void add_rowset(StrBuf *out, const Node_Rowset *rowset) {
    print_rowset_head(out, rowset);
    if (!rowset->where)
        return;
    strbuf_add(out, " where ");
    print_expression(out, rowset->where);
}

void print_quantity_start(StrBuf *out, const Node_Quantity *quantity) {
    strbuf_add(out, word_of(FIELD_QuantityKind, (int)quantity->kind));
    if (quantity->kind == QUANTITY_PERCENTILE) {
        strbuf_add_char(out, ' ');
        num_print_exact(out, quantity->percentile);
    }
    strbuf_add(out, quantity->known ? " known" : "");
}

static void add_quantity(StrBuf *out, const Node_Quantity *quantity) {
    print_quantity_start(out, quantity);
    if (quantity->value) {
        strbuf_add_char(out, ' ');
        print_expression(out, quantity->value);
    }
    strbuf_add(out, " of ");
    print_expression(out, quantity->rowset);
    if (!quantity->by)
        return;
    strbuf_add(out, " by ");
    print_expression(out, quantity->by);
}

/* ---- conditions ---- */

const Node *print_unwrapped(const Node *node) {
    while (node->kind == NODE_PARENTHESES)
        node = node_Parentheses(node)->inner;
    return node;
}

/* Whether a term of a chain reaches on over what follows, so that it wants parentheses. */
static bool reaches(const Node *term) {
    while (term->kind == NODE_NOT)
        term = node_Not(term)->operand;
    return term->kind == NODE_EXISTS && node_Rowset(node_Exists(term)->rowset)->where;
}

static void add_list(StrBuf *out, const NodeList *list) {
    for (size_t i = 0; i < list->len; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        print_expression(out, list->items[i]);
    }
}

static void add_logic(StrBuf *out, const Node_Logic *logic) {
    for (size_t i = 0; i < logic->terms.len; i++) {
        const Node *term = logic->terms.items[i];
        if (i > 0)
            strbuf_addf(out, " %s ", word_of(FIELD_LogicOp, (int)logic->op));
        bool wrap = reaches(term);
        strbuf_add(out, wrap ? "(" : "");
        print_expression(out, term);
        strbuf_add(out, wrap ? ")" : "");
    }
}

static void add_exists(StrBuf *out, const Node_Exists *exists) {
    strbuf_addf(out, "%s %s", exists->none ? "none" : "exists", exists->another ? "another " : "");
    print_expression(out, exists->rowset);
}

static void add_binary(StrBuf *out, const Node *left, const char *sign, const Node *right) {
    print_expression(out, left);
    strbuf_addf(out, " %s ", sign);
    print_expression(out, right);
}

static void add_within(StrBuf *out, const Node_Within *within) {
    add_binary(out, within->date, "within", within->duration);
    strbuf_add(out, within->before ? " before " : " after ");
    print_expression(out, within->anchor);
}

static void add_in_list(StrBuf *out, const Node_InList *in) {
    print_expression(out, in->value);
    strbuf_add(out, in->negated ? " not in (" : " in (");
    add_list(out, &in->items);
    strbuf_add_char(out, ')');
}

static void add_parentheses(StrBuf *out, const Node *node) {
    strbuf_add_char(out, '(');
    print_expression(out, print_unwrapped(node));
    strbuf_add_char(out, ')');
}

static void add_call(StrBuf *out, const Node_Call *call) {
    print_name(out, call->name.atom);
    strbuf_add_char(out, '(');
    add_list(out, &call->arguments);
    strbuf_add_char(out, ')');
}

static void add_between(StrBuf *out, const Node_Between *between) {
    add_binary(out, between->value, "between", between->low);
    strbuf_add(out, " and ");
    print_expression(out, between->high);
}

static void add_in_span(StrBuf *out, const Node_InSpan *in) {
    add_binary(out, in->date, "in", in->duration);
    strbuf_add(out, " to ");
    print_expression(out, in->anchor);
}

static void add_condition(StrBuf *out, const Node *node) {
    if (node->kind == NODE_BETWEEN)
        add_between(out, node_Between(node));
    else if (node->kind == NODE_IN_LIST)
        add_in_list(out, node_InList(node));
    else if (node->kind == NODE_WITHIN)
        add_within(out, node_Within(node));
    else if (node->kind == NODE_IN_SPAN)
        add_in_span(out, node_InSpan(node));
    else if (node->kind == NODE_EXISTS)
        add_exists(out, node_Exists(node));
    else if (node->kind == NODE_LOGIC)
        add_logic(out, node_Logic(node));
    else if (node->kind == NODE_IS_MISSING) {
        print_expression(out, node_IsMissing(node)->value);
        strbuf_add(out, node_IsMissing(node)->negated ? " is not missing" : " is missing");
    } else if (node->kind == NODE_IN_CODES) {
        print_expression(out, node_InCodes(node)->value);
        strbuf_add(out, node_InCodes(node)->negated ? " not in " : " in ");
        print_name(out, node_InCodes(node)->codes.atom);
    }
}

static void add_minus(StrBuf *out, const Node *operand) {
    strbuf_add_char(out, '-');
    print_expression(out, operand);
}

static void add_member(StrBuf *out, const Node_Member *member) {
    print_expression(out, member->base);
    strbuf_add_char(out, '.');
    print_member_name(out, member->name.atom);
}

static void add_elapsed(StrBuf *out, const Node_Elapsed *elapsed) {
    strbuf_add(out, "elapsed ");
    add_binary(out, elapsed->from, "to", elapsed->to);
}

/* dispatch */
void print_expression(StrBuf *out, const Node *node) {
    switch (node->kind) {
    case NODE_ROWSET:
        add_rowset(out, node_Rowset(node));
        return;
    case NODE_QUANTITY:
        add_quantity(out, node_Quantity(node));
        return;
    case NODE_NUMBER:
        add_number(out, node_Number(node));
        return;
    case NODE_TEXT:
        print_text(out, node_TextLiteral(node)->text);
        return;
    case NODE_DATE:
        date_print_iso(out, node_DateLiteral(node)->date);
        return;
    case NODE_PERIOD:
        period_print(out, node_PeriodLiteral(node)->period);
        return;
    case NODE_DURATION:
        add_duration(out, node_Duration(node));
        return;
    case NODE_NAME:
        print_name(out, node_NameUse(node)->name.atom);
        return;
    case NODE_MEMBER:
        add_member(out, node_Member(node));
        return;
    case NODE_PERIOD_WORD:
        strbuf_add(out, word_of(FIELD_PeriodWord, (int)node_PeriodWordUse(node)->word));
        return;
    case NODE_CALL:
        add_call(out, node_Call(node));
        return;
    case NODE_NEGATE:
        add_minus(out, node_Negate(node)->operand);
        return;
    case NODE_ARITHMETIC:
        add_binary(out, node_Arithmetic(node)->left,
                   word_of(FIELD_ArithmeticOp, (int)node_Arithmetic(node)->op),
                   node_Arithmetic(node)->right);
        return;
    case NODE_COMPARISON:
        add_binary(out, node_Comparison(node)->left,
                   word_of(FIELD_ComparisonOp, (int)node_Comparison(node)->op),
                   node_Comparison(node)->right);
        return;
    case NODE_BETWEEN:
    case NODE_IN_CODES:
    case NODE_IN_LIST:
    case NODE_IS_MISSING:
    case NODE_WITHIN:
    case NODE_IN_SPAN:
    case NODE_EXISTS:
    case NODE_LOGIC:
        add_condition(out, node);
        return;
    case NODE_ELAPSED:
        add_elapsed(out, node_Elapsed(node));
        return;
    case NODE_NOT:
        strbuf_add(out, "not ");
        print_expression(out, node_Not(node)->operand);
        return;
    case NODE_PARENTHESES:
        add_parentheses(out, node);
        return;
    case NODE_FILE:
    case NODE_PROJECT:
    case NODE_USE:
    case NODE_SOURCE:
    case NODE_CODES:
    case NODE_CALENDAR:
    case NODE_DEFINE:
    case NODE_INDICATOR:
    case NODE_NEIGHBOURS:
    case NODE_RATING:
    case NODE_REPORT:
    case NODE_TEST:
    case NODE_TEXT_CLAUSE:
    case NODE_NAME_CLAUSE:
    case NODE_DATE_CLAUSE:
    case NODE_CHECK_SETTING:
    case NODE_COVERS:
    case NODE_TAKEN:
    case NODE_BROKEN_CLAUSE:
    case NODE_KEY:
    case NODE_COLUMN:
    case NODE_TYPE:
    case NODE_SYMBOLS:
    case NODE_SYMBOL:
    case NODE_PUBLISHED:
    case NODE_ROWS:
    case NODE_ROW:
    case NODE_CODE:
    case NODE_WEEKEND:
    case NODE_HOLIDAY_DATES:
    case NODE_HOLIDAY_ROWS:
    case NODE_DENOMINATOR:
    case NODE_NUMERATOR:
    case NODE_VALUE:
    case NODE_EXCLUDE:
    case NODE_OF_WHICH:
    case NODE_BY:
    case NODE_BASIS:
    case NODE_WINDOW:
    case NODE_GOOD:
    case NODE_TARGET:
    case NODE_COMPARE:
    case NODE_DECIMALS:
    case NODE_PROJECT_DECIMALS:
    case NODE_MEMBERS:
    case NODE_MEMBER_ROWS:
    case NODE_MODEL_YEAR:
    case NODE_RATING_LINE:
    case NODE_RATING_RULE:
    case NODE_REPORT_FIELD:
    case NODE_REPORT_EVERY:
    case NODE_REPORT_PART:
    case NODE_REPORT_SECTION:
    case NODE_SHOW:
    case NODE_REFER:
    case NODE_GIVEN:
    case NODE_EXPECT:
    case NODE_GROUP_IS:
    case NODE_DISTRIBUTION:
    case NODE_BANDS:
    case NODE_BAND:
    case NODE_GOOD_BANDS:
    case NODE_TOLERANCE:
    case NODE_RATING_USE:
    case NODE_BENCHMARK:
    case NODE_BENCHMARK_ENTRY:
    case NODE_BREAK:
    case NODE_PROVISIONAL:
    case NODE_REPORTED:
    case NODE_SUPPRESS:
    case NODE_INTERVAL:
    case NODE_KINDS:
        return; /* no expressions */
    }
}
