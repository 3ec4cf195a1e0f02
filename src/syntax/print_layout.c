#include "syntax/print_parts.h"

#include <string.h>

#include "syntax/words.h"

size_t layout_width(const char *text, size_t len) {
    size_t width = 0;
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            width++;
    return width;
}

size_t layout_column(const StrBuf *out) {
    size_t start = out->len;
    while (start > 0 && out->text[start - 1] != '\n')
        start--;
    return layout_width(strbuf_text(out) + start, out->len - start);
}

void layout_line(StrBuf *out, size_t indent) {
    strbuf_add_char(out, '\n');
    strbuf_add_times(out, ' ', indent);
}

void layout_comma(StrBuf *out, const char *next) {
    size_t width = layout_width(next, strlen(next));
    if (layout_column(out) + strlen(", ") + width + strlen(",") <= PRINT_WIDTH) {
        strbuf_add(out, ", ");
        return;
    }
    strbuf_add_char(out, ',');
    layout_line(out, PRINT_ARGUMENT);
}

/* Prints the node on the rest of this line if it fits; otherwise nothing, and false. */
static bool fits(StrBuf *out, const char *lead, const Node *node, size_t tail) {
    StrBuf flat = {0};
    strbuf_add(&flat, lead);
    print_expression(&flat, node);
    bool one_line = !strchr(strbuf_text(&flat), '\n');
    size_t width = layout_width(strbuf_text(&flat), flat.len);
    bool fit = one_line && layout_column(out) + width + tail <= PRINT_WIDTH;
    if (fit)
        strbuf_add_len(out, flat.text, flat.len);
    strbuf_fini(&flat);
    return fit;
}

static size_t flat_width(const Node *node) {
    StrBuf flat = {0};
    print_expression(&flat, node);
    size_t width = layout_width(strbuf_text(&flat), flat.len);
    strbuf_fini(&flat);
    return width;
}

void layout_where(StrBuf *out, const Node *condition, size_t indent, size_t tail) {
    if (fits(out, " where ", condition, tail))
        return;
    layout_line(out, indent);
    strbuf_add(out, "where ");
    layout_expression(out, condition, indent + 4, tail);
}

void layout_rowset(StrBuf *out, const Node *node, size_t indent) {
    const Node_Rowset *rowset = node_Rowset(node);
    print_rowset_head(out, rowset);
    if (rowset->where)
        layout_where(out, rowset->where, indent, 0);
}

static void layout_logic(StrBuf *out, const Node_Logic *logic, size_t indent, size_t tail) {
    for (size_t i = 0; i < logic->terms.len; i++) {
        const Node *term = logic->terms.items[i], *inner = term;
        bool last = i + 1 == logic->terms.len;
        if (i > 0) {
            layout_line(out, indent);
            strbuf_addf(out, "%s ", word_of(FIELD_LogicOp, (int)logic->op));
        }
        while (inner->kind == NODE_NOT)
            inner = node_Not(inner)->operand;
        bool wrap = inner->kind == NODE_EXISTS && node_Rowset(node_Exists(inner)->rowset)->where;
        strbuf_add(out, wrap ? "(" : "");
        layout_expression(out, term, indent + 4, (last ? tail : 0) + (wrap ? 1 : 0));
        strbuf_add(out, wrap ? ")" : "");
    }
}

/* "sum a + b" and what follows; `of` starts a line when the values before it fill theirs. */
static void layout_quantity(StrBuf *out, const Node_Quantity *quantity, size_t indent,
                            size_t tail) {
    const Node_Rowset *rowset = node_Rowset(quantity->rowset);
    size_t by = quantity->by ? flat_width(quantity->by) + strlen(" by ") : 0;
    StrBuf set = {0};
    print_rowset_head(&set, rowset);
    size_t head = layout_width(strbuf_text(&set), set.len) + strlen(" of ");
    size_t behind = rowset->where ? 0 : tail + by;
    print_quantity_start(out, quantity);
    if (quantity->value) {
        strbuf_add_char(out, ' ');
        layout_expression(out, quantity->value, indent + 4, 0);
    }
    if (quantity->value && layout_column(out) + head + behind > PRINT_WIDTH)
        layout_line(out, indent);
    else
        strbuf_add_char(out, ' ');
    strbuf_addf(out, "of %s", strbuf_text(&set));
    strbuf_fini(&set);
    if (!quantity->by) {
        if (rowset->where)
            layout_where(out, rowset->where, indent, tail);
        return;
    }
    if (rowset->where && !fits(out, " where ", rowset->where, tail + by))
        layout_where(out, rowset->where, indent, 0);
    if (layout_column(out) + by + tail > PRINT_WIDTH)
        layout_line(out, indent);
    else
        strbuf_add_char(out, ' ');
    strbuf_add(out, "by ");
    print_expression(out, quantity->by);
}

static void layout_exists(StrBuf *out, const Node_Exists *exists, size_t indent, size_t tail) {
    const Node_Rowset *rowset = node_Rowset(exists->rowset);
    strbuf_addf(out, "%s %s", exists->none ? "none" : "exists", exists->another ? "another " : "");
    print_rowset_head(out, rowset);
    if (rowset->where)
        layout_where(out, rowset->where, indent, tail);
}

/* Whether anything in it can start a line. */
static bool can_break(const Node *node) {
    Node *child;
    if (node->kind == NODE_LOGIC || node->kind == NODE_QUANTITY || node->kind == NODE_EXISTS)
        return true;
    for (size_t i = 0; node_child(node, i, &child); i++)
        if (can_break(child))
            return true;
    return false;
}

/* The sign starts a line when the right side does not fit behind the left one. */
static void layout_binary(StrBuf *out, const Node *left, const char *sign, const Node *right,
                          size_t indent, size_t tail) {
    layout_expression(out, left, indent + 4, 0);
    size_t width = strlen(sign) + 2 + flat_width(right) + tail;
    bool one_line = !can_break(left) && !can_break(right);
    if (one_line || layout_column(out) + width <= PRINT_WIDTH) {
        strbuf_addf(out, " %s ", sign);
        print_expression(out, right);
        return;
    }
    layout_line(out, indent);
    strbuf_addf(out, "%s ", sign);
    layout_expression(out, right, indent + 4, tail);
}

/* A sum of many terms: each operator at the same indentation. */
static void layout_arithmetic(StrBuf *out, const Node *node, size_t indent, size_t tail) {
    const Node_Arithmetic *arithmetic = node_Arithmetic(node);
    const char *sign = word_of(FIELD_ArithmeticOp, (int)arithmetic->op);
    if (arithmetic->left->kind == NODE_ARITHMETIC && !fits(out, "", arithmetic->left, 0))
        layout_arithmetic(out, arithmetic->left, indent, 0);
    else if (arithmetic->left->kind != NODE_ARITHMETIC)
        layout_expression(out, arithmetic->left, indent + 4, 0);
    size_t width = strlen(sign) + 2 + flat_width(arithmetic->right) + tail;
    if (layout_column(out) + width <= PRINT_WIDTH) {
        strbuf_addf(out, " %s ", sign);
        print_expression(out, arithmetic->right);
        return;
    }
    layout_line(out, indent);
    strbuf_addf(out, "%s ", sign);
    layout_expression(out, arithmetic->right, indent + 4, tail);
}

static void layout_call(StrBuf *out, const Node_Call *call, size_t indent, size_t tail) {
    print_name(out, call->name.atom);
    strbuf_add_char(out, '(');
    for (size_t i = 0; i < call->arguments.len; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        bool last = i + 1 == call->arguments.len;
        layout_expression(out, call->arguments.items[i], indent + 4, (last ? tail : 0) + 1);
    }
    strbuf_add_char(out, ')');
}

/* What a condition asks about, or NULL: its other parts stay on one line. */
static const Node *subject_of(const Node *node) {
    if (node->kind == NODE_BETWEEN)
        return node_Between(node)->value;
    if (node->kind == NODE_IN_CODES)
        return node_InCodes(node)->value;
    if (node->kind == NODE_IN_LIST)
        return node_InList(node)->value;
    if (node->kind == NODE_IS_MISSING)
        return node_IsMissing(node)->value;
    if (node->kind == NODE_WITHIN)
        return node_Within(node)->date;
    if (node->kind == NODE_IN_SPAN)
        return node_InSpan(node)->date;
    return NULL;
}

static void layout_subject(StrBuf *out, const Node *node, const Node *subject, size_t indent,
                           size_t tail) {
    StrBuf whole = {0}, part = {0};
    print_expression(&whole, node);
    print_expression(&part, subject);
    const char *rest = strbuf_text(&whole) + part.len; /* the subject comes first */
    layout_expression(out, subject, indent + 4, layout_width(rest, strlen(rest)) + tail);
    strbuf_add(out, rest);
    strbuf_fini(&whole);
    strbuf_fini(&part);
}

/* A chain or a nested condition may break; the rest stays on its line, however long. */
void layout_expression(StrBuf *out, const Node *node, size_t indent, size_t tail) {
    if (fits(out, "", node, tail))
        return;
    if (node->kind == NODE_LOGIC) {
        layout_logic(out, node_Logic(node), indent, tail);
    } else if (node->kind == NODE_EXISTS) {
        layout_exists(out, node_Exists(node), indent, tail);
    } else if (node->kind == NODE_QUANTITY) {
        layout_quantity(out, node_Quantity(node), indent, tail);
    } else if (node->kind == NODE_NOT) {
        strbuf_add(out, "not ");
        layout_expression(out, node_Not(node)->operand, indent, tail);
    } else if (node->kind == NODE_PARENTHESES) {
        strbuf_add_char(out, '(');
        layout_expression(out, print_unwrapped(node), indent, tail + 1);
        strbuf_add_char(out, ')');
    } else if (node->kind == NODE_COMPARISON) {
        const Node_Comparison *comparison = node_Comparison(node);
        layout_binary(out, comparison->left, word_of(FIELD_ComparisonOp, (int)comparison->op),
                      comparison->right, indent, tail);
    } else if (node->kind == NODE_ARITHMETIC) {
        layout_arithmetic(out, node, indent, tail);
    } else if (node->kind == NODE_CALL) {
        layout_call(out, node_Call(node), indent, tail);
    } else if (subject_of(node)) {
        layout_subject(out, node, subject_of(node), indent, tail);
    } else {
        print_expression(out, node);
    }
}
