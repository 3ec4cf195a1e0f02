/* The registry of checks, and what a project says about them.
 *
 * A check finds a definition that is understood and very likely not what was meant. Each gives one
 * message code. `check NAME SEVERITY "reason"` sets its severity: in a project for all of it, in
 * another declaration for what is said inside it, with `of NAME` for what is said about that
 * declaration; the nearest counts. `off` needs the reason.
 */
#ifndef SEMA_CHECKS_H
#define SEMA_CHECKS_H

#include "sema/model.h"

typedef enum CheckFamily {
    CHECK_FAMILY_JUDGEMENT,
    CHECK_FAMILY_WORDS,
    CHECK_FAMILY_CONDITIONS,
    CHECK_FAMILY_CODES,
    CHECK_FAMILY_PUBLICATION,
    CHECK_FAMILY_UNUSED,
    CHECK_FAMILY_DATA
} CheckFamily;

typedef enum CheckId {
#define CHECK(code, family, subject, on, needs) CHECK_##code,
#include "sema/checks.def"
#undef CHECK
    CHECKS
} CheckId;

typedef struct CheckInfo {
    DiagCode code;
    CheckFamily family;
    bool on;       /* unless a setting says otherwise */
    CheckId needs; /* CHECKS: nothing */
} CheckInfo;

const CheckInfo *check_info(CheckId check);
const char *check_family_word(CheckFamily family);
/* The name of the check, which is its message's: "unused_source". */
const char *check_name(CheckId check);
/* The check that gives this message, or CHECKS. */
CheckId check_of_code(int code);
/* Whether anything is said at this place, and how severely; src 0: by the project. */
bool check_setting_at(const Model *model, CheckId check, Span at, Severity *severity);
/* Gives the messages of checks, from the first-th on, the severities that the settings say, and
 * takes out those that are off. To be called again after more messages. */
void checks_settle(Diags *diags, const Model *model, size_t first);

#endif
