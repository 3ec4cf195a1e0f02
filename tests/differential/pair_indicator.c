#include <string.h>

#include "tests/differential/pair.h"

#define ADD(text) strbuf_add(pair->out, text)
#define PICK(...)                                                                                  \
    dice_pick(&pair->dice, (const char *const[]){__VA_ARGS__},                                     \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* ---- clauses that every shape has ---- */

static const char *choose_window(Pair *pair) {
    if (pair->stock)
        return PICK("snapshot every month", "snapshot every month", "snapshot every quarter",
                    "snapshot every year", "snapshot at taken date every month",
                    "snapshot every year to 31 August");
    return PICK("month every month", "rolling 12 months every month",
                "rolling 3 months every month", "quarter every quarter", "year to date every month",
                "financial year every year", "academic year every year", "calendar year every year",
                "rolling 6 months every quarter", "month every month behind 1 month",
                "rolling 30 months every month");
}

/* A period as a window of this `every` calls it. */
static const char *period_of(const char *window) {
    return strstr(window, "every month")     ? "2016-01"
           : strstr(window, "every quarter") ? "2015/16-Q4"
           : strstr(window, "calendar year") ? "2015"
                                             : "2015/16";
}

static void write_rest(Pair *pair, const char *basis) {
    bool whole = basis[0] == 'c';
    const char *window = choose_window(pair), *period = period_of(window);
    strbuf_addf(pair->out, "    basis       %s\n    window      %s\n    good        neutral\n",
                basis, window);
    if (!whole)
        strbuf_addf(pair->out, "    decimals    %d\n", dice_below(&pair->dice, 4));
    if (dice_chance(&pair->dice, 10))
        ADD("    compare     same period last year\n");
    if (dice_chance(&pair->dice, 8))
        strbuf_addf(pair->out, "    provisional %s\n", period);
    if (dice_chance(&pair->dice, 8))
        ADD("    break       2015-12-15 \"new\"\n");
    if (dice_chance(&pair->dice, 6))
        strbuf_addf(pair->out, "    reported    %s %s \"as printed\"\n", period,
                    basis[0] == 'p' && basis[3] == 'c' ? "7%"
                    : basis[0] == '\xC2'               ? "\xC2\xA3"
                                                         "7"
                                                       : "7");
    ADD("\n");
}

static void write_rows(Pair *pair, PairSource source) {
    const PairAlias *alias = pair_name(pair, source);
    strbuf_addf(pair->out, "%s %s", pair_source_word(source), alias->name);
    bool timed = source != PAIR_AREA && !dice_chance(&pair->dice, source == PAIR_CHILD ? 60 : 6);
    if (timed) {
        ADD(" ");
        pair_write_timing(pair, false);
    }
    if (!timed || dice_chance(&pair->dice, 45)) {
        ADD(" where ");
        if (!timed)
            ADD("period end > 2000-01-31 and (");
        pair_write_condition(pair, 2);
        if (!timed)
            ADD(")");
    }
}

static void write_key(Pair *pair, const PairAlias *alias) {
    static const char *const of_event[] = {"kind", "child.area.name", "flag", "child.sex",
                                           "n",    "child.area.size", "on"};
    static const char *const of_spell[] = {"place", "child.area.name", "child.disabled", "n"};
    static const char *const of_child[] = {"area.name", "sex", "disabled", "area.code"};
    static const char *const of_area[] = {"name", "size"};
    const char *key = alias->source == PAIR_EVENT   ? DICE_PICK(&pair->dice, of_event)
                      : alias->source == PAIR_SPELL ? DICE_PICK(&pair->dice, of_spell)
                      : alias->source == PAIR_CHILD ? DICE_PICK(&pair->dice, of_child)
                                                    : DICE_PICK(&pair->dice, of_area);
    strbuf_addf(pair->out, "%s.%s", alias->name, key);
}

/* `by`, `exclude` and `of which` of one row set. */
static void write_parts(Pair *pair, const PairAlias *alias, bool share) {
    int breakdowns = dice_below(&pair->dice, 5) - 1;
    for (int i = 0; i < breakdowns && i < 2; i++) {
        ADD("    by          ");
        write_key(pair, alias);
        strbuf_addf(pair->out, " as \"%s\"", i > 0 ? "Second" : "First");
        if (dice_chance(&pair->dice, 45))
            ADD(" total \"Both\"");
        ADD(share && dice_chance(&pair->dice, 40) ? " with share\n" : "\n");
    }
    int excludes = dice_chance(&pair->dice, 25) ? dice_between(&pair->dice, 1, 2) : 0;
    for (int i = 0; i < excludes; i++) {
        strbuf_addf(pair->out, "    exclude     out%d \"out\" where (", i);
        pair_write_condition_on(pair, alias->name, 1);
        ADD(")\n");
    }
    if (dice_chance(&pair->dice, 20)) {
        ADD("    of which    part \"part\" where (");
        pair_write_condition_on(pair, alias->name, 1);
        ADD(")\n");
    }
}

/* ---- shapes ---- */

static PairSource choose_source(Pair *pair) {
    return (PairSource)(dice_chance(&pair->dice, 5) ? PAIR_AREA : dice_below(&pair->dice, 3));
}

static void write_head(Pair *pair, int number) {
    pair->stock = dice_chance(&pair->dice, 45);
    pair->aliases_len = 0;
    strbuf_addf(pair->out, "indicator i%d \"Indicator %d\"\n", number, number);
}

static void write_only_where(Pair *pair) {
    ADD("    benchmark   \"SN\" 2015/16: 42.2% only where ");
    pair_write_condition_on(pair, pair->aliases[0].name, 1);
    ADD("\n");
}

static void write_proportion(Pair *pair) {
    ADD("    denominator ");
    write_rows(pair, choose_source(pair));
    ADD("\n    numerator   those where ");
    pair_write_condition_on(pair, pair->aliases[0].name, 2);
    ADD("\n");
    write_parts(pair, &pair->aliases[0], true);
    bool percent = dice_chance(&pair->dice, 80);
    if (percent && dice_chance(&pair->dice, 15))
        write_only_where(pair);
    write_rest(pair, percent ? "percent" : "per 1,000 \"rows\"");
}

/* `sum X of ROWS` for the newest rows: writes the quantity and gives its basis. */
static const char *write_quantity(Pair *pair) {
    StrBuf *out = pair->out, rows = {0};
    int before = pair->aliases_len;
    PairSource source = dice_chance(&pair->dice, 70) ? PAIR_EVENT : choose_source(pair);
    pair->out = &rows;
    write_rows(pair, source);
    pair->out = out;
    const char *name = pair->aliases[before].name;
    const char *basis = "number \"units\"";
    int way = dice_below(&pair->dice, 10);
    if (way < 3 || source == PAIR_AREA) {
        strbuf_addf(out, "count of %s", strbuf_text(&rows));
        basis = "count";
    } else if (way == 3) {
        strbuf_addf(out, "count distinct %s.%s of %s", name,
                    source == PAIR_CHILD ? "sex" : PICK("child", "child.area"), strbuf_text(&rows));
        basis = "count";
    } else if (way == 4 && source != PAIR_CHILD) {
        strbuf_addf(out, "%s %s.n of %s by %s.%s", PICK("first", "last", "last known"), name,
                    strbuf_text(&rows), name, source == PAIR_EVENT ? "on" : "start");
    } else {
        PairNumber kind = source == PAIR_EVENT           ? (PairNumber)dice_below(&pair->dice, 4)
                          : dice_chance(&pair->dice, 50) ? PAIR_INTEGER
                                                         : PAIR_DAYS;
        strbuf_addf(out, "%s ",
                    PICK("sum", "mean", "median", "percentile 90", "percentile 12.5", "min", "max",
                         "sum known", "mean known", "max known", "median known", "min known"));
        pair_write_number(pair, kind, 1);
        strbuf_addf(out, " of %s", strbuf_text(&rows));
        basis = kind == PAIR_MONEY   ? "\xC2\xA3"
                : kind == PAIR_DAYS  ? "days"
                : kind == PAIR_MILES ? "number \"miles\""
                                     : basis;
    }
    strbuf_fini(&rows);
    return basis;
}

static void write_value(Pair *pair) {
    ADD("    value       ");
    StrBuf *out = pair->out, quantity = {0};
    pair->out = &quantity;
    const char *basis = write_quantity(pair);
    pair->out = out;
    if (basis[0] == 'c' && dice_chance(&pair->dice, 25)) {
        static const char *const around[] = {"-(%", "2 * (%", "10 - (%", "-2 + (%"};
        const char *before = DICE_PICK(&pair->dice, around);
        strbuf_add_len(out, before, strcspn(before, "%"));
        strbuf_addf(out, "%s)", strbuf_text(&quantity));
        basis = "number \"units\"";
    } else {
        ADD(strbuf_text(&quantity));
    }
    strbuf_fini(&quantity);
    ADD("\n");
    write_parts(pair, &pair->aliases[0], basis[0] == 'c');
    write_rest(pair, basis);
}

static void write_ratio(Pair *pair) {
    ADD("    numerator   count of ");
    write_rows(pair, PAIR_EVENT);
    ADD("\n    denominator ");
    int before = pair->aliases_len;
    const char *numerator = pair->aliases[0].name;
    if (dice_chance(&pair->dice, 35)) {
        const PairAlias *alias = pair_name(pair, PAIR_SPELL);
        strbuf_addf(pair->out, "sum %s.n of spell %s latest %s.start\n", alias->name, alias->name,
                    alias->name);
        if (dice_chance(&pair->dice, 50))
            strbuf_addf(pair->out,
                        "    by          %s.child.area.name, %s.child.area.name as \"Area\"%s\n",
                        numerator, pair->aliases[before].name, PICK("", " total \"All\""));
    } else {
        strbuf_addf(pair->out, "%s %s.n of %s\n", PICK("sum", "sum known"), numerator, numerator);
        pair->aliases_len = 1;
        write_parts(pair, &pair->aliases[0], true);
    }
    bool one_source = pair->aliases_len == before;
    write_rest(pair, PICK("per 10,000 \"rows\"", "number \"each\"",
                          one_source ? "percent" : "per 1,000 \"rows\""));
}

static void write_bands(Pair *pair) {
    ADD("    distribution ");
    write_rows(pair, dice_chance(&pair->dice, 60) ? PAIR_EVENT : PAIR_SPELL);
    const char *name = pair->aliases[0].name;
    bool event = pair->aliases[0].source == PAIR_EVENT;
    switch (dice_below(&pair->dice, 4)) {
    case 0:
        strbuf_addf(pair->out, "\n    bands       elapsed %s.%s to period end\n", name,
                    event ? "on" : "start");
        ADD("                \"short\"   under 6 weeks\n                \"some\"    under 1 year\n"
            "                \"long\"    1 year or more\n");
        break;
    case 1:
        strbuf_addf(pair->out, "\n    bands       %s.%s\n", name, event ? "kind" : "place");
        ADD(event ? "                \"One\"     \"B\"\n                \"Few\"     in few\n"
                  : "                \"At home\" in (\"home\", \"Home\")\n");
        if (dice_chance(&pair->dice, 50))
            ADD("                \"None\"    missing\n");
        if (dice_chance(&pair->dice, 50))
            ADD("                \"Rest\"    other\n");
        break;
    case 2:
        strbuf_addf(pair->out, "\n    bands       working_days(%s.%s, %s.%s)\n", name,
                    event ? "on" : "start", name, event ? "done" : "end");
        ADD("                \"0\"       0\n                \"1-20\"    1 to 20\n"
            "                \"21+\"     21 or more\n");
        break;
    default:
        strbuf_addf(pair->out, "\n    bands       %s.n\n", name);
        ADD("                \"0\"       0\n                \"1-2\"     1 to 2\n");
        if (dice_chance(&pair->dice, 70))
            ADD("                \"3+\"      3 or more\n");
    }
    write_parts(pair, &pair->aliases[0], true);
    write_rest(pair, "percent");
}

static void write_published(Pair *pair, int number) {
    pair->stock = false;
    if (dice_chance(&pair->dice, 50)) {
        ADD("    numerator   sum k.n of counts k dated k.on\n    denominator sum k.of of k\n");
        ADD("    by          k.la as \"Authority\"\n    basis       percent\n    window      "
            "financial "
            "year every year\n    good        low\n    decimals    1\n");
        if (dice_chance(&pair->dice, 70))
            ADD("\n");
        strbuf_addf(pair->out,
                    "indicator n%d \"Near\"\n    denominator event z dated z.on\n    numerator   "
                    "those where z.flag\n    basis       percent\n    window      rolling 12 "
                    "months every month\n    good        low\n    benchmark   \"SN\" "
                    "2015-03-31: from i%d across near%s\n    decimals    1\n\n",
                    number, number, PICK("", " pooled", " at least 2 members"));
        return;
    }
    pair->stock = dice_chance(&pair->dice, 50);
    strbuf_addf(pair->out, "    value       sum %sk.%s of counts k %s k.on\n", PICK("", "known "),
                pair->stock ? "stock" : "n", pair->stock ? "latest" : "dated");
    if (dice_chance(&pair->dice, 50))
        ADD("    by          k.la as \"Authority\" total \"All\"\n");
    strbuf_addf(pair->out, "    basis       count\n    window      %s\n    good        neutral\n\n",
                pair->stock ? "snapshot every year"
                            : PICK("financial year every year", "month every month"));
}

static const char *choose_sum(Pair *pair) {
    return PICK("p%da - p%db", "p%da + p%db", "(p%da + p%db) / 2", "-p%da - p%db",
                "p%da * 2 - p%db");
}

/* Two figures of one window, and what they make: proportions only a difference. */
static void write_derived(Pair *pair, int number) {
    bool proportion = dice_chance(&pair->dice, 50), grouped = dice_chance(&pair->dice, 50);
    const char *window = PICK("month every month", "rolling 12 months every month");
    for (int i = 0; i < 2; i++) {
        pair->aliases_len = 0;
        pair->stock = false;
        const char *name = pair_name(pair, PAIR_EVENT)->name;
        strbuf_addf(pair->out, "indicator p%d%c \"Part\"\n    %s event %s dated %s.on%s", number,
                    'a' + i, proportion ? "denominator" : "value       count of", name, name,
                    proportion ? "\n    numerator   those where " : " where ");
        pair_write_condition_on(pair, name, 1);
        ADD("\n");
        if (grouped)
            strbuf_addf(pair->out, "    by          %s.child.area.name as \"Area\"\n", name);
        strbuf_addf(pair->out, "    basis       %s\n    window      %s\n    good        low\n%s\n",
                    proportion ? "percent" : "count", window,
                    proportion ? "    decimals    1\n" : "");
    }
    const char *sum = proportion ? "p%da - p%db" : choose_sum(pair);
    strbuf_addf(pair->out, "indicator i%d \"Gap\"\n    value       ", number);
    for (const char *at = sum; *at; at++)
        if (at[0] == '%')
            strbuf_addf(pair->out, "%d", number), at++;
        else
            strbuf_add_char(pair->out, *at);
    strbuf_addf(
        pair->out,
        "\n    basis       %s\n    window      %s\n    good        low\n    decimals    2\n\n",
        proportion ? "points" : "number \"units\"", window);
}

static void write_indicator(Pair *pair, int number) {
    int way = dice_below(&pair->dice, 20);
    if (way >= 18) {
        write_derived(pair, number);
        return;
    }
    write_head(pair, number);
    if (way < 6)
        write_proportion(pair);
    else if (way < 11)
        write_value(pair);
    else if (way < 13)
        write_ratio(pair);
    else if (way < 16)
        write_bands(pair);
    else
        write_published(pair, number);
}

void pair_write_indicators(Pair *pair) {
    int count = dice_between(&pair->dice, 2, 3);
    for (int i = 0; i < count; i++)
        write_indicator(pair, i);
}

/* ---- the whole ---- */

/* The months that are evaluated; now and then so many that they fill the words of a mask. */
static void write_months(Pair *pair) {
    static const int most[] = {1, 1, 2, 3, 6, 12, 12, 13};
    static const int many[] = {63, 64, 65, 128, 200};
    int months = dice_chance(&pair->dice, 8) ? many[dice_below(&pair->dice, 5)]
                                             : most[dice_below(&pair->dice, 8)];
    /* March ends a quarter and a year. */
    int last = 2016 * 12 + (dice_chance(&pair->dice, 50) ? 2 : dice_below(&pair->dice, 14));
    int first = last - months + 1;
    strbuf_addf(pair->out, "# from %d-%02d to %d-%02d\n", first / 12, first % 12 + 1, last / 12,
                last % 12 + 1);
}

void pair_write(uint64_t seed, StrBuf *out) {
    Pair pair = {.dice = {seed}, .out = out};
    write_months(&pair);
    pair_write_data(&pair);
    strbuf_add(out, "\n");
    pair_write_indicators(&pair);
}
