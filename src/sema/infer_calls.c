/* Functions, and defines, which are inlined where they are used. */
#include "sema/analysis.h"

static const FunctionInfo functions[] = {
#define FUNCTION(ident, name, result, signature, doc) {name, signature, doc},
#include "sema/funcs.def"
#undef FUNCTION
};

static const TypeKind function_results[] = {
#define FUNCTION(ident, name, result, signature, doc) TYPE_##result,
#include "sema/funcs.def"
#undef FUNCTION
};

const FunctionInfo *function_info(FunctionId function) {
    return &functions[function];
}

/* ---- defines ---- */

static const Scope *bind_parameters(const Place *place, DefineDeclaration *declaration,
                                    const NodeList *arguments, const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_Define *define = declaration->node;
    const Scope *inner = NULL;
    for (size_t i = 0; i < define->parameters.len; i++) {
        Scope *bound = arena_alloc(a->arena, sizeof *bound);
        *bound = (Scope){.up = inner,
                         .name = define->parameters.items[i].atom,
                         .span = define->parameters.items[i].span,
                         .argument = arguments->items[i],
                         .argument_scope = scope,
                         .argument_place = place,
                         .define = declaration};
        inner = bound;
    }
    return inner;
}

Span fault_span(const Analysis *a, Span span) {
    return a->inlined ? a->inlined->used_at : span;
}

Diag *fault_note(const Analysis *a, Diag *diag, Span span) {
    if (a->inlined)
        diag_note(diag, span, "this is what '%s' stands for", a->inlined->name);
    return diag;
}

static Expr *cycle(Analysis *a, const DefineDeclaration *define, Span at) {
    for (size_t i = 0; i < a->defines.values.len; i++) {
        DefineDeclaration *other = a->defines.values.items[i];
        other->broken = other->broken || other->in_progress;
    }
    Diag *diag = fault(a, DIAG_cyclic_define, define->span, "'%s' is defined by itself",
                       define->node->name.atom);
    diag_note(diag, at, "it is used here");
    return expr_error(a, at);
}

/* Defines are written out, so that each that uses another twice doubles what there is to do. */
bool written_out_too_long(Analysis *a) {
    if (a->too_long || a->levels == 0)
        return a->too_long;
    a->too_long = a->levels > MOST_DEFINES_DEEP || a->parts - a->parts_before > MOST_PARTS;
    if (!a->too_long)
        return false;
    Diag *diag = fault(a, DIAG_written_out_too_long, a->outermost,
                       "this comes to too much when the defines that it uses are written out");
    diag_help(diag, "take out what is repeated: a define that uses another twice is twice as long");
    return true;
}

static Expr *write_body(Place *place, DefineDeclaration *define, const Scope *scope, Span at) {
    Analysis *a = place->analysis;
    if (a->levels++ == 0) {
        a->parts_before = a->parts;
        a->outermost = at;
    }
    Expr *body =
        written_out_too_long(a) ? expr_error(a, at) : infer(place, define->node->body, scope);
    if (written_out_too_long(a)) /* what is deep comes to its parts on the way back only */
        body = expr_error(a, at);
    if (--a->levels == 0) {
        define->too_long = define->too_long || (a->checking_define && a->too_long);
        a->too_long = false;
    }
    return body;
}

/* What uses a define that is too long is too long as well, and needs no message of its own. */
static Expr *too_long_again(Analysis *a, Span at) {
    for (size_t i = 0; i < a->defines.values.len; i++) {
        DefineDeclaration *other = a->defines.values.items[i];
        other->too_long = other->too_long || (a->checking_define && other->in_progress);
    }
    return expr_error(a, at);
}

static Expr *write_out(Place *place, DefineDeclaration *define, const NodeList *arguments, Span at,
                       const Scope *scope) {
    Analysis *a = place->analysis;
    Inlined inlined = {define->node->name.atom, at};
    Place inside = *place;
    inside.aliases = NULL;
    inside.own = NULL;
    if (!inside.inlined && !a->checking_define)
        inside.inlined = &inlined;
    const Inlined *around = a->inlined;
    a->inlined = inside.inlined;
    size_t errors = diags_errors(a->diags);
    define->in_progress = true;
    Expr *body = write_body(&inside, define, bind_parameters(place, define, arguments, scope), at);
    define->in_progress = false;
    if (a->checking_define && !a->too_long && !define->too_long)
        define->broken = define->broken || diags_errors(a->diags) > errors;
    a->inlined = around;
    return body;
}

Expr *infer_define(Place *place, DefineDeclaration *define, const NodeList *arguments, Span at,
                   const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_Define *node = define->node;
    size_t given = arguments ? arguments->len : 0;
    if (define->too_long)
        return too_long_again(a, at);
    if (define->broken || !node->body || node->body->kind == NODE_BROKEN_CLAUSE)
        return expr_error(a, at);
    if (define->in_progress)
        return cycle(a, define, at);
    if (given != node->parameters.len) {
        Diag *diag = fault(a, DIAG_argument_count, at, "'%s' takes %zu argument%s, but has %zu",
                           node->name.atom, node->parameters.len,
                           node->parameters.len == 1 ? "" : "s", given);
        diag_note(diag, define->span, "'%s' is declared here", node->name.atom);
        return expr_error(a, at);
    }
    return write_out(place, define, arguments, at, scope);
}

/* ---- functions ---- */

static bool find_function(Atom name, FunctionId *function) {
    for (size_t i = 0; i < FUNCTIONS; i++) {
        const char *a = functions[i].name, *b = name;
        while (*a && *a == *b)
            a++, b++;
        if (*a == *b) {
            *function = (FunctionId)i;
            return true;
        }
    }
    return false;
}

static Expr *unknown_function(Place *place, const Node_Call *call) {
    Analysis *a = place->analysis;
    VEC(const char *) names = {0};
    for (size_t i = 0; i < FUNCTIONS; i++)
        vec_push(a->arena, &names, functions[i].name);
    for (size_t i = 0; i < a->defines.names.len; i++)
        vec_push(a->arena, &names, a->defines.names.items[i]);
    if (name_is_lost(a, call->name.atom, names.items, names.len) ||
        unknown_again(a, &a->defines, call->name))
        return expr_error(a, call->name.span);
    Diag *diag = fault(a, DIAG_unknown_function, call->name.span,
                       "there is no function or define '%s'", call->name.atom);
    unknown_said(a, &a->defines, call->name, diag);
    diag_suggest(diag, call->name.atom, names.items, names.len);
    return expr_error(a, call->name.span);
}

static bool count_is_right(Analysis *a, const Node *node, FunctionId function, size_t given) {
    static const struct {
        size_t least, most;
    } counts[] = {
        [FUNCTION_DAYS] = {2, 2},         [FUNCTION_MONTHS] = {2, 2}, [FUNCTION_YEARS] = {2, 2},
        [FUNCTION_WORKING_DAYS] = {2, 2}, [FUNCTION_AGE] = {1, 2},    [FUNCTION_YEAR] = {1, 1},
        [FUNCTION_MONTH] = {1, 1},        [FUNCTION_DAY] = {3, 3}};
    if (given >= counts[function].least && given <= counts[function].most)
        return true;
    Diag *diag = fault(a, DIAG_argument_count, node->span, "'%s' has %zu argument%s",
                       functions[function].name, given, given == 1 ? "" : "s");
    diag_help(diag, "write %s", functions[function].signature);
    return false;
}

static Expr *argument(Place *place, FunctionId function, const Node *node, const Scope *scope) {
    Analysis *a = place->analysis;
    TypeKind wanted = function == FUNCTION_DAY ? TYPE_INTEGER : TYPE_DATE;
    Expr *expr = infer(place, node, scope);
    if (expr->type.kind == wanted || expr->type.kind == TYPE_ERROR)
        return expr;
    Diag *diag =
        fault(a, DIAG_argument_type, expr->span, "'%s' needs %s here, but this is %s",
              functions[function].name, type_words(type_of(wanted)), type_words(expr->type));
    diag_help(diag, "write %s", functions[function].signature);
    if (expr->kind == EXPR_COLUMN)
        diag_note(diag, expr->as.column.column->span, "declared here");
    return expr_error(a, node->span);
}

static bool age_day(Place *place, Expr *call) {
    Analysis *a = place->analysis;
    if (!place->stock) {
        Diag *diag = fault(a, DIAG_age_without_day, call->span,
                           "the day of the age is missing: only in a stock is it the last day");
        diag_help(diag, "write age(born, on) with the date that decides");
        return false;
    }
    Expr *end = expr_new(a, EXPR_PERIOD_WORD, type_of(TYPE_DATE), call->span);
    end->as.period_word = PERIOD_WORD_END;
    call->as.call.arguments[1] = end;
    call->as.call.arguments_len = 2;
    return true;
}

const CalendarModel *calendar_needed(Analysis *a, Span at) {
    const CalendarModel *calendar = a->model->project.calendar;
    if (calendar)
        return calendar;
    if (a->calendar_lost || a->names_lost) {
        a->failed = true;
        return NULL;
    }
    Diag *diag =
        fault(a, DIAG_no_calendar, at, "working days need a calendar, and the project names none");
    diag_help(diag, a->calendars.names.len == 0
                        ? "write `use england` for the working days of England and Wales"
                        : "write `calendar NAME` in the project: more than one is declared");
    return NULL;
}

static Expr *infer_function(Place *place, const Node *node, FunctionId function,
                            const Scope *scope) {
    Analysis *a = place->analysis;
    const Node_Call *call = node_Call(node);
    if (!count_is_right(a, node, function, call->arguments.len))
        return expr_error(a, node->span);
    Expr *expr = expr_new(a, EXPR_FUNCTION, type_of(function_results[function]), node->span);
    if (function == FUNCTION_DAYS || function == FUNCTION_WORKING_DAYS)
        expr->type.unit = "days";
    expr->as.call.function = function;
    expr->as.call.arguments = arena_array(a->arena, 3, sizeof(Expr *));
    expr->as.call.arguments_len = call->arguments.len;
    bool ok = true;
    for (size_t i = 0; i < call->arguments.len; i++) {
        expr->as.call.arguments[i] = argument(place, function, call->arguments.items[i], scope);
        ok = ok && expr->as.call.arguments[i]->type.kind != TYPE_ERROR;
    }
    if (ok && function == FUNCTION_AGE && call->arguments.len == 1)
        ok = age_day(place, expr);
    if (function == FUNCTION_WORKING_DAYS) {
        expr->as.call.calendar = calendar_needed(a, expr->span);
        ok = ok && expr->as.call.calendar;
    }
    return ok ? expr : expr_error(a, node->span);
}

Expr *infer_call(Place *place, const Node *node, const Scope *scope) {
    const Node_Call *call = node_Call(node);
    DefineDeclaration *define = name_table_find(&place->analysis->defines, call->name.atom);
    if (define) {
        define->model->used = true;
        return infer_define(place, define, &call->arguments, node->span, scope);
    }
    FunctionId function;
    if (find_function(call->name.atom, &function))
        return infer_function(place, node, function, scope);
    return unknown_function(place, call);
}
