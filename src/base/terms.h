/* The closed vocabularies of the language: what a clause or an operator can say. From the scanner
 * on, these are enums and never texts; AST, Model, Plan and reports share them. */
#ifndef BASE_TERMS_H
#define BASE_TERMS_H

typedef enum ClauseWord {
    CLAUSE_WHY,
    CLAUSE_METHOD,
    CLAUSE_GUIDANCE,
    CLAUSE_NOTE,
    CLAUSE_OWNER,
    CLAUSE_STORE,
    CLAUSE_AUTHORITY,
    CLAUSE_CALENDAR,
    CLAUSE_AUDIENCE,
    CLAUSE_CHECKED,
    CLAUSE_REVIEW,
    CLAUSE_NARRATIVE
} ClauseWord;
typedef enum PublishedKind { PUBLISHED_NONE, PUBLISHED_FLOW, PUBLISHED_STOCK } PublishedKind;
typedef enum BasisKind {
    BASIS_PERCENT,
    BASIS_PER,
    BASIS_COUNT,
    BASIS_DAYS,
    BASIS_POUNDS,
    BASIS_POINTS,
    BASIS_NUMBER
} BasisKind;
typedef enum WindowKind {
    WINDOW_SNAPSHOT,
    WINDOW_SNAPSHOT_AT_TAKEN,
    WINDOW_MONTH,
    WINDOW_QUARTER,
    WINDOW_ROLLING,
    WINDOW_YEAR_TO_DATE,
    WINDOW_FINANCIAL_YEAR,
    WINDOW_ACADEMIC_YEAR,
    WINDOW_CALENDAR_YEAR
} WindowKind;
typedef enum EveryKind { EVERY_NONE, EVERY_MONTH, EVERY_QUARTER, EVERY_YEAR } EveryKind;
typedef enum GoodKind { GOOD_HIGH, GOOD_LOW, GOOD_NEUTRAL, GOOD_BETWEEN } GoodKind;
typedef enum CompareKind {
    COMPARE_PREVIOUS_MONTH,
    COMPARE_PREVIOUS_QUARTER,
    COMPARE_PREVIOUS_YEAR,
    COMPARE_SAME_PERIOD_LAST_YEAR
} CompareKind;
typedef enum SameKind { SAME_NONE, SAME_POINTS, SAME_PERCENT_OF_PREVIOUS } SameKind;
typedef enum Colour { COLOUR_GREEN, COLOUR_AMBER, COLOUR_RED } Colour;
/* What a line of a rating asks of a value. */
typedef enum RatingRuleKind {
    RATING_AT_TARGET,      /* at target: at it, or better */
    RATING_WITHIN_PERCENT, /* within 10% of target, on the wrong side of it or better */
    RATING_WITHIN_POINTS,  /* within 2 points of target */
    RATING_AT_FLOOR,       /* at floor: at it, or better */
    RATING_IMPROVING,
    RATING_SAME,
    RATING_WORSENING,
    RATING_OTHERWISE
} RatingRuleKind;
typedef enum BandKind {
    BAND_EXACT,   /* A */
    BAND_RANGE,   /* A to B, both in */
    BAND_UNDER,   /* under B: from where the band above ends */
    BAND_OR_MORE, /* A or more */
    BAND_TEXT,    /* "text" */
    BAND_IN_CODES,
    BAND_IN_LIST,
    BAND_MISSING,
    BAND_OTHER
} BandKind;
typedef enum TimingKind {
    TIMING_NONE,
    TIMING_DATED,
    TIMING_HELD,
    TIMING_ACTIVE,
    TIMING_LATEST
} TimingKind;
typedef enum QuantityKind {
    QUANTITY_COUNT,
    QUANTITY_COUNT_DISTINCT,
    QUANTITY_SUM,
    QUANTITY_MEAN,
    QUANTITY_MEDIAN,
    QUANTITY_PERCENTILE,
    QUANTITY_MIN,
    QUANTITY_MAX,
    QUANTITY_FIRST,
    QUANTITY_LAST
} QuantityKind;
typedef enum NumberKind { NUMBER_PLAIN, NUMBER_PERCENT, NUMBER_POUNDS } NumberKind;
typedef enum DurationUnit {
    DURATION_DAYS,
    DURATION_WEEKS,
    DURATION_MONTHS,
    DURATION_QUARTERS,
    DURATION_YEARS,
    DURATION_WORKING_DAYS
} DurationUnit;
typedef enum PeriodWord { PERIOD_WORD_START, PERIOD_WORD_END, PERIOD_WORD_TAKEN } PeriodWord;
typedef enum ArithmeticOp {
    ARITHMETIC_ADD,
    ARITHMETIC_SUBTRACT,
    ARITHMETIC_MULTIPLY,
    ARITHMETIC_DIVIDE
} ArithmeticOp;
typedef enum ComparisonOp {
    COMPARISON_EQUAL,
    COMPARISON_NOT_EQUAL,
    COMPARISON_LESS,
    COMPARISON_LESS_EQUAL,
    COMPARISON_GREATER,
    COMPARISON_GREATER_EQUAL
} ComparisonOp;
typedef enum LogicOp { LOGIC_AND, LOGIC_OR } LogicOp;
/* What a line `expect` of a test says. */
typedef enum ExpectKind {
    EXPECT_FRACTION,
    EXPECT_VALUE,
    EXPECT_PRINTED,
    EXPECT_EXCLUDED,
    EXPECT_OF_WHICH,
    EXPECT_UNKNOWN,
    EXPECT_STATUS,
    EXPECT_NO_CASES,
    EXPECT_NOT_AVAILABLE,
    EXPECT_RECORD,
    EXPECT_MESSAGE
} ExpectKind;

/* "percent", "high", "<=": the word as the language writes it. */
const char *basis_word(BasisKind kind);
const char *window_word(WindowKind kind);
const char *every_word(EveryKind kind);
const char *good_word(GoodKind kind);
const char *timing_word(TimingKind kind);
const char *quantity_word(QuantityKind kind);
const char *arithmetic_word(ArithmeticOp op);
const char *comparison_word(ComparisonOp op);

#endif
