/* Conditions and values to nodes. NULL goes up to where the reference evaluator can be asked: the
 * smallest condition around what has no kernel.
 */
#include "engine/native/native.h"

/* ---- aliases ---- */

bool env_add(Env *env, const RowVar *var, const Rowset *rows, Node *node) {
    if (env->aliases_len == MOST_ALIASES)
        return false;
    env->aliases[env->aliases_len++] = (Alias){var, rows, node};
    return true;
}

/* The last that was bound, as in a frame. */
const Alias *env_alias(const Env *env, const RowVar *var) {
    for (size_t i = env->aliases_len; i-- > 0;)
        if (env->aliases[i].var->id == var->id)
            return &env->aliases[i];
    return NULL;
}

Node *env_find(const Env *env, const RowVar *var) {
    const Alias *alias = env_alias(env, var);
    return alias ? alias->node : NULL;
}

/* ---- values ---- */

static void set_traits(Node *like) {
    like->row_free = true;
    for (size_t i = 0; i < 4 && like->terms[i]; i++) {
        like->periodic = like->periodic || like->terms[i]->periodic;
        like->row_free = like->row_free && like->terms[i]->row_free;
    }
}

static Node *compile_constant(const Env *env, Value value) {
    Node like = {.kind = NODE_CONSTANT, .row_free = true};
    like.as.constant = value;
    if (value.kind == VALUE_DATE)
        like.low = like.high = value.as.date;
    return node_intern(env->scope, &like);
}

Node *node_period_word(const Env *env, PeriodWord word) {
    Node like = {.kind = NODE_PERIOD_WORD, .periodic = true, .row_free = true};
    like.as.period.word = word;
    like.as.period.starts = word == PERIOD_WORD_START ? env->starts : NULL;
    like.low = DATE_MIN;
    like.high = DATE_MAX;
    return node_intern(env->scope, &like);
}

/* The project's; NULL if there is none. */
static const Calendar *shift_calendar(const Node *date) {
    Data *data = date->scope->program->shared->data;
    const CalendarModel *model = data->model->project.calendar;
    return model ? data_calendar(data, model) : NULL;
}

Node *node_shift(Node *date, DurationKind kind, int64_t amount) {
    Node like = {.kind = NODE_SHIFT, .terms = {date}, .low = DATE_MIN, .high = DATE_MAX};
    like.as.shift.kind = kind;
    like.as.shift.amount = amount;
    set_traits(&like);
    if (kind == SPAN_WORKING_DAYS) {
        /* A day outside the calendar is an error of its own, which no table by the day holds. */
        like.as.shift.calendar = shift_calendar(date);
        if (!like.as.shift.calendar || date->periodic || date->row_free)
            return NULL;
    } else {
        like.day = date->day;
        like.direction = date->direction;
    }
    return node_intern(date->scope, &like);
}

Node *node_plain(Node *date) {
    Node like = {.kind = NODE_PLAIN, .terms = {date}, .low = date->low, .high = date->high};
    set_traits(&like);
    like.day = date->day;
    like.direction = date->direction;
    return node_intern(date->scope, &like);
}

static Node *compile_shift(Program *program, const Env *env, const Expr *date, const Expr *duration,
                           bool back) {
    Node *from = compile_value(program, env, date);
    int64_t amount = duration->as.duration.amount;
    return from ? node_shift(from, duration->as.duration.kind, back ? -amount : amount) : NULL;
}

/* ---- functions ---- */

/* Which way the value moves with its only date; 0: in no one way. */
static int direction_of(FunctionId function, size_t argument) {
    switch (function) {
    case FUNCTION_DAYS:
    case FUNCTION_MONTHS:
    case FUNCTION_YEARS:
    case FUNCTION_AGE:
        return argument == 0 ? -1 : 1;
    case FUNCTION_YEAR:
        return 1;
    case FUNCTION_MONTH:
    case FUNCTION_DAY:
    case FUNCTION_WORKING_DAYS:
    case FUNCTIONS:
        return 0;
    }
    return 0;
}

/* One date that decides alone: the others are of no row. */
static void find_day(Node *like) {
    size_t with_rows = 0, at = 0;
    for (size_t i = 0; i < 3 && like->terms[i]; i++)
        if (!like->terms[i]->row_free) {
            with_rows++;
            at = i;
        }
    if (with_rows != 1 || !like->terms[at]->day)
        return;
    int direction = direction_of(like->as.call.function, at);
    if (direction == 0)
        return;
    like->day = like->terms[at]->day;
    like->direction = direction * like->terms[at]->direction;
}

/* Working days up to and with each day of the calendar. */
static const int32_t *running_count(Program *program, const Calendar *calendar) {
    Shared *shared = program->shared;
    for (size_t i = 0; i < shared->worked.len; i++)
        if (shared->worked.items[i].calendar == calendar)
            return shared->worked.items[i].days;
    size_t len = (size_t)(calendar->to - calendar->from) + 1;
    int32_t *days = arena_array(shared->arena, len, sizeof *days), count = 0;
    for (size_t i = 0; i < len; i++) {
        count += calendar_is_working_day(calendar, calendar->from + (Date)i);
        days[i] = count;
    }
    Worked worked = {calendar, days};
    vec_push(shared->arena, &shared->worked, worked);
    return days;
}

static bool set_calendar(Program *program, const Expr *expr, Node *like) {
    const CalendarModel *model = program->shared->data->model->project.calendar;
    if (!model)
        model = expr->as.call.calendar;
    if (!model)
        return false;
    like->as.call.calendar = data_calendar(program->shared->data, model);
    if (!like->as.call.calendar)
        return false;
    like->as.call.worked = running_count(program, like->as.call.calendar);
    return true;
}

/* A row whose own date precedes the birth is told of, by the reference engine: it is watched for
 * where all rows are looked at. False: it cannot be. */
static bool watch_birth(Program *program, const Env *env, const Expr *born, Node *born_node) {
    const RowVar *origin = expr_origin(born);
    const Alias *alias = origin ? env_alias(env, origin) : NULL;
    if (!alias || !alias->rows || !alias->rows->start)
        return true;
    Node *own = compile_value(program, env, alias->rows->start);
    if (!own || own->periodic || born_node->periodic || env->scope->slots_len != 1)
        return false;
    BirthWatch watch = {own, born_node};
    vec_push(program->arena, &program->watches, watch);
    return true;
}

bool births_are_sound(const BirthWatch *watches, size_t len) {
    for (size_t w = 0; w < len; w++) {
        const Vector *own = node_value(watches[w].own), *born = node_value(watches[w].born);
        for (size_t i = 0; i < watches[w].own->scope->len; i++)
            if ((!own->state || own->state[i] == STATE_KNOWN) &&
                (!born->state || born->state[i] == STATE_KNOWN) && own->dates[i] < born->dates[i])
                return false;
    }
    return true;
}

static Node *compile_call(Program *program, const Env *env, const Expr *expr) {
    Node like = {.kind = NODE_FUNCTION, .low = DATE_MIN, .high = DATE_MAX};
    FunctionId function = expr->as.call.function;
    like.as.call.function = function;
    for (size_t i = 0; i < expr->as.call.arguments_len && i < 3; i++)
        if (!(like.terms[i] = compile_value(program, env, expr->as.call.arguments[i])))
            return NULL;
    if (function == FUNCTION_AGE && expr->as.call.arguments_len == 1)
        like.terms[1] = node_period_word(env, PERIOD_WORD_END);
    if (function == FUNCTION_WORKING_DAYS && !set_calendar(program, expr, &like))
        return NULL;
    if (function == FUNCTION_AGE &&
        !watch_birth(program, env, expr->as.call.arguments[0], like.terms[0]))
        program->refuses = true;
    set_traits(&like);
    find_day(&like);
    Node *node = node_intern(env->scope, &like);
    node->value.kind = function == FUNCTION_DAY ? VECTOR_DATE : VECTOR_NUMBER;
    return node;
}

/* ---- arithmetic ---- */

static Node *compile_arithmetic(Program *program, const Env *env, const Expr *expr) {
    Node like = {.kind = NODE_ARITHMETIC};
    bool negate = expr->kind == EXPR_NEGATE;
    if (negate)
        like.kind = NODE_NEGATE;
    else
        like.as.op = expr->as.arithmetic.op;
    like.terms[0] =
        compile_value(program, env, negate ? expr->as.operand : expr->as.arithmetic.left);
    if (!negate)
        like.terms[1] = compile_value(program, env, expr->as.arithmetic.right);
    if (!like.terms[0] || (!negate && !like.terms[1]))
        return NULL;
    set_traits(&like);
    Node *node = node_intern(env->scope, &like);
    node->value.kind = VECTOR_EXACT;
    return node;
}

/* ---- rows as values ---- */

/* A row as a value is its key; without one, its number. */
static Node *compile_alias(Program *program, const Env *env, const RowVar *var) {
    Node *rows = env_find(env, var);
    if (!rows || var->source->key_len != 1)
        return NULL;
    return compile_column(program, env->scope, rows, var->source->key[0]);
}

static Node *compile_member(Program *program, const Env *env, const Expr *expr) {
    Node *rows = compile_rows(program, env, expr->as.column.row);
    return rows ? compile_column(program, env->scope, rows, expr->as.column.column) : NULL;
}

/* dispatch */
Node *compile_value(Program *program, const Env *env, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_CONSTANT:
        return expr->as.constant.kind == VALUE_MISSING ? NULL
                                                       : compile_constant(env, expr->as.constant);
    case EXPR_ROW:
        return compile_alias(program, env, expr->as.row);
    case EXPR_COLUMN:
        return compile_member(program, env, expr);
    case EXPR_PERIOD_WORD:
        return node_period_word(env, expr->as.period_word);
    case EXPR_NEGATE:
    case EXPR_ARITHMETIC:
        return compile_arithmetic(program, env, expr);
    case EXPR_DATE_SHIFT:
        return compile_shift(program, env, expr->as.shift.date, expr->as.shift.duration,
                             expr->as.shift.back);
    case EXPR_FUNCTION:
        return compile_call(program, env, expr);
    case EXPR_QUANTITY:
        return compile_quantity(program, env, expr->as.quantity);
    case EXPR_DURATION:
    case EXPR_INDICATOR:
    case EXPR_COMPARISON:
    case EXPR_ELAPSED:
    case EXPR_BETWEEN:
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
    case EXPR_IN:
    case EXPR_IS_MISSING:
    case EXPR_EXISTS:
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
        return NULL; /* truths as values */
    }
    return NULL;
}
