/* Expressions of the Model as text, in two styles.
 *
 * Words: the language's own, with the aliases of the definition; it parses back to the same
 * meaning. Canonical: for the hash of a definition: rows numbered in the order in which they are
 * met, columns by what the store calls them, code sets as their sorted codes, numbers as exact
 * fractions; nothing that only people read. A change of the canonical text changes every hash, so
 * it is versioned where the hash is made (definition.c).
 *
 * To add a kind of expression: its case in print_expr(), serving both styles.
 */
#ifndef PLAN_EXPR_PRINT_H
#define PLAN_EXPR_PRINT_H

#include "sema/model.h"

typedef struct ExprPrinter {
    StrBuf *out;
    bool canonical;
    Arena *arena;             /* canonical: of the list below */
    VEC(const RowVar *) rows; /* canonical: those met, numbered from 1 */
    const RowVar *self;       /* canonical: the row of a computed column being written out */
} ExprPrinter;

void printer_expr(ExprPrinter *printer, const Expr *expr);
/* `cp_plan p dated p.start where ...` */
void printer_rowset(ExprPrinter *printer, const Rowset *rows);
/* The same without its condition. */
void printer_timed_rows(ExprPrinter *printer, const Rowset *rows);
/* `sum known e.persons of ...`; without `of ...` if `short_form`: `sum known e.persons of e` */
void printer_quantity(ExprPrinter *printer, const Quantity *quantity, bool short_form);
/* What stands after `in`: a code set by its name (canonical: its codes), or values. */
void printer_members(ExprPrinter *printer, const CodeSet *codes, const Value *items,
                     size_t items_len, TypeKind type);
/* `elapsed p.start to period end`, or the expression (band_print.c) */
void printer_band_value(ExprPrinter *printer, const Indicator *indicator);
/* What fits a band: `1 to 10`, `under 6 weeks`, `other` */
void printer_band(ExprPrinter *printer, const Indicator *indicator, const Band *band);
/* The hash of what an indicator's figures are, without targets and benchmarks: 32 digits
 * (definition.c). Canonical texts have it in place of an indicator's name. */
void plan_figure_hash(const Indicator *indicator, char out[33]);
/* A name as it stands where words have meaning: in backquotes if it must be. */
void name_print(StrBuf *out, const char *name);

#endif
