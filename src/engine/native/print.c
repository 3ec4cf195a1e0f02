/* What the native engine makes of a plan, for people: its passes, the masks of each chain, the
 * conditions that chains share, and what is left to the reference engine. */
#include "engine/native/blocks.h"
#include "engine/native/run.h"
#include "plan/expr_print.h"

#define INDENT 4

static void line(StrBuf *out, size_t depth) {
    strbuf_add_times(out, ' ', depth * INDENT);
}

/* ---- nodes ---- */

static void add_node(StrBuf *out, const Node *node);

static void add_terms(StrBuf *out, const Node *node, const char *between) {
    for (size_t i = 0; i < node->more_len; i++) {
        strbuf_add(out, i > 0 ? between : "");
        add_node(out, node->more[i]);
    }
}

static void add_binary(StrBuf *out, const Node *node, const char *word) {
    add_node(out, node->terms[0]);
    strbuf_addf(out, " %s ", word);
    add_node(out, node->terms[1]);
}

static void add_days(StrBuf *out, const Node *node) {
    strbuf_add(out, "table by day of ");
    if (node->day)
        add_node(out, node->day);
    else if (node->terms[0])
        add_node(out, node->terms[0]);
}

static void add_row(StrBuf *out, const Node *node) {
    if (!node || node->kind != NODE_LINK)
        return;
    add_row(out, node->terms[0]);
    strbuf_addf(out, "%s.", node->as.column->name);
}

/* dispatch */
static void add_value(StrBuf *out, const Node *node) {
    switch (node->kind) {
    case NODE_COLUMN:
        add_row(out, node->terms[0]);
        strbuf_add(out, node->as.column->name);
        return;
    case NODE_CONSTANT:
        value_print(out, node->as.constant);
        return;
    case NODE_PERIOD_WORD:
        strbuf_add(out, "a day of the window");
        return;
    case NODE_SHIFT:
        strbuf_add(out, "a day counted from ");
        add_node(out, node->terms[0]);
        return;
    case NODE_PLAIN:
        add_node(out, node->terms[0]);
        return;
    case NODE_FUNCTION:
        strbuf_addf(out, "%s", function_info(node->as.call.function)->name);
        return;
    case NODE_ARITHMETIC:
        strbuf_add(out, "a sum or product");
        return;
    case NODE_NEGATE:
        strbuf_add(out, "a negative");
        return;
    case NODE_QUANTITY:
        strbuf_add(out, "a nested quantity");
        return;
    case NODE_SLOT:
    case NODE_LINK:
        strbuf_add(out, "the row");
        return;
    case NODE_COMPARE:
    case NODE_IN:
    case NODE_MISSING:
    case NODE_YES:
    case NODE_NOT:
    case NODE_AND:
    case NODE_OR:
    case NODE_DAYS:
    case NODE_PRESENT:
    case NODE_LOOKUP:
    case NODE_PAIRS:
    case NODE_FALLBACK:
        return;
    }
}

/* dispatch */
static void add_node(StrBuf *out, const Node *node) {
    switch (node->kind) {
    case NODE_COMPARE:
        add_binary(out, node, comparison_word(node->as.comparison));
        return;
    case NODE_IN:
        expr_print(out, node->as.in);
        return;
    case NODE_MISSING:
        add_node(out, node->terms[0]);
        strbuf_add(out, node->as.negated ? " is not missing" : " is missing");
        return;
    case NODE_YES:
        add_node(out, node->terms[0]);
        return;
    case NODE_NOT:
        strbuf_add(out, "not (");
        add_node(out, node->terms[0]);
        strbuf_add(out, ")");
        return;
    case NODE_AND:
        add_terms(out, node, " and ");
        return;
    case NODE_OR:
        strbuf_add(out, "(");
        add_terms(out, node, " or ");
        strbuf_add(out, ")");
        return;
    case NODE_DAYS:
        add_days(out, node);
        return;
    case NODE_PRESENT:
        add_node(out, node->terms[0]);
        strbuf_add(out, " where there is a date");
        return;
    case NODE_LOOKUP:
        strbuf_addf(out, "look-up in %s", lookup_source(node->as.related.lookup)->name);
        return;
    case NODE_PAIRS:
        strbuf_addf(out, "pairs with %s", pairs_source(node)->name);
        return;
    case NODE_FALLBACK:
        strbuf_add(out, "row by row: ");
        expr_print(out, fallback_expr(node));
        return;
    case NODE_SLOT:
    case NODE_LINK:
    case NODE_COLUMN:
    case NODE_CONSTANT:
    case NODE_PERIOD_WORD:
    case NODE_SHIFT:
    case NODE_PLAIN:
    case NODE_FUNCTION:
    case NODE_ARITHMETIC:
    case NODE_NEGATE:
    case NODE_QUANTITY:
        add_value(out, node);
        return;
    }
}

/* ---- chains ---- */

static void print_mask(StrBuf *out, const char *what, const Node *node) {
    if (!node)
        return;
    line(out, 3);
    strbuf_addf(out, "%s: ", what);
    add_node(out, node);
    strbuf_add(out, "\n");
}

static void print_chain(StrBuf *out, const Chain *chain, const ChainNodes *nodes) {
    const Indicator *indicator = chain->planned->indicator;
    line(out, 2);
    strbuf_addf(out, "rows %s of %s\n", chain->rows->row->name, indicator->id);
    print_mask(out, "counted", nodes->base);
    for (size_t i = 0; i < chain->excludes_len; i++)
        print_mask(out, indicator->excludes[chain->excludes[i]->part].id, nodes->excludes[i]);
    print_mask(out, "numerator", nodes->select);
    print_mask(out, "band", nodes->band);
    for (size_t i = 0; i < chain->parts_len; i++)
        print_mask(out, indicator->parts[chain->parts[i]->part].id, nodes->parts[i]);
    if (chain_tally(nodes)->failed) {
        line(out, 3);
        strbuf_add(out, "falls back whole: a row of it has an error or a fault to be told\n");
    }
}

/* ---- what is shared ---- */

/* A node that chains of a pass ask for, and how often. */
typedef struct Used {
    const Node *node;
    size_t times;
} Used;

typedef struct UsedNodes {
    Arena *arena;
    VEC(Used) list;
} UsedNodes;

static void use(UsedNodes *used, const Node *node) {
    if (!node)
        return;
    for (size_t i = 0; i < used->list.len; i++)
        if (used->list.items[i].node == node) {
            used->list.items[i].times++;
            return;
        }
    vec_push(used->arena, &used->list, ((Used){node, 1}));
    for (size_t i = 0; i < sizeof node->terms / sizeof *node->terms; i++)
        use(used, node->terms[i]);
    for (size_t i = 0; i < node->more_len; i++)
        use(used, node->more[i]);
}

static void use_chain(UsedNodes *used, const Chain *chain, const ChainNodes *nodes) {
    use(used, nodes->base);
    use(used, nodes->select);
    use(used, nodes->band);
    for (size_t i = 0; i < chain->excludes_len; i++)
        use(used, nodes->excludes[i]);
    for (size_t i = 0; i < chain->parts_len; i++)
        use(used, nodes->parts[i]);
}

/* Conditions that are evaluated once for a batch and asked for more often. */
static void print_shared(StrBuf *out, const Block *block, const SourceModel *source) {
    UsedNodes used = {.arena = block->arena};
    for (size_t c = 0; c < block->chains_len; c++)
        if (block->chains[c].sound && block->chains[c].rows->source == source)
            use_chain(&used, &block->chains[c], &block->nodes[0][c]);
    for (size_t i = 0; i < used.list.len; i++) {
        const Used *one = &used.list.items[i];
        if (!one->node->truth || one->times < 2)
            continue;
        line(out, 2);
        strbuf_addf(out, "shared, asked for %zu times: ", one->times);
        add_node(out, one->node);
        strbuf_add(out, "\n");
    }
}

/* ---- all of it ---- */

static void print_pass(StrBuf *out, const Block *block, const SourceModel *source) {
    bool any = false;
    for (size_t c = 0; c < block->chains_len; c++) {
        const Chain *chain = &block->chains[c];
        if (!chain->sound || chain->rows->source != source)
            continue;
        if (!any) {
            line(out, 1);
            strbuf_addf(out, "pass over %s, %zu rows\n", source->name,
                        data_table(block->shared.data, source)->table.rows);
        }
        any = true;
        print_chain(out, chain, &block->nodes[0][c]);
    }
    if (any)
        print_shared(out, block, source);
}

static void print_left(StrBuf *out, const Block *block) {
    for (size_t c = 0; c < block->chains_len; c++) {
        const Chain *chain = &block->chains[c];
        if (chain->sound)
            continue;
        line(out, 1);
        strbuf_addf(out, "falls back whole: rows %s of %s", chain->rows->row->name,
                    chain->planned->indicator->id);
        strbuf_addf(out, chain->why ? ": %s\n" : "\n", chain->why);
    }
}

void native_print(StrBuf *out, const NativeRun *native) {
    for (size_t b = 0; b < native->blocks.len; b++) {
        const Block *block = &native->items[b];
        const Axis *axis = block->shared.axis;
        strbuf_addf(out, "columns, %u window%s at once, ending ", axis->len,
                    axis->len == 1 ? "" : "s");
        for (unsigned bit = 0; bit < axis->len; bit++) {
            strbuf_add(out, bit > 0 ? ", " : "");
            date_print_iso(out, axis->last[bit]);
        }
        strbuf_add(out, "\n");
        for (size_t s = 0; s < native->plan->model->sources_len; s++)
            print_pass(out, block, native->plan->model->sources[s]);
        print_left(out, block);
    }
}
