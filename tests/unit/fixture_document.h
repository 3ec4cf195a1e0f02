/* A report made from a small project with its rows inline (tests/data/report/mini.kpi), for tests
 * of the document and of its renderers. */
#ifndef TESTS_FIXTURE_DOCUMENT_H
#define TESTS_FIXTURE_DOCUMENT_H

#include "cli/evaluation.h"
#include "report/document.h"

typedef struct Fixture {
    Session *session;
    Workspace workspace;
    Arena *run;
    ReportModel report;
    Evaluation evaluation, series;
    const Narrative *narrative;
    const Document *document; /* NULL: the narrative has errors */
} Fixture;

/* Reads the project, declares a report over it, and computes a month. `narrative`: NULL for none.
 */
Fixture *fixture_document(const char *month, const char *narrative);
void fixture_document_free(Fixture *fixture);
/* A file of tests/data/report/ in the arena; NULL if it is not there. */
char *fixture_file(Arena *arena, const char *name);
/* Whether a message of this code says these words. */
bool fixture_says(const Fixture *fixture, const char *code, const char *words);
/* The row of an indicator in the document's tables; NULL. */
const DocumentRow *fixture_row(const Document *document, const char *id);
/* The text of the n-th line of a cell, with label, symbol and note as the text form shows them. */
bool cell_says(const DocumentCell *cell, const char *words);

#endif
