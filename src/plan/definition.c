/* The hash of an indicator's meaning.
 *
 * Left out: names, titles, labels, why, notes, owner, layout, and what a source covers. In: all
 * that can change a figure or a verdict.
 */
#include <xxhash.h>

#include "plan/expr_print.h"
#include "plan/plan.h"

/* Raised when the canonical text changes: old hashes must not come to mean something else. */
#define CANONICAL_VERSION "kpic-definition/1"

static void add_number(StrBuf *out, const char *word, Num number) {
    strbuf_addf(out, "%s ", word);
    num_print(out, (Num){number.n, 1}, 0, false);
    strbuf_add(out, "/");
    num_print(out, (Num){number.d, 1}, 0, false);
    strbuf_add(out, "\n");
}

static void add_expr(ExprPrinter *p, const char *word, const Expr *expr) {
    strbuf_addf(p->out, "%s ", word);
    printer_expr(p, expr);
    strbuf_add(p->out, "\n");
}

/* Row sets stand once, in their order; quantities then name them by their numbers. */
static void add_shape(ExprPrinter *p, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        strbuf_add(p->out, "rows ");
        printer_rowset(p, indicator->rowsets[i]);
        strbuf_add(p->out, "\n");
    }
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
        add_expr(p, "those", indicator->those);
        return;
    case SHAPE_RATIO:
        strbuf_add(p->out, "numerator ");
        printer_quantity(p, indicator->numerator, true);
        strbuf_add(p->out, "\ndenominator ");
        printer_quantity(p, indicator->denominator, true);
        strbuf_add(p->out, "\n");
        return;
    case SHAPE_VALUE:
        add_expr(p, "value", indicator->value);
        return;
    case SHAPE_DISTRIBUTION:
    case SHAPE_DERIVED:
        return;
    }
}

static void add_parts(ExprPrinter *p, const char *word, const Part *parts, size_t len) {
    for (size_t i = 0; i < len; i++)
        add_expr(p, word, parts[i].condition);
}

static void add_breakdowns(ExprPrinter *p, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->breakdowns_len; i++) {
        const Breakdown *breakdown = &indicator->breakdowns[i];
        for (size_t set = 0; set < indicator->rowsets_len; set++)
            if (breakdown->keys[set])
                add_expr(p, "by", breakdown->keys[set]);
        for (size_t code = 0; breakdown->codes && code < breakdown->codes->entries_len; code++)
            strbuf_addf(p->out, "group \"%s\"\n", breakdown->codes->entries[code].code);
        if (breakdown->share)
            strbuf_add(p->out, "with share\n");
    }
}

static void add_judgement(StrBuf *out, const Indicator *indicator) {
    strbuf_addf(out, "good %s\n", good_word(indicator->good));
    if (indicator->good == GOOD_BETWEEN) {
        add_number(out, "from", indicator->good_low);
        add_number(out, "to", indicator->good_high);
    }
    for (size_t i = 0; i < indicator->targets_len; i++) {
        const Target *target = &indicator->targets[i];
        if (target->none)
            continue;
        add_number(out, "target", target->value);
        if (target->has_from)
            strbuf_addf(out, "since %d\n", target->from);
    }
    strbuf_addf(out, "compare %d same %d\n", (int)indicator->compare, (int)indicator->same);
    if (indicator->same != SAME_NONE)
        add_number(out, "within", indicator->same_within);
}

static void add_settings(StrBuf *out, const Indicator *indicator) {
    strbuf_addf(out, "basis %s", basis_word(indicator->basis));
    add_number(out, "", indicator->per);
    if (indicator->unit)
        strbuf_addf(out, "unit \"%s\"\n", indicator->unit);
    strbuf_addf(out, "decimals %d\nwindow %s", indicator->decimals, window_word(indicator->window));
    if (indicator->window == WINDOW_ROLLING)
        strbuf_addf(out, " %d months", indicator->window_months);
    strbuf_addf(out, " every %s", every_word(indicator->every));
    if (indicator->every == EVERY_YEAR)
        strbuf_addf(out, " to %d-%d", indicator->year_end_month, indicator->year_end_day);
    strbuf_addf(out, " behind %d\n", indicator->behind);
}

void plan_definition_hash(const Model *model, const Indicator *indicator, char out[33]) {
    (void)model;
    StrBuf text = {0};
    ExprPrinter printer = {.out = &text, .canonical = true, .arena = arena_new()};
    strbuf_add(&text, CANONICAL_VERSION "\n");
    add_shape(&printer, indicator);
    add_parts(&printer, "exclude", indicator->excludes, indicator->excludes_len);
    add_parts(&printer, "of which", indicator->parts, indicator->parts_len);
    add_breakdowns(&printer, indicator);
    add_settings(&text, indicator);
    add_judgement(&text, indicator);
    XXH128_hash_t hash = XXH3_128bits(strbuf_text(&text), text.len);
    StrBuf digits = {0};
    strbuf_addf(&digits, "%016llx%016llx", (unsigned long long)hash.high64,
                (unsigned long long)hash.low64);
    for (size_t i = 0; i <= digits.len; i++)
        out[i] = strbuf_text(&digits)[i];
    strbuf_fini(&digits);
    strbuf_fini(&text);
    arena_free(printer.arena);
}
