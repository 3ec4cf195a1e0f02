#include "tests/differential/pair.h"

#define ADD(text) strbuf_add(pair->out, text)

static void write_date(Pair *pair) {
    static const char *const edges[] = {"2016-02-29", "2012-02-29", "2015-02-28", "2016-02-28",
                                        "2016-01-31", "2016-03-31", "2015-12-31", "2016-04-01",
                                        "2016-03-01", "2015-01-31", "2014-08-31", "2016-06-30",
                                        "2017-01-31", "2013-12-31", "1998-02-28", "2024-02-29"};
    if (dice_chance(&pair->dice, 1)) /* a shift leaves the range of dates */
        ADD(dice_chance(&pair->dice, 50) ? "9999-12-31" : "0001-01-01");
    else if (dice_chance(&pair->dice, 40))
        ADD(DICE_PICK(&pair->dice, edges));
    else if (dice_chance(&pair->dice, 60))
        strbuf_addf(pair->out, "%d-%02d-%02d", dice_between(&pair->dice, 2015, 2016),
                    dice_between(&pair->dice, 1, 12), dice_between(&pair->dice, 1, 28));
    else
        strbuf_addf(pair->out, "%d-%02d-%02d", dice_between(&pair->dice, 2012, 2018),
                    dice_between(&pair->dice, 1, 12), dice_between(&pair->dice, 1, 28));
}

/* `-` in so many of a hundred: true, and written. */
static bool missing(Pair *pair, int percent) {
    if (!dice_chance(&pair->dice, percent))
        return false;
    ADD("  -");
    return true;
}

static void cell_date(Pair *pair, int percent) {
    if (missing(pair, percent))
        return;
    ADD("  ");
    write_date(pair);
}

static void cell_pick(Pair *pair, int percent, const char *const *items, size_t len) {
    if (!missing(pair, percent))
        strbuf_addf(pair->out, "  %s", dice_pick(&pair->dice, items, len));
}
#define CELL_PICK(pair, percent, items)                                                            \
    cell_pick((pair), (percent), (items), sizeof(items) / sizeof *(items))

static void cell_number(Pair *pair, int percent, int low, int high) {
    if (!missing(pair, percent))
        strbuf_addf(pair->out, "  %d", dice_between(&pair->dice, low, high));
}

/* A link, now and then to no row. */
static void cell_link(Pair *pair, int percent, int rows) {
    cell_number(pair, percent, 0, dice_chance(&pair->dice, 5) || rows == 0 ? rows + 1 : rows - 1);
}

/* A key: the place of the row, sometimes that of another one. */
static void row_start(Pair *pair, int row) {
    int key = dice_chance(&pair->dice, 3) ? dice_below(&pair->dice, row + 1) : row;
    strbuf_addf(pair->out, "                %d", key);
}

static int row_count(Pair *pair, int most) {
    return dice_chance(&pair->dice, 5) ? 0 : dice_between(&pair->dice, 1, most);
}

static const char *const yes_no[] = {"yes", "no"};

static void write_areas(Pair *pair) {
    strbuf_addf(pair->out,
                "source area \"Areas\"\n    key         code\n    column      code       %s\n",
                dice_chance(&pair->dice, 50) ? "integer" : "text");
    ADD("    column      size       integer optional\n    column      name       text\n"
        "    rows        code  size  name\n");
    static const char *const names[] = {"North", "South", "\"\xC3\x89st\"", "west"};
    pair->areas = row_count(pair, 3);
    for (int i = 0; i < pair->areas; i++) {
        row_start(pair, i);
        cell_number(pair, 15, 0, 5);
        CELL_PICK(pair, 0, names);
        ADD("\n");
    }
}

static void write_children(Pair *pair) {
    ADD("\nsource child \"Children\"\n    key         id\n    column      id         integer\n"
        "    column      born       date optional\n    column      area       link to area\n"
        "    column      sex        text in sex optional\n    column      disabled   yes_no "
        "optional\n    rows        id  born  area  sex  disabled\n");
    static const char *const sexes[] = {"F", "M", "F", "M", "Q"};
    pair->children = row_count(pair, 7);
    for (int i = 0; i < pair->children; i++) {
        row_start(pair, i);
        cell_date(pair, 12);
        cell_link(pair, 8, pair->areas);
        CELL_PICK(pair, 15, sexes);
        CELL_PICK(pair, 15, yes_no);
        ADD("\n");
    }
}

static void write_events(Pair *pair) {
    ADD("\nsource event \"Events\"\n    symbols     c confidential, u low_reliability, low low\n");
    if (dice_chance(&pair->dice, 85))
        ADD(dice_chance(&pair->dice, 85) ? "    key         id\n" : "    key         id, kind\n");
    if (dice_chance(&pair->dice, 15))
        ADD("    covers      2014-06-15 to 2016-11-30\n");
    ADD("    column      id         integer\n    column      child      link to child\n"
        "    column      on         date optional\n    column      done       date open\n"
        "    column      n          integer optional\n    column      miles      decimal \"miles\" "
        "optional\n    column      cost       money optional\n    column      kind       text in "
        "kind\n    column      flag       yes_no\n    column      due        date = on + 3 weeks\n"
        "    column      twice      integer = n * 2 - 1\n    column      late       yes_no = done "
        "> "
        "due\n    rows        id  child  on  done  n  miles  cost  kind  flag\n");
    static const char *const kinds[] = {"A", "B", "C", "A", "B", "Z"};
    static const char *const miles[] = {"0", "1.5", "20", "20.0", "20.1", "0.3", "-1.25", "7"};
    static const char *const costs[] = {"0.01", "10", "99.99", "-3.50", "1250.00"};
    /* The largest number: with another one it is too large. */
    static const char *const marks[] = {
        "c", "u", "low", "-", "0", "1", "3", "-2", "9223372036854775807"};
    int rows = row_count(pair, 16);
    for (int i = 0; i < rows; i++) {
        row_start(pair, i);
        cell_link(pair, 8, pair->children);
        cell_date(pair, 10);
        cell_date(pair, 25);
        if (dice_chance(&pair->dice, 20))
            CELL_PICK(pair, 0, marks);
        else
            cell_number(pair, 10, 0, 6);
        CELL_PICK(pair, 15, miles);
        CELL_PICK(pair, 15, costs);
        CELL_PICK(pair, 5, kinds);
        CELL_PICK(pair, 8, yes_no);
        ADD("\n");
    }
}

static void write_spells(Pair *pair) {
    ADD("\nsource spell \"Spells\"\n");
    if (dice_chance(&pair->dice, 70))
        ADD("    key         id\n");
    ADD("    column      id         integer\n    column      child      link to child\n"
        "    column      start      date optional\n    column      end        date open\n"
        "    column      n          integer\n    column      place      text optional\n"
        "    rows        id  child  start  end  n  place\n");
    static const char *const places[] = {"home", "away", "Home", "\"\xC3\xA9\""};
    int rows = row_count(pair, 16);
    for (int i = 0; i < rows; i++) {
        row_start(pair, i);
        cell_link(pair, 6, pair->children);
        cell_date(pair, 8);
        cell_date(pair, 40);
        cell_number(pair, 3, 0, 4);
        CELL_PICK(pair, 15, places);
        ADD("\n");
    }
}

static void write_published(Pair *pair) {
    ADD("\nsource counts \"Published counts\"\n    published   flow\n    symbols     c "
        "confidential, x "
        "unavailable, z not_applicable\n    column      year       integer\n    column      la     "
        "  "
        "  text\n    column      n          integer optional\n    column      of         integer\n"
        "    column      stock      integer optional stock\n    column      on         date = "
        "day(year, 3, 31)\n    rows        year  la  n  of  stock\n");
    static const char *const las[] = {"\"933\"", "\"878\""};
    static const char *const values[] = {"5", "0", "12", "7", "c", "x", "z", "-"};
    int rows = dice_between(&pair->dice, 0, 8);
    for (int i = 0; i < rows; i++) {
        strbuf_addf(pair->out, "                %d", dice_between(&pair->dice, 2013, 2017));
        CELL_PICK(pair, 0, las);
        CELL_PICK(pair, 0, values);
        cell_number(pair, 3, 0, 20);
        CELL_PICK(pair, 0, values);
        ADD("\n");
    }
}

void pair_write_data(Pair *pair) {
    ADD("project \"Random\"\n    calendar    ours\n    authority   \"933\"\n");
    for (int month = 1; month <= 12; month++)
        if (dice_chance(&pair->dice, 80))
            strbuf_addf(pair->out, "    taken       2016-%02d on 2016-%02d-%02d\n", month, month,
                        dice_between(&pair->dice, 20, 28));
    ADD("\ncalendar ours \"Ours\"\n    weekend     saturday, sunday\n    holidays    2015-12-25, "
        "2016-01-01, 2016-03-25, 2016-03-28\n    covers      ");
    ADD(dice_chance(&pair->dice, 60) ? "1990-01-01 to 2030-12-31\n" : "2014-01-01 to 2017-06-30\n");
    ADD("\ncodes sex \"Sex\"\n    F           \"Female\"\n    M           \"Male\"\n"
        "\ncodes kind \"Kinds\"\n    B           \"Second\"\n    A           \"First\" to "
        "2015-12-31\n"
        "    C           \"Third\" from 2014-01-01\n"
        "\ncodes few \"Few\"\n    A           \"First\"\n    C           \"Third\"\n"
        "\nneighbours near \"Near\" of \"933\"\n    members     \"878\", \"880\"\n\n");
    write_areas(pair);
    write_children(pair);
    write_events(pair);
    write_spells(pair);
    write_published(pair);
}
