/* The bands of a distribution as text, in both styles of the printer. */
#include "plan/expr_print.h"

void printer_band_value(ExprPrinter *p, const Indicator *indicator) {
    if (!indicator->band_from) {
        printer_expr(p, indicator->band_value);
        return;
    }
    strbuf_add(p->out, "elapsed ");
    printer_expr(p, indicator->band_from);
    strbuf_add(p->out, " to ");
    printer_expr(p, indicator->band_to);
}

/* dispatch */
void printer_band(ExprPrinter *p, const Indicator *indicator, const Band *band) {
    switch (band->kind) {
    case BAND_EXACT:
    case BAND_TEXT:
        printer_expr(p, band->low);
        return;
    case BAND_RANGE:
        printer_expr(p, band->low);
        strbuf_add(p->out, " to ");
        printer_expr(p, band->high);
        return;
    case BAND_UNDER:
        strbuf_add(p->out, "under ");
        printer_expr(p, band->high);
        return;
    case BAND_OR_MORE:
        printer_expr(p, band->low);
        strbuf_add(p->out, " or more");
        return;
    case BAND_IN_CODES:
    case BAND_IN_LIST:
        strbuf_add(p->out, "in ");
        printer_members(p, band->codes, band->items, band->items_len,
                        indicator->band_value ? indicator->band_value->type.kind : TYPE_TEXT);
        return;
    case BAND_MISSING:
        strbuf_add(p->out, "missing");
        return;
    case BAND_OTHER:
        strbuf_add(p->out, "other");
        return;
    }
}
