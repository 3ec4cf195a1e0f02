#include <string.h>

#include "tests/differential/pair.h"

#define ADD(text) strbuf_add(pair->out, text)
#define PICK(...)                                                                                  \
    dice_pick(&pair->dice, (const char *const[]){__VA_ARGS__},                                     \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

const char *pair_source_word(PairSource source) {
    static const char *const words[] = {"child", "event", "spell", "area"};
    return words[source];
}

const PairAlias *pair_name(Pair *pair, PairSource source) {
    PairAlias *alias = &pair->aliases[pair->aliases_len++];
    alias->source = source;
    alias->name[0] = "cesa"[source];
    alias->name[1] = (char)('a' + pair->named / 26 % 26);
    alias->name[2] = (char)('a' + pair->named++ % 26);
    alias->name[3] = 'x';
    alias->name[4] = '\0';
    return alias;
}

/* The newest more often than those around it. */
static const PairAlias *any_alias(Pair *pair) {
    if (dice_chance(&pair->dice, 70))
        return &pair->aliases[pair->aliases_len - 1];
    return &pair->aliases[dice_below(&pair->dice, pair->aliases_len)];
}

/* What stands before a column of a child that the row leads to: `ea.child.`; false if none. */
static bool write_child_path(Pair *pair, const PairAlias *alias) {
    if (alias->source == PAIR_AREA)
        return false;
    strbuf_addf(pair->out, alias->source == PAIR_CHILD ? "%s." : "%s.child.", alias->name);
    return true;
}

/* ---- dates and durations ---- */

static void write_duration(Pair *pair, bool working) {
    if (working && dice_chance(&pair->dice, 15))
        ADD(PICK("5 working days", "10 working days", "0 working days"));
    else
        ADD(PICK("6 weeks", "1 month", "3 months", "2 years", "2.5 years", "10 days", "1 quarter",
                 "12 months", "1 day", "0 days"));
}

static void write_date_column(Pair *pair) {
    const PairAlias *alias = any_alias(pair);
    if (alias->source == PAIR_EVENT && dice_chance(&pair->dice, 85))
        strbuf_addf(pair->out, "%s.%s", alias->name, PICK("on", "on", "done", "due"));
    else if (alias->source == PAIR_SPELL && dice_chance(&pair->dice, 85))
        strbuf_addf(pair->out, "%s.%s", alias->name, PICK("start", "end"));
    else if (write_child_path(pair, alias))
        ADD("born");
    else
        ADD("2015-06-30");
}

void pair_write_date(Pair *pair, int depth) {
    switch (dice_below(&pair->dice, depth > 0 ? 12 : 8)) {
    case 0:
        ADD("period end");
        break;
    case 1:
        ADD(PICK("period start", "2016-02-29", "2015-12-31", "taken date", "period end"));
        break;
    case 8:
        ADD("(");
        write_date_column(pair);
        ADD(PICK(" + ", " + ", " - "));
        write_duration(pair, true);
        ADD(")");
        break;
    case 9: {
        int before = pair->aliases_len;
        const PairAlias *alias = pair_name(pair, PAIR_SPELL);
        strbuf_addf(pair->out, "(%s %s.start of spell %s where ", PICK("max", "min known"),
                    alias->name, alias->name);
        pair_write_condition_on(pair, alias->name, depth - 1);
        ADD(")");
        pair->aliases_len = before;
        break;
    }
    case 10:
        strbuf_addf(pair->out, "day(%s, 2, %d)", PICK("2015", "2016", "2017"),
                    dice_between(&pair->dice, 26, 30));
        break;
    default:
        write_date_column(pair);
    }
}

/* ---- texts ---- */

void pair_write_text(Pair *pair) {
    const PairAlias *alias = any_alias(pair);
    if (alias->source == PAIR_EVENT && dice_chance(&pair->dice, 70))
        strbuf_addf(pair->out, "%s.kind %s", alias->name,
                    PICK("= \"A\"", "in few", "not in few", "in (\"A\", \"B\")", "!= \"B\"",
                         "not in (\"C\")", "< \"C\""));
    else if (alias->source == PAIR_SPELL && dice_chance(&pair->dice, 70))
        strbuf_addf(
            pair->out, "%s.place %s", alias->name,
            PICK("= \"home\"", "in (\"home\", \"away\")", "!= \"Home\"", "not in (\"away\")"));
    else if (write_child_path(pair, alias))
        ADD(PICK("sex = \"F\"", "sex in sex", "area.name = \"North\"", "sex is missing"));
    else
        strbuf_addf(pair->out, "%s.name %s", alias->name, PICK("= \"North\"", "!= \"South\""));
}

/* ---- numbers ---- */

static void write_integer_column(Pair *pair) {
    const PairAlias *alias = any_alias(pair);
    if (alias->source == PAIR_EVENT)
        strbuf_addf(pair->out, "%s.%s", alias->name, PICK("n", "n", "twice"));
    else if (alias->source == PAIR_SPELL)
        strbuf_addf(pair->out, "%s.n", alias->name);
    else if (alias->source == PAIR_AREA)
        strbuf_addf(pair->out, "%s.size", alias->name);
    else
        strbuf_addf(pair->out, "%s.area.size", alias->name);
}

static void write_call(Pair *pair, int depth) {
    static const char *const two[] = {"days", "months", "years", "working_days", "age", "days"};
    if (dice_chance(&pair->dice, 20)) {
        strbuf_addf(pair->out, "%s(", PICK("year", "month"));
        pair_write_date(pair, depth - 1);
        ADD(")");
        return;
    }
    strbuf_addf(pair->out, "%s(", DICE_PICK(&pair->dice, two));
    pair_write_date(pair, depth - 1);
    ADD(", ");
    pair_write_date(pair, depth - 1);
    ADD(")");
}

static void join(Pair *pair, const PairAlias *alias, const PairAlias *outer);

/* A nested set after `of`: SOURCE ALIAS TIMING where ... */
static void write_nested_rows(Pair *pair, PairSource source, int depth) {
    const PairAlias *outer = any_alias(pair);
    const PairAlias *alias = pair_name(pair, source);
    strbuf_addf(pair->out, "%s %s", pair_source_word(source), alias->name);
    if (dice_chance(&pair->dice, 55)) {
        ADD(" ");
        pair_write_timing(pair, true);
    }
    ADD(" where ");
    join(pair, alias, outer);
    if (dice_chance(&pair->dice, 45)) {
        ADD(" and (");
        pair_write_condition_on(pair, alias->name, depth - 1);
        ADD(")");
    }
}

static void write_nested_quantity(Pair *pair, int depth) {
    int before = pair->aliases_len;
    StrBuf *out = pair->out, rows = {0};
    PairSource source = dice_chance(&pair->dice, 60) ? PAIR_EVENT : PAIR_SPELL;
    pair->out = &rows;
    write_nested_rows(pair, source, depth);
    pair->out = out;
    const char *name = pair->aliases[before].name;
    static const char *const values[] = {"sum",           "sum known",      "max",
                                         "min known",     "mean",           "median",
                                         "percentile 90", "count distinct", "max known"};
    if (dice_chance(&pair->dice, 40))
        strbuf_addf(out, "(count of %s)", strbuf_text(&rows));
    else if (dice_chance(&pair->dice, 25))
        strbuf_addf(out, "(%s %s.n of %s by %s.%s)", PICK("first", "last", "last known"), name,
                    strbuf_text(&rows), name, source == PAIR_EVENT ? "on" : "start");
    else
        strbuf_addf(out, "(%s %s.n of %s)", DICE_PICK(&pair->dice, values), name,
                    strbuf_text(&rows));
    strbuf_fini(&rows);
    pair->aliases_len = before;
}

void pair_write_number(Pair *pair, PairNumber kind, int depth) {
    if (kind == PAIR_DAYS) {
        write_call(pair, depth);
        return;
    }
    if (kind != PAIR_INTEGER) {
        for (int i = pair->aliases_len - 1; i >= 0; i--)
            if (pair->aliases[i].source == PAIR_EVENT) {
                strbuf_addf(pair->out, "%s%s.%s", dice_chance(&pair->dice, 10) ? "-" : "",
                            pair->aliases[i].name, kind == PAIR_MILES ? "miles" : "cost");
                return;
            }
        ADD(kind == PAIR_MILES ? "3"
                               : "\xC2\xA3"
                                 "10");
        return;
    }
    switch (dice_below(&pair->dice, depth > 0 ? 10 : 4)) {
    case 4:
        ADD("(");
        write_integer_column(pair);
        ADD(PICK(" + ", " - ", " * ", " / "));
        pair_write_number(pair, PAIR_INTEGER, depth - 1);
        ADD(")");
        break;
    case 5:
    case 6:
        write_call(pair, depth);
        break;
    case 7:
    case 8:
        if (pair->aliases_len < PAIR_DEPTH - 2)
            write_nested_quantity(pair, depth);
        else
            write_integer_column(pair);
        break;
    case 9:
        ADD("-");
        write_integer_column(pair);
        break;
    default:
        write_integer_column(pair);
    }
}

/* ---- conditions ---- */

/* What ties a nested set to a row around it. */
static void join(Pair *pair, const PairAlias *alias, const PairAlias *outer) {
    if (alias->source == PAIR_AREA && outer->source != PAIR_AREA) {
        strbuf_addf(pair->out, outer->source == PAIR_CHILD ? "%s.area = %s" : "%s.child.area = %s",
                    outer->name, alias->name);
    } else if (alias->source == PAIR_CHILD && outer->source != PAIR_CHILD &&
               outer->source != PAIR_AREA) {
        strbuf_addf(pair->out, "%s.child = %s", outer->name, alias->name);
    } else if (outer->source == PAIR_AREA) {
        strbuf_addf(pair->out,
                    alias->source == PAIR_AREA    ? "%s.size = %s.size"
                    : alias->source == PAIR_CHILD ? "%s.area = %s"
                                                  : "%s.child.area = %s",
                    alias->name, outer->name);
    } else if (alias->source == PAIR_CHILD) {
        strbuf_addf(pair->out, "%s.area = %s.area", alias->name, outer->name);
    } else {
        strbuf_addf(pair->out,
                    outer->source == PAIR_CHILD ? "%s.child = %s" : "%s.child = %s.child",
                    alias->name, outer->name);
    }
}

static void write_exists(Pair *pair, int depth) {
    int before = pair->aliases_len;
    if (before >= PAIR_DEPTH - 2) {
        pair_write_text(pair);
        return;
    }
    const PairAlias *newest = &pair->aliases[before - 1];
    bool another = dice_chance(&pair->dice, 40) && newest->source != PAIR_AREA;
    strbuf_addf(pair->out, "(%s ", PICK("exists", "none"));
    if (another) {
        const PairAlias *alias = pair_name(pair, newest->source);
        strbuf_addf(pair->out, "another %s %s", pair_source_word(alias->source), alias->name);
        if (dice_chance(&pair->dice, 35) && alias->source != PAIR_CHILD) {
            ADD(" ");
            pair_write_timing(pair, true);
        }
        ADD(" where ");
        join(pair, alias, newest);
        ADD(" and (");
        pair_write_condition_on(pair, alias->name, depth - 1);
        ADD(")");
    } else {
        write_nested_rows(pair, (PairSource)dice_below(&pair->dice, PAIR_SOURCES), depth);
    }
    ADD(")");
    pair->aliases_len = before;
}

static void write_dates_compared(Pair *pair, int depth) {
    int way = dice_below(&pair->dice, 7);
    if (way == 6)
        ADD("elapsed ");
    pair_write_date(pair, depth - 1);
    if (way < 2) {
        ADD(PICK(" <= ", " < ", " >= ", " > ", " = ", " != "));
    } else if (way < 4) {
        ADD(" within ");
        write_duration(pair, false);
        ADD(PICK(" before ", " after "));
    } else if (way == 4) {
        ADD(" in ");
        write_duration(pair, false);
        ADD(" to ");
    } else if (way == 5) {
        ADD(" between 2014-06-30 and ");
    } else {
        ADD(" to ");
    }
    pair_write_date(pair, depth - 1);
    if (way == 6) {
        ADD(PICK(" >= ", " < ", " > ", " <= ", " >= "));
        write_duration(pair, false);
    }
}

static void write_numbers_compared(Pair *pair, int depth) {
    PairNumber kind = (PairNumber)dice_below(&pair->dice, 3);
    pair_write_number(pair, kind, depth);
    if (kind == PAIR_INTEGER && dice_chance(&pair->dice, 20)) {
        ADD(PICK(" between 1 and 4", " between -1 and 0", " in (1, 2, 3)", " not in (0, 5)"));
        return;
    }
    ADD(PICK(" >= ", " > ", " = ", " < ", " <= ", " != "));
    if (kind == PAIR_INTEGER)
        strbuf_addf(pair->out, "%d", dice_between(&pair->dice, 0, 3));
    else
        ADD(kind == PAIR_MILES ? PICK("20", "1.5", "0")
                               : PICK("\xC2\xA3"
                                      "10",
                                      "\xC2\xA3"
                                      "0.01"));
}

static void write_missing(Pair *pair) {
    switch (dice_below(&pair->dice, 3)) {
    case 0:
        write_date_column(pair);
        break;
    case 1:
        write_integer_column(pair);
        break;
    default: {
        const PairAlias *alias = any_alias(pair);
        if (alias->source == PAIR_AREA)
            strbuf_addf(pair->out, "%s.size", alias->name);
        else if (write_child_path(pair, alias))
            ADD(PICK("sex", "area", "disabled"));
    }
    }
    ADD(PICK(" is missing", " is not missing"));
}

static void write_yes_no(Pair *pair) {
    const PairAlias *alias = any_alias(pair);
    if (alias->source == PAIR_EVENT && dice_chance(&pair->dice, 70))
        strbuf_addf(pair->out, "%s.%s", alias->name, PICK("flag", "late"));
    else if (write_child_path(pair, alias))
        ADD("disabled");
    else
        strbuf_addf(pair->out, "%s.size > 2", alias->name);
}

static void write_logic(Pair *pair, int depth) {
    const char *word = PICK(" and ", " or ");
    int terms = dice_between(&pair->dice, 2, 3);
    for (int i = 0; i < terms; i++) {
        strbuf_addf(pair->out, "%s(", i > 0 ? word : "");
        pair_write_condition(pair, depth - 1);
        ADD(")");
    }
}

void pair_write_condition(Pair *pair, int depth) {
    int way = dice_below(&pair->dice, depth > 0 ? 16 : 8);
    if (way < 1)
        write_missing(pair);
    else if (way < 2)
        write_yes_no(pair);
    else if (way < 4)
        pair_write_text(pair);
    else if (way < 6)
        write_numbers_compared(pair, depth);
    else if (way < 8)
        write_dates_compared(pair, depth);
    else if (way < 12)
        write_exists(pair, depth);
    else if (way < 15)
        write_logic(pair, depth);
    else {
        ADD("not (");
        pair_write_condition(pair, depth - 1);
        ADD(")");
    }
}

void pair_write_condition_on(Pair *pair, const char *alias, int depth) {
    StrBuf *out = pair->out, condition = {0};
    for (int tries = 0; tries < 6 && !strstr(strbuf_text(&condition), alias); tries++) {
        strbuf_clear(&condition);
        pair->out = &condition;
        pair_write_condition(pair, depth);
    }
    pair->out = out;
    if (strstr(strbuf_text(&condition), alias))
        ADD(strbuf_text(&condition));
    else
        strbuf_addf(out,
                    alias[0] == 'e' || alias[0] == 's' ? "%s.n > 0"
                    : alias[0] == 'c'                  ? "%s.born is not missing"
                                                       : "%s.size > 0",
                    alias);
    strbuf_fini(&condition);
}

/* ---- timings ---- */

void pair_write_timing(Pair *pair, bool nested) {
    const PairAlias *alias = &pair->aliases[pair->aliases_len - 1];
    const char *name = alias->name;
    const char *first = alias->source == PAIR_SPELL ? "start" : "on";
    const char *last = alias->source == PAIR_SPELL ? "end" : "done";
    if (alias->source == PAIR_CHILD || alias->source == PAIR_AREA) {
        if (alias->source == PAIR_CHILD)
            strbuf_addf(pair->out,
                        !nested && pair->stock ? "held %s.born to (%s.born + 18 years)"
                                               : "dated %s.born",
                        name, name);
        return;
    }
    bool stock = nested ? dice_chance(&pair->dice, 40) : pair->stock;
    if (dice_chance(&pair->dice, 15))
        strbuf_addf(pair->out, "latest %s.%s", name, first);
    else if (stock)
        strbuf_addf(pair->out,
                    dice_chance(&pair->dice, 80) ? "held %s.%s to %s.%s"
                                                 : "held (%s.%s + 1 month) to %s.%s",
                    name, first, name, last);
    else if (dice_chance(&pair->dice, 30))
        strbuf_addf(pair->out, "active %s.%s to %s.%s", name, first, name, last);
    else
        strbuf_addf(pair->out,
                    dice_chance(&pair->dice, 80) ? "dated %s.%s" : "dated (%s.%s + 1 month)", name,
                    dice_chance(&pair->dice, 80) ? first : last);
}
