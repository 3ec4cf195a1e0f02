/* The grammar: syntax only. Each action calls one constructor (src/syntax/build.h); nothing is
 * looked up, and "already set" is for sema to say.
 *
 * LALR(1) without a conflict. The parser recovers at the clause and at the declaration: the scanner
 * announces each with a token of no length. `clause: CLAUSE_COLUMN error` must be one production:
 * a reduction between the two would lose the rest of the declaration.
 *
 * To add a clause: its word in keywords.def, a token C_..., an alternative in the forms of its
 * declaration, a node in nodes.def.
 */
%require "3.8"
%define api.prefix {kpi_}
%define api.pure full
%define api.location.type {Span}
%define api.value.type union
%define api.token.prefix {TOK_}
%define parse.error custom
%define parse.lac full
%define lr.default-reduction accepting
%expect 0
%locations
%param {Parser *parser}

%code requires {
#include "syntax/build.h"
}
%code provides {
int kpi_lex(KPI_STYPE *value, Span *at, Parser *parser);
/* The token in the user's words: "a name", "'of'". */
const char *kpi_token_words(int token);
}
%code {
#define YYMALLOC memory_alloc
#define YYFREE memory_free
/* The scanner bounds how deep it can go: this is never reached. */
#define YYMAXDEPTH 20000
#define YYLLOC_DEFAULT(Current, Rhs, N)                                                            \
    do {                                                                                           \
        if (N)                                                                                     \
            (Current) = joined(YYRHSLOC(Rhs, 1), YYRHSLOC(Rhs, N));                                \
        else                                                                                       \
            (Current) = after(YYRHSLOC(Rhs, 0));                                                   \
    } while (0)

static Span joined(Span a, Span b) {
    a.len = b.off + b.len - a.off;
    return a;
}
static Span after(Span a) {
    return (Span){a.src, a.off + a.len, 0};
}
static void kpi_error(const Span *at, Parser *parser, const char *words);
}
%initial-action { @$ = parser_span(parser, 0, 0); }

/* ---- tokens ---- */

%token END_OF_FILE 0 "end of the file"
%token DECLARATION_LINE "a declaration" CLAUSE_COLUMN "a clause" ROW "a row"
%token BAND_LINE "a band on a deeper line"
%token D_CALENDAR D_CODES D_DEFINE D_INDICATOR D_NEIGHBOURS D_PROJECT D_RATING D_REPORT D_SOURCE
       D_TEST D_USE
%token C_AMBER C_AUDIENCE C_AUTHORITY C_BANDS C_BASIS C_BENCHMARK C_BREAK C_BY C_CALENDAR C_CHECK C_CHECKED
       C_COLUMN C_COMPARE C_COVERS C_DECIMALS C_DENOMINATOR C_DISTRIBUTION C_EVERY C_EXCLUDE
       C_EXPECT C_FIELD C_GIVEN C_GOOD C_GREEN C_GUIDANCE C_HOLIDAYS C_INTERVAL C_KEY C_MEMBERS C_METHOD C_NARRATIVE
       C_NOTE C_NUMERATOR C_OF C_OWNER C_PART C_PROVISIONAL C_PUBLISHED C_RATING C_RED C_REFER
       C_REPORTED C_REVIEW C_ROWS C_SECTION C_SHOW C_STORE C_SUPPRESS C_SYMBOLS C_TAKEN C_TARGET
       C_TOLERANCE C_VALUE C_WEEKEND C_WHY C_WINDOW C_YEAR
%token <Name> NAME "a name" MEMBER "a column after a dot"
%token <Text> TEXT "text" CODE "a code" CELL "a cell"
%token <Literal> NUMBER "a number" PERCENTAGE "a percentage" MONEY "an amount of money"
%token <DateToken> DATE "a date"
%token <PeriodToken> PERIOD "a period"
%token POUND "'\xC2\xA3'"
%token <Name> ACADEMIC "'academic'" ACROSS "'across'" ACTIVE "'active'" AFTER "'after'"
       AMBER "'amber'" AND "'and'" ANOTHER "'another'" AS "'as'" AT "'at'" AVAILABLE "'available'" BAND "'band'" BEFORE "'before'"
       BEHIND "'behind'" BELOW "'below'" BETWEEN "'between'" BY "'by'" CALENDAR "'calendar'" CASES "'cases'"
       CHART "'chart'" COMPARABLE "'comparable'" COMPARED "'compared'" COUNT "'count'" DATE_WORD "'date'"
       DATED "'dated'" DAY "'day'" DAYS "'days'" DISTINCT "'distinct'" ELAPSED "'elapsed'"
       END "'end'" EVERY "'every'" EXCLUDED "'excluded'" EXISTS "'exists'" FINANCIAL "'financial'" FIRST "'first'"
       FLOOR "'floor'" FLOW "'flow'" FROM "'from'" GREEN "'green'" HELD "'held'" HIGH "'high'"
       IMPROVING "'improving'" IN "'in'" IS "'is'" KNOWN "'known'" LAST "'last'" LATEST "'latest'"
       LEAST "'least'" LINK "'link'" LOW "'low'" MAX "'max'" MEAN "'mean'" MEDIAN "'median'"
       MEMBER_WORD "'member'" MEMBERS "'members'" MESSAGE "'message'" MIN "'min'" MISSING "'missing'" MONTH "'month'"
       MONTHS "'months'" MORE "'more'" NEUTRAL "'neutral'" NO "'no'" NONE "'none'"
       INCOMPARABLE "'not comparable'" NOT "'not'" NUMBER_WORD "'number'" OF "'of'" ON "'on'"
       ONLY "'only'" OPEN "'open'" OPTIONAL "'optional'" OR "'or'" OTHER "'other'"
       OTHERWISE "'otherwise'" PER "'per'" PERCENT "'percent'" PERCENTILE "'percentile'"
       PERIOD_WORD "'period'" POINT "'point'" POINTS "'points'" POOLED "'pooled'"
       POPULATION "'population'" PREVIOUS "'previous'" QUARTER "'quarter'" QUARTERS "'quarters'"
       RED "'red'" ROLLING "'rolling'" SAME "'same'" SHARE "'share'" SNAPSHOT "'snapshot'"
       START "'start'" STATUS "'status'" STOCK "'stock'" SUM "'sum'" TAKEN "'taken'" TARGET "'target'"
       THOSE "'those'" TO "'to'" TOTAL "'total'" UNDER "'under'" UNKNOWN "'unknown'" WEEK "'week'" WEEKS "'weeks'"
       WHERE "'where'" WHICH "'which'" WITH "'with'" WITHIN "'within'" WORKING "'working'"
       WORSENING "'worsening'" YEAR "'year'" YEARS "'years'"
%token NOT_EQUAL "'!='" LESS_EQUAL "'<='" GREATER_EQUAL "'>='"

%type <Node *> declaration clause_of_text
%type <NodeList> project_clauses source_clauses codes_clauses calendar_clauses indicator_clauses
%type <Node *> project_clause source_clause codes_clause calendar_clause indicator_clause
%type <Node *> project_form source_form calendar_form indicator_form
%type <NodeList> neighbours_clauses rating_clauses report_clauses
%type <NodeList> test_clauses given_rows keys group_choices
%type <Node *> test_clause test_form group_choice
%type <Node_Expect> expectation amount membership
%type <Node *> neighbours_clause rating_clause report_clause neighbours_form rating_form report_form
%type <Name> name alias
%type <NameList> names parameters beside
%type <Period> period
%type <PlacesForm> places
%type <ColumnForm> column
%type <Node *> type symbol target_value same_number
%type <TextList> texts cells
%type <Name> in_codes
%type <PublishedKind> flow_or_stock published
%type <Text> from_field reason label total not_comparable population
%type <NodeList> symbols rows dates bands benchmark_entries benchmark_values rules
%type <Node *> benchmark_entry band_amount rule only_where
%type <TextList> text_list benchmark_keys
%type <BandForm> band
%type <Colour> colour tolerance_colour
%type <SameForm> tolerance
%type <BenchmarkForm> benchmark_value
%type <PublishedKind> benchmark_of
%type <Name> compared_as
%type <ClauseWord> text_word
%type <Node_Basis> basis
%type <Node_Good> good
%type <WindowForm> window
%type <Every> every
%type <EveryKind> report_every
%type <int> behind known share status chart
%type <TargetFrom> target_from
%type <CompareKind> compare
%type <SameForm> same
%type <Node_Rowset> row_head
%type <Node *> rowset quantity quantity_rows moment
%type <Timing> timing
%type <QuantityKind> aggregate first_or_last
%type <Node *> condition predicate term comparison operand sum product factor primary path duration
%type <Node *> literal number_literal
%type <Chain> chain
%type <NodeList> literals arguments sums
%type <ComparisonOp> comparison_sign
%type <DurationUnit> unit
%type <int> another pooled at_least
%type <Validity> validity

/* A `where` after exists or none reaches over every `and` and `or` to the end. */
%precedence REACH
%precedence AND OR

%%

file: %empty
    | file declaration { file_add(parser, $2); }
    ;

/* ---- declarations ---- */

declaration:
      DECLARATION_LINE D_PROJECT TEXT project_clauses
      { $$ = make_Project(parser, @$, (Node_Project){.title = $3, .clauses = $4}); }
    | DECLARATION_LINE D_PROJECT header_error project_clauses
      { $$ = make_Project(parser, @$, (Node_Project){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_USE name
      { $$ = make_Use(parser, @$, (Node_Use){.library = $3}); }
    | DECLARATION_LINE D_USE TEXT
      { $$ = make_Use(parser, @$, (Node_Use){.path = $3}); }
    | DECLARATION_LINE D_SOURCE name TEXT source_clauses
      { $$ = make_Source(parser, @$, (Node_Source){.name = $3, .title = $4, .clauses = $5}); }
    | DECLARATION_LINE D_SOURCE name TEXT FROM TEXT source_clauses
      { $$ = make_Source(parser, @$,
            (Node_Source){.name = $3, .title = $4, .table = $6, .clauses = $7}); }
    | DECLARATION_LINE D_SOURCE name TEXT header_error source_clauses
      { $$ = make_Source(parser, @$, (Node_Source){
            .name = $3, .title = $4, .clauses = clauses_damaged(parser, @2, $6)}); }
    | DECLARATION_LINE D_SOURCE NAME header_error source_clauses
      { $$ = make_Source(parser, @$,
            (Node_Source){.name = $3, .clauses = clauses_damaged(parser, @2, $5)}); }
    | DECLARATION_LINE D_SOURCE header_error source_clauses
      { $$ = make_Source(parser, @$, (Node_Source){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_CODES name TEXT codes_clauses
      { $$ = make_Codes(parser, @$, (Node_Codes){.name = $3, .title = $4, .clauses = $5}); }
    | DECLARATION_LINE D_CODES name TEXT header_error codes_clauses
      { $$ = make_Codes(parser, @$, (Node_Codes){
            .name = $3, .title = $4, .clauses = clauses_damaged(parser, @2, $6)}); }
    | DECLARATION_LINE D_CODES NAME header_error codes_clauses
      { $$ = make_Codes(parser, @$,
            (Node_Codes){.name = $3, .clauses = clauses_damaged(parser, @2, $5)}); }
    | DECLARATION_LINE D_CODES header_error codes_clauses
      { $$ = make_Codes(parser, @$, (Node_Codes){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_CALENDAR name TEXT calendar_clauses
      { $$ = make_Calendar(parser, @$, (Node_Calendar){.name = $3, .title = $4, .clauses = $5}); }
    | DECLARATION_LINE D_CALENDAR name TEXT header_error calendar_clauses
      { $$ = make_Calendar(parser, @$, (Node_Calendar){
            .name = $3, .title = $4, .clauses = clauses_damaged(parser, @2, $6)}); }
    | DECLARATION_LINE D_CALENDAR NAME header_error calendar_clauses
      { $$ = make_Calendar(parser, @$,
            (Node_Calendar){.name = $3, .clauses = clauses_damaged(parser, @2, $5)}); }
    | DECLARATION_LINE D_CALENDAR header_error calendar_clauses
      { $$ = make_Calendar(parser, @$,
            (Node_Calendar){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_NEIGHBOURS name TEXT OF TEXT neighbours_clauses
      { $$ = make_Neighbours(parser, @$,
            (Node_Neighbours){.name = $3, .title = $4, .of = $6, .clauses = $7}); }
    | DECLARATION_LINE D_NEIGHBOURS name TEXT header_error neighbours_clauses
      { $$ = make_Neighbours(parser, @$, (Node_Neighbours){
            .name = $3, .title = $4, .clauses = clauses_damaged(parser, @2, $6)}); }
    | DECLARATION_LINE D_NEIGHBOURS NAME header_error neighbours_clauses
      { $$ = make_Neighbours(parser, @$,
            (Node_Neighbours){.name = $3, .clauses = clauses_damaged(parser, @2, $5)}); }
    | DECLARATION_LINE D_NEIGHBOURS header_error neighbours_clauses
      { $$ = make_Neighbours(parser, @$,
            (Node_Neighbours){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_RATING name TEXT rating_clauses
      { $$ = make_Rating(parser, @$, (Node_Rating){.name = $3, .title = $4, .clauses = $5}); }
    | DECLARATION_LINE D_RATING name TEXT header_error rating_clauses
      { $$ = make_Rating(parser, @$, (Node_Rating){
            .name = $3, .title = $4, .clauses = clauses_damaged(parser, @2, $6)}); }
    | DECLARATION_LINE D_RATING NAME header_error rating_clauses
      { $$ = make_Rating(parser, @$,
            (Node_Rating){.name = $3, .clauses = clauses_damaged(parser, @2, $5)}); }
    | DECLARATION_LINE D_RATING header_error rating_clauses
      { $$ = make_Rating(parser, @$, (Node_Rating){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_INDICATOR name TEXT indicator_clauses
      { $$ = make_Indicator(parser, @$, (Node_Indicator){.name = $3, .title = $4, .clauses = $5}); }
    | DECLARATION_LINE D_INDICATOR name TEXT header_error indicator_clauses
      { $$ = make_Indicator(parser, @$, (Node_Indicator){
            .name = $3, .title = $4, .clauses = clauses_damaged(parser, @2, $6)}); }
    | DECLARATION_LINE D_INDICATOR NAME header_error indicator_clauses
      { $$ = make_Indicator(parser, @$,
            (Node_Indicator){.name = $3, .clauses = clauses_damaged(parser, @2, $5)}); }
    | DECLARATION_LINE D_INDICATOR header_error indicator_clauses
      { $$ = make_Indicator(parser, @$,
            (Node_Indicator){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_REPORT name TEXT report_clauses
      { $$ = make_Report(parser, @$, (Node_Report){.name = $3, .title = $4, .clauses = $5}); }
    | DECLARATION_LINE D_REPORT name TEXT header_error report_clauses
      { $$ = make_Report(parser, @$, (Node_Report){
            .name = $3, .title = $4, .clauses = clauses_damaged(parser, @2, $6)}); }
    | DECLARATION_LINE D_REPORT NAME header_error report_clauses
      { $$ = make_Report(parser, @$,
            (Node_Report){.name = $3, .clauses = clauses_damaged(parser, @2, $5)}); }
    | DECLARATION_LINE D_REPORT header_error report_clauses
      { $$ = make_Report(parser, @$, (Node_Report){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_TEST name AT period TEXT test_clauses
      { $$ = make_Test(parser, @$, (Node_Test){
            .name = $3, .period = $5, .title = $6, .clauses = $7}); }
    | DECLARATION_LINE D_TEST name AT period TEXT header_error test_clauses
      { $$ = make_Test(parser, @$, (Node_Test){
            .name = $3, .clauses = clauses_damaged(parser, @2, $8)}); }
    | DECLARATION_LINE D_TEST name AT period header_error test_clauses
      { $$ = make_Test(parser, @$, (Node_Test){
            .name = $3, .clauses = clauses_damaged(parser, @2, $7)}); }
    | DECLARATION_LINE D_TEST name AT header_error test_clauses
      { $$ = make_Test(parser, @$, (Node_Test){
            .name = $3, .clauses = clauses_damaged(parser, @2, $6)}); }
    | DECLARATION_LINE D_TEST NAME header_error test_clauses
      { $$ = make_Test(parser, @$, (Node_Test){
            .name = $3, .clauses = clauses_damaged(parser, @2, $5)}); }
    | DECLARATION_LINE D_TEST header_error test_clauses
      { $$ = make_Test(parser, @$, (Node_Test){.clauses = clauses_damaged(parser, @2, $4)}); }
    | DECLARATION_LINE D_DEFINE name '=' condition
      { $$ = make_Define(parser, @$,
            (Node_Define){.name = $3, .body = define_body(parser, @2, $5)}); }
    | DECLARATION_LINE D_DEFINE name '(' parameters ')' '=' condition
      { $$ = make_Define(parser, @$, (Node_Define){
            .name = $3, .parameters = $5, .body = define_body(parser, @2, $8)}); }
    | DECLARATION_LINE D_DEFINE name '(' parameters ')' header_error
      { $$ = make_Define(parser, @$, (Node_Define){.name = $3, .parameters = $5}); }
    | DECLARATION_LINE D_DEFINE name '(' parameters ')' '=' header_error
      { $$ = make_Define(parser, @$, (Node_Define){.name = $3, .parameters = $5}); }
    | DECLARATION_LINE D_DEFINE name '(' header_error
      { $$ = make_Define(parser, @$, (Node_Define){.name = $3}); }
    | DECLARATION_LINE D_DEFINE name '=' header_error
      { $$ = make_Define(parser, @$, (Node_Define){.name = $3}); }
    | DECLARATION_LINE D_DEFINE NAME header_error
      { $$ = make_Define(parser, @$, (Node_Define){.name = $3}); }
    | DECLARATION_LINE error { yyerrok; $$ = NULL; }
    ;

/* After NAME and not after name: the parser reduces nothing before it has seen that the next token
 * is right. What was read of the header is kept. */
header_error: error { yyerrok; } ;

parameters:
      name { $$ = names_add(parser, (NameList){0}, $1); }
    | parameters ',' name { $$ = names_add(parser, $1, $3); }
    ;

/* ---- clauses of several declarations ---- */

clause_of_text:
      text_word TEXT { $$ = text_clause(parser, @$, $1, $2); }
    | C_NOTE period TEXT
      { $$ = make_TextClause(parser, @$, (Node_TextClause){
            .word = CLAUSE_NOTE, .period = $2, .has_period = true, .text = $3}); }
    | C_CHECK name name reason
      { $$ = make_CheckSetting(parser, @$,
            (Node_CheckSetting){.check = $2, .severity = $3, .reason = $4}); }
    | C_CHECK name OF name name reason
      { $$ = make_CheckSetting(parser, @$,
            (Node_CheckSetting){.check = $2, .of = $4, .severity = $5, .reason = $6}); }
    | C_CHECKED DATE
      { $$ = make_DateClause(parser, @$,
            (Node_DateClause){.word = CLAUSE_CHECKED, .date = $2.date}); }
    | C_REVIEW DATE
      { $$ = make_DateClause(parser, @$,
            (Node_DateClause){.word = CLAUSE_REVIEW, .date = $2.date}); }
    ;

reason: %empty { $$ = (Text){0}; } | TEXT ;

text_word:
      C_WHY { $$ = CLAUSE_WHY; }
    | C_METHOD { $$ = CLAUSE_METHOD; }
    | C_GUIDANCE { $$ = CLAUSE_GUIDANCE; }
    | C_NOTE { $$ = CLAUSE_NOTE; }
    | C_OWNER { $$ = CLAUSE_OWNER; }
    ;

period:
      PERIOD { $$ = $1.period; }
    | DATE { $$ = period_holding(PERIOD_DAY, $1.date); }
    | NUMBER { $$ = period_of_number(parser, $1); }
    ;

/* ---- project ---- */

project_clauses:
      %empty { $$ = (NodeList){0}; }
    | project_clauses project_clause { $$ = nodes_add(parser, $1, $2); }
    ;

project_clause:
      CLAUSE_COLUMN project_form { $$ = clause_end(parser, @2, $2); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

project_form:
      clause_of_text
    | C_STORE TEXT { $$ = text_clause(parser, @$, CLAUSE_STORE, $2); }
    | C_AUTHORITY TEXT { $$ = text_clause(parser, @$, CLAUSE_AUTHORITY, $2); }
    | C_CALENDAR name
      { $$ = make_NameClause(parser, @$, (Node_NameClause){.word = CLAUSE_CALENDAR, .name = $2}); }
    | C_AUDIENCE name
      { $$ = make_NameClause(parser, @$, (Node_NameClause){.word = CLAUSE_AUDIENCE, .name = $2}); }
    | C_TAKEN period ON DATE
      { $$ = make_Taken(parser, @$, (Node_Taken){.period = $2, .on = $4.date}); }
    | C_DECIMALS places
      { $$ = make_ProjectDecimals(parser, @$,
            (Node_ProjectDecimals){.bases = $2.bases, .places = $2.places}); }
    ;

places:
      name NUMBER { $$ = places_add(parser, (PlacesForm){{0}, {0}}, $1, $2); }
    | places ',' name NUMBER { $$ = places_add(parser, $1, $3, $4); }
    ;

/* ---- source ---- */

source_clauses:
      %empty { $$ = (NodeList){0}; }
    | source_clauses source_clause { $$ = nodes_add(parser, $1, $2); }
    ;

source_clause:
      CLAUSE_COLUMN source_form { $$ = clause_end(parser, @2, $2); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

source_form:
      clause_of_text
    | C_KEY names { $$ = make_Key(parser, @$, (Node_Key){.columns = $2}); }
    | C_COLUMN NAME column from_field
      { $$ = make_Column(parser, @$, (Node_Column){.name = $2, .type = $3.type, .codes = $3.codes,
            .open = $3.open, .optional = $3.optional, .published = $3.published, .field = $4}); }
    | C_COLUMN NAME column '=' condition
      { $$ = make_Column(parser, @$, (Node_Column){.name = $2, .type = $3.type, .codes = $3.codes,
            .open = $3.open, .optional = $3.optional, .published = $3.published,
            .expression = $5}); }
    | C_SYMBOLS symbols { $$ = make_Symbols(parser, @$, (Node_Symbols){.symbols = $2}); }
    | C_COVERS DATE TO DATE
      { $$ = make_Covers(parser, @$, (Node_Covers){.from = $2.date, .to = $4.date}); }
    | C_PUBLISHED published { $$ = make_Published(parser, @$, (Node_Published){.kind = $2}); }
    | C_TAKEN period ON DATE
      { $$ = make_Taken(parser, @$, (Node_Taken){.period = $2, .on = $4.date}); }
    | C_ROWS rows { $$ = rows_of(parser, @$, $2); }
    ;

names:
      name { $$ = names_add(parser, (NameList){0}, $1); }
    | names ',' name { $$ = names_add(parser, $1, $3); }
    ;

column:
      type in_codes flow_or_stock
      { $$ = (ColumnForm){.type = $1, .codes = $2, .published = $3}; }
    | type in_codes OPEN flow_or_stock
      { $$ = (ColumnForm){.type = $1, .codes = $2, .open = true, .published = $4}; }
    | type in_codes OPTIONAL flow_or_stock
      { $$ = (ColumnForm){.type = $1, .codes = $2, .optional = true, .published = $4}; }
    ;

type:
      name texts { $$ = make_Type(parser, @$, (Node_Type){.word = $1, .texts = $2}); }
    | LINK TO name { $$ = make_Type(parser, @$, (Node_Type){.word = $1, .link = $3}); }
    ;

texts:
      %empty { $$ = (TextList){0}; }
    | texts TEXT { $$ = texts_add(parser, $1, $2); }
    ;

in_codes: %empty { $$ = (Name){0}; } | IN name { $$ = $2; } ;
flow_or_stock: %empty { $$ = PUBLISHED_NONE; } | published ;
published: FLOW { $$ = PUBLISHED_FLOW; } | STOCK { $$ = PUBLISHED_STOCK; } ;
from_field: %empty { $$ = (Text){0}; } | FROM TEXT { $$ = $2; } ;

symbols:
      symbol { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | symbols ',' symbol { $$ = nodes_add(parser, $1, $3); }
    ;

symbol:
      name name
      { $$ = make_Symbol(parser, @$, (Node_Symbol){.mark = text_of_name($1), .meaning = $2}); }
    | TEXT name { $$ = make_Symbol(parser, @$, (Node_Symbol){.mark = $1, .meaning = $2}); }
    ;

/* The header line of the table stands on the clause's own line, or is the first row. */
rows:
      cells { $$ = nodes_add(parser, (NodeList){0},
                             $1.len == 0 ? NULL : make_Row(parser, @$, (Node_Row){.cells = $1})); }
    | rows ROW cells
      { $$ = nodes_add(parser, $1, make_Row(parser, @3, (Node_Row){.cells = $3})); }
    ;

cells:
      %empty { $$ = (TextList){0}; }
    | cells CELL { $$ = texts_add(parser, $1, $2); }
    ;

/* ---- codes ---- */

codes_clauses:
      %empty { $$ = (NodeList){0}; }
    | codes_clauses codes_clause { $$ = nodes_add(parser, $1, $2); }
    ;

codes_clause:
      CLAUSE_COLUMN CODE TEXT validity
      { $$ = clause_end(parser, @2, make_Code(parser, @$, (Node_Code){
            .code = $2, .title = $3, .from = $4.from, .has_from = $4.has_from, .to = $4.to,
            .has_to = $4.has_to})); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

validity:
      %empty { $$ = (Validity){.has_from = false}; }
    | FROM DATE { $$ = (Validity){.from = $2.date, .has_from = true}; }
    | TO DATE { $$ = (Validity){.to = $2.date, .has_to = true}; }
    | FROM DATE TO DATE
      { $$ = (Validity){.from = $2.date, .has_from = true, .to = $4.date, .has_to = true}; }
    ;

/* ---- calendar ---- */

calendar_clauses:
      %empty { $$ = (NodeList){0}; }
    | calendar_clauses calendar_clause { $$ = nodes_add(parser, $1, $2); }
    ;

calendar_clause:
      CLAUSE_COLUMN calendar_form { $$ = clause_end(parser, @2, $2); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

calendar_form:
      clause_of_text
    | C_WEEKEND names { $$ = make_Weekend(parser, @$, (Node_Weekend){.days = $2}); }
    | C_COVERS DATE TO DATE
      { $$ = make_Covers(parser, @$, (Node_Covers){.from = $2.date, .to = $4.date}); }
    | C_HOLIDAYS dates { $$ = make_HolidayDates(parser, @$, (Node_HolidayDates){.dates = $2}); }
    | C_HOLIDAYS path OF rowset
      { $$ = make_HolidayRows(parser, @$, (Node_HolidayRows){.date = $2, .rowset = $4}); }
    ;

dates:
      DATE { $$ = nodes_add(parser, (NodeList){0},
                            make_DateLiteral(parser, @1, (Node_DateLiteral){.date = $1.date})); }
    | dates ',' DATE
      { $$ = nodes_add(parser, $1,
                       make_DateLiteral(parser, @3, (Node_DateLiteral){.date = $3.date})); }
    ;

/* ---- neighbours ---- */

neighbours_clauses:
      %empty { $$ = (NodeList){0}; }
    | neighbours_clauses neighbours_clause { $$ = nodes_add(parser, $1, $2); }
    ;

neighbours_clause:
      CLAUSE_COLUMN neighbours_form { $$ = clause_end(parser, @2, $2); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

neighbours_form:
      clause_of_text
    | C_MEMBERS text_list { $$ = make_Members(parser, @$, (Node_Members){.codes = $2}); }
    | C_MEMBERS path OF rowset
      { $$ = make_MemberRows(parser, @$, (Node_MemberRows){.code = $2, .rowset = $4}); }
    | C_YEAR NUMBER
      { $$ = make_ModelYear(parser, @$,
            (Node_ModelYear){.year = whole_number(parser, $2, 1900, 2199)}); }
    ;

text_list:
      TEXT { $$ = texts_add(parser, (TextList){0}, $1); }
    | text_list ',' TEXT { $$ = texts_add(parser, $1, $3); }
    ;

/* ---- rating ---- */

rating_clauses:
      %empty { $$ = (NodeList){0}; }
    | rating_clauses rating_clause { $$ = nodes_add(parser, $1, $2); }
    ;

rating_clause:
      CLAUSE_COLUMN rating_form { $$ = clause_end(parser, @2, $2); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

rating_form:
      clause_of_text
    | colour rules
      { $$ = make_RatingLine(parser, @$, (Node_RatingLine){.colour = $1, .rules = $2}); }
    ;

colour:
      C_GREEN { $$ = COLOUR_GREEN; }
    | C_AMBER { $$ = COLOUR_AMBER; }
    | C_RED { $$ = COLOUR_RED; }
    ;

rules:
      rule { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | rules AND rule { $$ = nodes_add(parser, $1, $3); }
    ;

rule:
      AT TARGET { $$ = rule_of(parser, @$, RATING_AT_TARGET, NULL); }
    | WITHIN PERCENTAGE OF TARGET
      { $$ = rule_of(parser, @$, RATING_WITHIN_PERCENT, number_of(parser, $2)); }
    | WITHIN same_number points OF TARGET
      { $$ = rule_of(parser, @$, RATING_WITHIN_POINTS, $2); }
    | AT FLOOR { $$ = rule_of(parser, @$, RATING_AT_FLOOR, NULL); }
    | IMPROVING { $$ = rule_of(parser, @$, RATING_IMPROVING, NULL); }
    | SAME { $$ = rule_of(parser, @$, RATING_SAME, NULL); }
    | WORSENING { $$ = rule_of(parser, @$, RATING_WORSENING, NULL); }
    | OTHERWISE { $$ = rule_of(parser, @$, RATING_OTHERWISE, NULL); }
    ;

/* ---- report ---- */

report_clauses:
      %empty { $$ = (NodeList){0}; }
    | report_clauses report_clause { $$ = nodes_add(parser, $1, $2); }
    ;

report_clause:
      CLAUSE_COLUMN report_form { $$ = clause_end(parser, @2, $2); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

report_form:
      clause_of_text
    | C_NARRATIVE TEXT { $$ = text_clause(parser, @$, CLAUSE_NARRATIVE, $2); }
    | C_FIELD TEXT
      { $$ = make_ReportField(parser, @$, (Node_ReportField){.title = $2}); }
    | C_FIELD TEXT TEXT
      { $$ = make_ReportField(parser, @$, (Node_ReportField){.title = $2, .text = $3}); }
    | C_EVERY report_every
      { $$ = make_ReportEvery(parser, @$, (Node_ReportEvery){.every = $2}); }
    | C_PART TEXT status
      { $$ = make_ReportPart(parser, @$, (Node_ReportPart){.title = $2, .status = $3 != 0}); }
    | C_SECTION TEXT
      { $$ = make_ReportSection(parser, @$, (Node_ReportSection){.title = $2}); }
    | C_SHOW names beside chart
      { $$ = make_Show(parser, @$,
            (Node_Show){.names = $2, .with = $3, .chart_months = $4}); }
    | C_REFER TEXT TEXT
      { $$ = make_Refer(parser, @$, (Node_Refer){.title = $2, .text = $3}); }
    ;

report_every:
      MONTH { $$ = EVERY_MONTH; }
    | QUARTER { $$ = EVERY_QUARTER; }
    | YEAR { $$ = EVERY_YEAR; }
    ;

status: %empty { $$ = 0; } | STATUS { $$ = 1; } ;
beside: %empty { $$ = (NameList){0}; } | WITH names { $$ = $2; } ;
chart:
      %empty { $$ = 0; }
    | AS CHART { $$ = CHART_MONTHS; }
    | AS CHART OF NUMBER months { $$ = chart_months(parser, $4); }
    ;

/* ---- test ---- */

test_clauses:
      %empty { $$ = (NodeList){0}; }
    | test_clauses test_clause { $$ = nodes_add(parser, $1, $2); }
    ;

test_clause:
      CLAUSE_COLUMN test_form { $$ = clause_end(parser, @2, $2); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

test_form:
      clause_of_text
    | C_CALENDAR name
      { $$ = make_NameClause(parser, @$, (Node_NameClause){.word = CLAUSE_CALENDAR, .name = $2}); }
    | C_TAKEN period ON DATE
      { $$ = make_Taken(parser, @$, (Node_Taken){.period = $2, .on = $4.date}); }
    | C_GIVEN name given_rows
      { $$ = make_Given(parser, @$, (Node_Given){.source = $2, .rows = $3}); }
    | C_EXPECT expectation { $$ = make_Expect(parser, @$, $2); }
    | C_EXPECT expectation WHERE group_choices
      { $2.groups = $4; $$ = make_Expect(parser, @$, $2); }
    ;

/* The header line of the table is the first row; without one no record is given. */
given_rows:
      %empty { $$ = (NodeList){0}; }
    | given_rows ROW cells
      { $$ = nodes_add(parser, $1, make_Row(parser, @3, (Node_Row){.cells = $3})); }
    ;

expectation:
      amount
    | amount IN BAND TEXT { $$ = $1; $$.band = $4; }
    | TEXT { $$ = (Node_Expect){.kind = EXPECT_PRINTED, .text = $1}; }
    | TEXT IN BAND TEXT { $$ = (Node_Expect){.kind = EXPECT_PRINTED, .text = $1, .band = $4}; }
    | target_value EXCLUDED name
      { $$ = (Node_Expect){.kind = EXPECT_EXCLUDED, .value = $1, .name = $3}; }
    | target_value OF WHICH name
      { $$ = (Node_Expect){.kind = EXPECT_OF_WHICH, .value = $1, .name = $4}; }
    | target_value UNKNOWN { $$ = (Node_Expect){.kind = EXPECT_UNKNOWN, .value = $1}; }
    | STATUS name { $$ = (Node_Expect){.kind = EXPECT_STATUS, .name = $2}; }
    | NO CASES { $$ = (Node_Expect){.kind = EXPECT_NO_CASES}; }
    | NOT AVAILABLE { $$ = (Node_Expect){.kind = EXPECT_NOT_AVAILABLE}; }
    | MESSAGE name { $$ = (Node_Expect){.kind = EXPECT_MESSAGE, .name = $2}; }
    | name keys membership { $$ = $3; $$.source = $1; $$.keys = $2; }
    ;

amount:
      target_value { $$ = (Node_Expect){.kind = EXPECT_VALUE, .value = $1}; }
    | target_value OF target_value
      { $$ = (Node_Expect){.kind = EXPECT_FRACTION, .value = $1, .of = $3}; }
    ;

membership:
      IN name { $$ = (Node_Expect){.kind = EXPECT_RECORD, .name = $2}; }
    | NOT IN name { $$ = (Node_Expect){.kind = EXPECT_RECORD, .name = $3, .negated = true}; }
    | IN BAND TEXT { $$ = (Node_Expect){.kind = EXPECT_RECORD, .band = $3}; }
    | NOT IN BAND TEXT
      { $$ = (Node_Expect){.kind = EXPECT_RECORD, .band = $4, .negated = true}; }
    ;

keys:
      literal { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | keys literal { $$ = nodes_add(parser, $1, $2); }
    ;

group_choices:
      group_choice { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | group_choices AND group_choice { $$ = nodes_add(parser, $1, $3); }
    ;

group_choice:
      name '=' literal
      { $$ = make_GroupIs(parser, @$, (Node_GroupIs){.label = text_of_name($1), .value = $3}); }
    | TEXT '=' literal
      { $$ = make_GroupIs(parser, @$, (Node_GroupIs){.label = $1, .value = $3}); }
    ;

/* ---- indicator ---- */

indicator_clauses:
      %empty { $$ = (NodeList){0}; }
    | indicator_clauses indicator_clause { $$ = nodes_add(parser, $1, $2); }
    ;

indicator_clause:
      CLAUSE_COLUMN indicator_form { $$ = clause_end(parser, @2, $2); }
    | CLAUSE_COLUMN error { yyerrok; $$ = clause_broken(parser, @$); }
    ;

indicator_form:
      clause_of_text
    | C_DENOMINATOR rowset
      { $$ = make_Denominator(parser, @$, (Node_Denominator){.rowset = $2}); }
    | C_DENOMINATOR quantity
      { $$ = make_Denominator(parser, @$, (Node_Denominator){.quantity = $2}); }
    | C_NUMERATOR THOSE WHERE condition
      { $$ = make_Numerator(parser, @$, (Node_Numerator){.those = $4}); }
    | C_NUMERATOR quantity
      { $$ = make_Numerator(parser, @$, (Node_Numerator){.quantity = $2}); }
    | C_VALUE quantity { $$ = make_Value(parser, @$, (Node_Value){.value = $2}); }
    | C_VALUE sum { $$ = make_Value(parser, @$, (Node_Value){.value = $2}); }
    | C_EXCLUDE name TEXT WHERE condition
      { $$ = make_Exclude(parser, @$,
            (Node_Exclude){.name = $2, .label = $3, .condition = $5}); }
    | C_OF WHICH name TEXT WHERE condition
      { $$ = make_OfWhich(parser, @$,
            (Node_OfWhich){.name = $3, .label = $4, .condition = $6}); }
    | C_BY sums AS TEXT total share
      { $$ = make_By(parser, @$, (Node_By){
            .expressions = $2, .label = $4, .total = $5, .share = $6 != 0}); }
    | C_BASIS basis { $$ = make_Basis(parser, @$, $2); }
    | C_WINDOW window every behind
      { $$ = make_Window(parser, @$, (Node_Window){
            .kind = $2.kind, .months = $2.months, .every = $3.kind,
            .year_end = $3.year_end, .has_year_end = $3.has_year_end, .behind = $4}); }
    | C_GOOD good { $$ = make_Good(parser, @$, $2); }
    | C_GOOD LOW text_list
      { $$ = make_GoodBands(parser, @$, (Node_GoodBands){.kind = GOOD_LOW, .bands = $3}); }
    | C_GOOD HIGH text_list
      { $$ = make_GoodBands(parser, @$, (Node_GoodBands){.kind = GOOD_HIGH, .bands = $3}); }
    | C_TARGET NONE { $$ = make_Target(parser, @$, (Node_Target){.value = NULL}); }
    | C_TARGET target_value label target_from
      { $$ = make_Target(parser, @$, (Node_Target){
            .value = $2, .label = $3, .from = $4.date, .has_from = $4.given}); }
    | C_COMPARE compare same
      { $$ = make_Compare(parser, @$,
            (Node_Compare){.kind = $2, .same_within = $3.within, .same = $3.kind}); }
    | C_DECIMALS NUMBER
      { $$ = make_Decimals(parser, @$,
            (Node_Decimals){.places = whole_number(parser, $2, 0, 9)}); }
    | C_DISTRIBUTION rowset
      { $$ = make_Distribution(parser, @$, (Node_Distribution){.rowset = $2}); }
    | C_BANDS operand bands
      { $$ = make_Bands(parser, @$, (Node_Bands){.expression = $2, .bands = $3}); }
    | C_TOLERANCE tolerance tolerance_colour
      { $$ = make_Tolerance(parser, @$,
            (Node_Tolerance){.amount = $2.within, .kind = $2.kind, .colour = $3}); }
    | C_RATING name { $$ = make_RatingUse(parser, @$, (Node_RatingUse){.name = $2}); }
    | C_RATING name FLOOR target_value
      { $$ = make_RatingUse(parser, @$, (Node_RatingUse){.name = $2, .floor = $4}); }
    | C_BENCHMARK TEXT period ':' benchmark_value only_where compared_as not_comparable
      benchmark_of population
      { $$ = make_Benchmark(parser, @$, (Node_Benchmark){
            .label = $2, .period = $3, .value = $5.value, .entries = $5.entries, .from = $5.from,
            .across = $5.across, .pooled = $5.pooled, .at_least = $5.at_least, .only_where = $6,
            .compared_as = $7, .not_comparable = $8, .of = $9, .population = $10}); }
    | C_BREAK DATE TEXT
      { $$ = make_Break(parser, @$, (Node_Break){.date = $2.date, .reason = $3}); }
    | C_PROVISIONAL period
      { $$ = make_Provisional(parser, @$, (Node_Provisional){.period = $2}); }
    | C_REPORTED period target_value label
      { $$ = make_Reported(parser, @$,
            (Node_Reported){.period = $2, .value = $3, .note = $4}); }
    | C_SUPPRESS BELOW NUMBER
      { $$ = make_Suppress(parser, @$,
            (Node_Suppress){.below = whole_number(parser, $3, 1, 1000000)}); }
    | C_SUPPRESS NONE { $$ = make_Suppress(parser, @$, (Node_Suppress){.below = 0}); }
    | C_INTERVAL name { $$ = make_Interval(parser, @$, (Node_Interval){.method = $2}); }
    | C_INTERVAL NONE { $$ = make_Interval(parser, @$, (Node_Interval){.method = {0}}); }
    ;

/* ---- bands ---- */

bands:
      BAND_LINE TEXT band { $$ = band_add(parser, (NodeList){0}, span_join(@2, @3), $2, $3); }
    | bands BAND_LINE TEXT band { $$ = band_add(parser, $1, span_join(@3, @4), $3, $4); }
    ;

band:
      band_amount { $$ = (BandForm){.kind = BAND_EXACT, .low = $1}; }
    | band_amount TO band_amount { $$ = (BandForm){.kind = BAND_RANGE, .low = $1, .high = $3}; }
    | UNDER band_amount { $$ = (BandForm){.kind = BAND_UNDER, .high = $2}; }
    | band_amount OR MORE { $$ = (BandForm){.kind = BAND_OR_MORE, .low = $1}; }
    | TEXT
      { $$ = (BandForm){.kind = BAND_TEXT,
                        .low = make_TextLiteral(parser, @1, (Node_TextLiteral){.text = $1})}; }
    | IN name { $$ = (BandForm){.kind = BAND_IN_CODES, .codes = $2}; }
    | IN '(' literals ')' { $$ = (BandForm){.kind = BAND_IN_LIST, .items = $3}; }
    | MISSING { $$ = (BandForm){.kind = BAND_MISSING}; }
    | OTHER { $$ = (BandForm){.kind = BAND_OTHER}; }
    ;

band_amount: target_value | duration ;

/* ---- tolerance, benchmark ---- */

tolerance:
      PERCENTAGE OF TARGET { $$ = (SameForm){number_of(parser, $1), SAME_PERCENT_OF_PREVIOUS}; }
    | same_number points { $$ = (SameForm){$1, SAME_POINTS}; }
    ;
tolerance_colour: AMBER { $$ = COLOUR_AMBER; } | GREEN { $$ = COLOUR_GREEN; } ;

benchmark_value:
      target_value { $$ = (BenchmarkForm){.value = $1}; }
    | benchmark_entries { $$ = (BenchmarkForm){.entries = $1}; }
    | FROM name ACROSS name pooled at_least
      { $$ = (BenchmarkForm){.from = $2, .across = $4, .pooled = $5 != 0, .at_least = $6}; }
    ;

benchmark_entries:
      benchmark_entry { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | benchmark_entries ',' benchmark_entry { $$ = nodes_add(parser, $1, $3); }
    ;

benchmark_entry:
      benchmark_keys benchmark_values
      { $$ = make_BenchmarkEntry(parser, @$, (Node_BenchmarkEntry){.keys = $1, .values = $2}); }
    ;

benchmark_keys:
      TEXT { $$ = texts_add(parser, (TextList){0}, $1); }
    | benchmark_keys '+' TEXT { $$ = texts_add(parser, $1, $3); }
    ;

benchmark_values:
      target_value { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | benchmark_values '+' target_value { $$ = nodes_add(parser, $1, $3); }
    ;

pooled: %empty { $$ = 0; } | POOLED { $$ = 1; } ;
at_least:
      %empty { $$ = 0; }
    | AT LEAST NUMBER members { $$ = whole_number(parser, $3, 1, 1000); }
    ;
members: MEMBER_WORD | MEMBERS ;

only_where: %empty { $$ = NULL; } | ONLY WHERE condition { $$ = $3; } ;
compared_as: %empty { $$ = (Name){0}; } | COMPARED AS name { $$ = $3; } ;
not_comparable: %empty { $$ = (Text){0}; } | INCOMPARABLE COMPARABLE TEXT { $$ = $3; } ;
benchmark_of: %empty { $$ = PUBLISHED_NONE; } | OF published { $$ = $2; } ;
population: %empty { $$ = (Text){0}; } | POPULATION TEXT { $$ = $2; } ;

basis:
      PERCENT { $$ = basis_of(BASIS_PERCENT, (Text){0}); }
    | PER NUMBER TEXT
      { $$ = (Node_Basis){.kind = BASIS_PER, .per = $2.value, .unit = $3}; }
    | COUNT { $$ = basis_of(BASIS_COUNT, (Text){0}); }
    | DAYS { $$ = basis_of(BASIS_DAYS, (Text){0}); }
    | POUND { $$ = basis_of(BASIS_POUNDS, (Text){0}); }
    | POINTS { $$ = basis_of(BASIS_POINTS, (Text){0}); }
    | NUMBER_WORD TEXT
      { $$ = basis_of(BASIS_NUMBER, $2); }
    ;

window:
      SNAPSHOT { $$ = (WindowForm){WINDOW_SNAPSHOT, 0}; }
    | SNAPSHOT AT TAKEN DATE_WORD { $$ = (WindowForm){WINDOW_SNAPSHOT_AT_TAKEN, 0}; }
    | MONTH { $$ = (WindowForm){WINDOW_MONTH, 0}; }
    | QUARTER { $$ = (WindowForm){WINDOW_QUARTER, 0}; }
    | ROLLING NUMBER months
      { $$ = (WindowForm){WINDOW_ROLLING, whole_number(parser, $2, 1, 1200)}; }
    | YEAR TO DATE_WORD { $$ = (WindowForm){WINDOW_YEAR_TO_DATE, 0}; }
    | FINANCIAL YEAR { $$ = (WindowForm){WINDOW_FINANCIAL_YEAR, 0}; }
    | ACADEMIC YEAR { $$ = (WindowForm){WINDOW_ACADEMIC_YEAR, 0}; }
    | CALENDAR YEAR { $$ = (WindowForm){WINDOW_CALENDAR_YEAR, 0}; }
    ;

months: MONTH | MONTHS ;

every:
      %empty { $$ = (Every){.kind = EVERY_NONE}; }
    | EVERY MONTH { $$ = (Every){.kind = EVERY_MONTH}; }
    | EVERY QUARTER { $$ = (Every){.kind = EVERY_QUARTER}; }
    | EVERY YEAR { $$ = (Every){.kind = EVERY_YEAR}; }
    | EVERY YEAR TO NUMBER name
      { $$ = (Every){.kind = EVERY_YEAR, .has_year_end = true,
                     .year_end = year_end(parser, $4, $5)}; }
    ;

behind:
      %empty { $$ = 0; }
    | BEHIND NUMBER months { $$ = whole_number(parser, $2, 1, 1200); }
    ;

good:
      HIGH { $$ = (Node_Good){.kind = GOOD_HIGH}; }
    | LOW { $$ = (Node_Good){.kind = GOOD_LOW}; }
    | NEUTRAL { $$ = (Node_Good){.kind = GOOD_NEUTRAL}; }
    | BETWEEN target_value AND target_value
      { $$ = (Node_Good){.kind = GOOD_BETWEEN, .low = $2, .high = $4}; }
    ;

target_value:
      number_literal
    | '-' number_literal { $$ = negated(parser, @$, $2); }
    ;

label: %empty { $$ = (Text){0}; } | TEXT ;
target_from:
      %empty { $$ = (TargetFrom){0, false}; }
    | FROM DATE { $$ = (TargetFrom){$2.date, true}; }
    ;
total: %empty { $$ = (Text){0}; } | TOTAL TEXT { $$ = $2; } ;
share: %empty { $$ = 0; } | WITH SHARE { $$ = 1; } ;

compare:
      PREVIOUS MONTH { $$ = COMPARE_PREVIOUS_MONTH; }
    | PREVIOUS QUARTER { $$ = COMPARE_PREVIOUS_QUARTER; }
    | PREVIOUS YEAR { $$ = COMPARE_PREVIOUS_YEAR; }
    | SAME PERIOD_WORD LAST YEAR { $$ = COMPARE_SAME_PERIOD_LAST_YEAR; }
    ;

same:
      %empty { $$ = (SameForm){NULL, SAME_NONE}; }
    | SAME WITHIN same_number points { $$ = (SameForm){$3, SAME_POINTS}; }
    | SAME WITHIN PERCENTAGE OF PREVIOUS
      { $$ = (SameForm){number_of(parser, $3), SAME_PERCENT_OF_PREVIOUS}; }
    ;

same_number: NUMBER { $$ = number_of(parser, $1); } ;
points: POINT | POINTS ;

/* ---- row sets and quantities ---- */

rowset:
      row_head { $$ = make_Rowset(parser, @$, $1); }
    | row_head WHERE condition
      { $1.where = $3; $$ = make_Rowset(parser, @$, $1); }
    ;

row_head:
      name alias timing
      { $$ = (Node_Rowset){.source = $1, .alias = $2, .timing = $3.kind, .start = $3.start,
                           .end = $3.end}; }
    ;

timing:
      %empty { $$ = (Timing){TIMING_NONE, NULL, NULL}; }
    | DATED moment { $$ = (Timing){TIMING_DATED, $2, NULL}; }
    | HELD moment TO moment { $$ = (Timing){TIMING_HELD, $2, $4}; }
    | ACTIVE moment TO moment { $$ = (Timing){TIMING_ACTIVE, $2, $4}; }
    | LATEST moment { $$ = (Timing){TIMING_LATEST, $2, NULL}; }
    ;

moment:
      path
    | '(' sum ')' { $$ = make_Parentheses(parser, @$, (Node_Parentheses){.inner = $2}); }
    ;

quantity:
      COUNT OF quantity_rows
      { $$ = make_Quantity(parser, @$,
            (Node_Quantity){.kind = QUANTITY_COUNT, .percentile = num_of_int(0), .rowset = $3}); }
    | COUNT DISTINCT sum OF quantity_rows
      { $$ = make_Quantity(parser, @$, (Node_Quantity){.kind = QUANTITY_COUNT_DISTINCT,
            .percentile = num_of_int(0), .value = $3, .rowset = $5}); }
    | aggregate known sum OF quantity_rows
      { $$ = make_Quantity(parser, @$, (Node_Quantity){.kind = $1, .percentile = num_of_int(0),
            .known = $2 != 0, .value = $3, .rowset = $5}); }
    | PERCENTILE NUMBER known sum OF quantity_rows
      { $$ = make_Quantity(parser, @$, (Node_Quantity){.kind = QUANTITY_PERCENTILE,
            .percentile = $2.value, .known = $3 != 0, .value = $4, .rowset = $6}); }
    | first_or_last known sum OF quantity_rows BY sum
      { $$ = make_Quantity(parser, @$, (Node_Quantity){.kind = $1, .percentile = num_of_int(0),
            .known = $2 != 0, .value = $3, .rowset = $5, .by = $7}); }
    ;

/* `of ALIAS`: the rows of a set named elsewhere in the indicator. */
quantity_rows:
      rowset
    | name { $$ = make_Rowset(parser, @$, (Node_Rowset){.source = $1}); }
    ;

aggregate:
      SUM { $$ = QUANTITY_SUM; }
    | MEAN { $$ = QUANTITY_MEAN; }
    | MEDIAN { $$ = QUANTITY_MEDIAN; }
    | MIN { $$ = QUANTITY_MIN; }
    | MAX { $$ = QUANTITY_MAX; }
    ;
first_or_last: FIRST { $$ = QUANTITY_FIRST; } | LAST { $$ = QUANTITY_LAST; } ;
known: %empty { $$ = 0; } | KNOWN { $$ = 1; } ;

/* ---- conditions ---- */

condition: chain { $$ = condition_of(parser, @$, $1); } ;

/* `and` mixed with `or` is read, and then refused with both readings. */
chain:
      term { $$ = chain_start(parser, $1); }
    | chain AND term { $$ = chain_add(parser, $1, LOGIC_AND, @2, $3); }
    | chain OR term { $$ = chain_add(parser, $1, LOGIC_OR, @2, $3); }
    ;

term:
      predicate
    | NOT term { $$ = make_Not(parser, @$, (Node_Not){.operand = $2}); }
    | EXISTS another row_head
      { $$ = exists_plain(parser, @$, (Node_Exists){.another = $2 != 0}, @3, $3); }
    | NONE another row_head
      { $$ = exists_plain(parser, @$, (Node_Exists){.none = true, .another = $2 != 0}, @3, $3); }
    | EXISTS another row_head WHERE chain %prec REACH
      { $$ = exists_where(parser, @$, (Node_Exists){.another = $2 != 0}, @3, $3, $5); }
    | NONE another row_head WHERE chain %prec REACH
      { $$ = exists_where(parser, @$, (Node_Exists){.none = true, .another = $2 != 0}, @3, $3,
                          $5); }
    ;

another: %empty { $$ = 0; } | ANOTHER { $$ = 1; } ;

predicate:
      operand
    | comparison
    | operand BETWEEN sum AND sum
      { $$ = make_Between(parser, @$, (Node_Between){.value = $1, .low = $3, .high = $5}); }
    | operand IN name
      { $$ = make_InCodes(parser, @$, (Node_InCodes){.value = $1, .codes = $3}); }
    | operand NOT IN name
      { $$ = make_InCodes(parser, @$,
            (Node_InCodes){.value = $1, .codes = $4, .negated = true}); }
    | operand IN '(' literals ')'
      { $$ = make_InList(parser, @$, (Node_InList){.value = $1, .items = $4}); }
    | operand NOT IN '(' literals ')'
      { $$ = make_InList(parser, @$, (Node_InList){.value = $1, .items = $5, .negated = true}); }
    | operand IN duration TO sum
      { $$ = make_InSpan(parser, @$, (Node_InSpan){.date = $1, .duration = $3, .anchor = $5}); }
    | operand WITHIN duration BEFORE sum
      { $$ = make_Within(parser, @$,
            (Node_Within){.date = $1, .duration = $3, .before = true, .anchor = $5}); }
    | operand WITHIN duration AFTER sum
      { $$ = make_Within(parser, @$,
            (Node_Within){.date = $1, .duration = $3, .before = false, .anchor = $5}); }
    | operand IS MISSING
      { $$ = make_IsMissing(parser, @$, (Node_IsMissing){.value = $1}); }
    | operand IS NOT MISSING
      { $$ = make_IsMissing(parser, @$, (Node_IsMissing){.value = $1, .negated = true}); }
    ;

comparison:
      operand comparison_sign operand { $$ = comparison_of(parser, @$, $2, $1, $3); }
    | comparison comparison_sign operand { $$ = comparison_chain(parser, @$); }
    ;

comparison_sign:
      '=' { $$ = COMPARISON_EQUAL; }
    | NOT_EQUAL { $$ = COMPARISON_NOT_EQUAL; }
    | '<' { $$ = COMPARISON_LESS; }
    | LESS_EQUAL { $$ = COMPARISON_LESS_EQUAL; }
    | '>' { $$ = COMPARISON_GREATER; }
    | GREATER_EQUAL { $$ = COMPARISON_GREATER_EQUAL; }
    ;

literals:
      literal { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | literals ',' literal { $$ = nodes_add(parser, $1, $3); }
    ;

literal:
      target_value
    | TEXT { $$ = make_TextLiteral(parser, @$, (Node_TextLiteral){.text = $1}); }
    | DATE { $$ = make_DateLiteral(parser, @$, (Node_DateLiteral){.date = $1.date}); }
    ;

/* ---- expressions ---- */

operand:
      sum
    | ELAPSED sum TO sum { $$ = make_Elapsed(parser, @$, (Node_Elapsed){.from = $2, .to = $4}); }
    ;

sums:
      sum { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | sums ',' sum { $$ = nodes_add(parser, $1, $3); }
    ;

sum:
      product
    | sum '+' product
      { $$ = make_Arithmetic(parser, @$,
            (Node_Arithmetic){.op = ARITHMETIC_ADD, .left = $1, .right = $3}); }
    | sum '-' product
      { $$ = make_Arithmetic(parser, @$,
            (Node_Arithmetic){.op = ARITHMETIC_SUBTRACT, .left = $1, .right = $3}); }
    ;

product:
      factor
    | product '*' factor
      { $$ = make_Arithmetic(parser, @$,
            (Node_Arithmetic){.op = ARITHMETIC_MULTIPLY, .left = $1, .right = $3}); }
    | product '/' factor
      { $$ = make_Arithmetic(parser, @$,
            (Node_Arithmetic){.op = ARITHMETIC_DIVIDE, .left = $1, .right = $3}); }
    ;

factor:
      primary
    | '-' primary { $$ = negated(parser, @$, $2); }
    ;

primary:
      number_literal
    | TEXT { $$ = make_TextLiteral(parser, @$, (Node_TextLiteral){.text = $1}); }
    | DATE { $$ = make_DateLiteral(parser, @$, (Node_DateLiteral){.date = $1.date}); }
    | PERIOD { $$ = make_PeriodLiteral(parser, @$, (Node_PeriodLiteral){.period = $1.period}); }
    | duration
    | path
    | name '(' ')' { $$ = make_Call(parser, @$, (Node_Call){.name = $1}); }
    | name '(' arguments ')'
      { $$ = make_Call(parser, @$, (Node_Call){.name = $1, .arguments = $3}); }
    | '(' condition ')' { $$ = make_Parentheses(parser, @$, (Node_Parentheses){.inner = $2}); }
    | '(' quantity ')' { $$ = make_Parentheses(parser, @$, (Node_Parentheses){.inner = $2}); }
    ;

number_literal:
      NUMBER { $$ = number_of(parser, $1); }
    | PERCENTAGE { $$ = number_of(parser, $1); }
    | MONEY { $$ = number_of(parser, $1); }
    ;

arguments:
      condition { $$ = nodes_add(parser, (NodeList){0}, $1); }
    | arguments ',' condition { $$ = nodes_add(parser, $1, $3); }
    ;

path:
      name { $$ = make_NameUse(parser, @$, (Node_NameUse){.name = $1}); }
    | PERIOD_WORD START
      { $$ = make_PeriodWordUse(parser, @$, (Node_PeriodWordUse){.word = PERIOD_WORD_START}); }
    | PERIOD_WORD END
      { $$ = make_PeriodWordUse(parser, @$, (Node_PeriodWordUse){.word = PERIOD_WORD_END}); }
    | TAKEN DATE_WORD
      { $$ = make_PeriodWordUse(parser, @$, (Node_PeriodWordUse){.word = PERIOD_WORD_TAKEN}); }
    | path MEMBER { $$ = make_Member(parser, @$, (Node_Member){.base = $1, .name = $2}); }
    ;

duration:
      NUMBER unit { $$ = duration_of(parser, @$, $1, $2); }
    | NUMBER WORKING day { $$ = duration_of(parser, @$, $1, DURATION_WORKING_DAYS); }
    ;

unit:
      day { $$ = DURATION_DAYS; }
    | WEEK { $$ = DURATION_WEEKS; }
    | WEEKS { $$ = DURATION_WEEKS; }
    | MONTH { $$ = DURATION_MONTHS; }
    | MONTHS { $$ = DURATION_MONTHS; }
    | QUARTER { $$ = DURATION_QUARTERS; }
    | QUARTERS { $$ = DURATION_QUARTERS; }
    | YEAR { $$ = DURATION_YEARS; }
    | YEARS { $$ = DURATION_YEARS; }
    ;

day: DAY | DAYS ;

/* Words that are names wherever they mean nothing else. An alias is never `by`: it would look like
 * the `by` of first and last. */
name: alias | BY ;

alias:
      NAME | ACADEMIC | ACROSS | AFTER | AMBER | AS | AT | AVAILABLE | BAND | BEFORE | BEHIND | BELOW
    | CALENDAR | CASES | CHART | COMPARABLE | COMPARED | COUNT | DATE_WORD | DAY | DAYS | END | EVERY | EXCLUDED | FINANCIAL
    | FLOOR | FLOW | FROM | GREEN | HIGH | IMPROVING | LEAST | LINK | LOW | MEMBERS
    | MEMBER_WORD | MESSAGE | MONTH | MONTHS | MORE | NEUTRAL | NO | NUMBER_WORD | ON | ONLY | OPEN | OPTIONAL
    | OTHER | OTHERWISE | PER | PERCENT | PERIOD_WORD | POINT | POINTS | POOLED | POPULATION
    | PREVIOUS | QUARTER | QUARTERS | RED | ROLLING | SAME | SHARE | SNAPSHOT | START | STATUS
    | STOCK | TAKEN | TARGET | TO | TOTAL | UNDER | UNKNOWN | WEEK | WEEKS | WHICH | WITH | WORKING
    | WORSENING | YEAR | YEARS
    ;

%%

const char *kpi_token_words(int token) {
    return yysymbol_name(YYTRANSLATE(token));
}

static void kpi_error(const Span *at, Parser *parser, const char *words) {
    (void)words; /* only ever that the stack is full */
    parser_report(parser, DIAG_too_deep, *at, "nested more than %u levels deep", PARSE_MAX_DEPTH);
}

static int yyreport_syntax_error(const yypcontext_t *context, Parser *parser) {
    yysymbol_kind_t kinds[YYNTOKENS];
    const char *words[YYNTOKENS];
    int len = yypcontext_expected_tokens(context, kinds, YYNTOKENS);
    for (int i = 0; i < len; i++)
        words[i] = yysymbol_name(kinds[i]);
    yysymbol_kind_t found = yypcontext_token(context);
    SyntaxFault fault = {.found = found == YYSYMBOL_YYEMPTY ? "" : yysymbol_name(found),
                         .at = *yypcontext_location(context),
                         .expected = words,
                         .len = len > 0 ? (size_t)len : 0};
    fault_report(parser, &fault);
    return 0;
}
