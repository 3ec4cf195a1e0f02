/* check_statistics FOLDER: compares with the tables of expected results in FOLDER, and prints how
 * many rows of each agree. Ends with 1 if a row disagrees or the folder has none of the tables,
 * with 2 if it was called wrongly. */
#include <stdio.h>

#include "tests/statistics/statistics_tables.h"

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: check_statistics FOLDER\n");
        return 2;
    }
    StrBuf report = {0};
    StatisticsOutcome outcome = statistics_compare(argv[1], STATISTICS_SHIPPED, &report);
    printf("%s%zu of %zu rows agree in %zu files\n", strbuf_text(&report),
           outcome.rows > outcome.disagreed ? outcome.rows - outcome.disagreed : 0, outcome.rows,
           outcome.files);
    strbuf_fini(&report);
    return outcome.files > 0 && outcome.disagreed == 0 ? 0 : 1;
}
