/* What the tables must add up to: every figure of the January 2017 report that comes from records,
 * in one place.
 *
 * A window that the report uses twice (rolling twelve months to December and to January, say) is
 * cut into cells that do not overlap, so that the counts of a cell are simply filled in: the cells
 * of October to December 2015, January to September 2016 and October to December 2016 give the
 * twelve months to September 2016 (the first two) and to December 2016 (the last two). Where the
 * report prints a fraction, the cells add up to it; where it prints a percentage only, a whole was
 * chosen for which the parts round to what is printed.
 *
 * Months before the report's windows have counts that follow the published ones of Somerset
 * (Department for Education, children in need 2013 to 2017), so that the series have the rise and
 * fall that they had. To change a figure of the report, change its cell here; the generator fails
 * where the cells contradict each other.
 */
#ifndef SOMERSET_TARGETS_H
#define SOMERSET_TARGETS_H

#include "calendar.h"

/* The records end here. The report's data was taken on 30 January; the day after is complete too.
 */
#define FIRST_MONTH MONTH(2013, 4)
#define LAST_MONTH MONTH(2017, 1)

/* Some months, from `first` on. */
typedef struct {
    Month first;
    int months;
} Span;

/* ---- referrals and assessments ---- */

/* Referrals received, and those that led to an assessment: 3,636 of 4,364 in the twelve months to
 * September 2016, 3,762 of 4,619 in those to December. 0 assessed: as many as come. */
typedef struct {
    Span span;
    int referrals;
    int assessed;
} ReferralCell;

#define DURATION_BANDS 7
extern const int DURATION_FROM[DURATION_BANDS + 1];

/* Assessments completed, by working days since the referral, and how many of them in which month.
 */
typedef struct {
    Span span;
    int by_month[9];
    int bands[DURATION_BANDS];
} AssessmentCell;

/* Assessments completed within the time of their priority; `permille` where `on_time` is -1. */
typedef struct {
    Span span;
    int on_time;
    int permille;
} TimelinessCell;

#define PRIORITIES 3
extern const char *const PRIORITY_CODES[PRIORITIES];
extern const int PRIORITY_DAYS[PRIORITIES];

/* ---- contacts ---- */

#define AGENCIES 7
extern const char *const AGENCY_CODES[AGENCIES];
typedef struct {
    Span span;
    int contacts[AGENCIES];
    int converted[AGENCIES];
} ContactCell;

/* ---- child protection ---- */

/* One month of child protection: initial conferences (a child each), plans begun, those of them
 * that are the child's second or more within two years, plans open on the last day, and at most how
 * many of these for two years or more. */
typedef struct {
    int conferences;
    int starts;
    int repeats;
    int open;
    int two_years;
} ProtectionMonth;
#define PROTECTION_FIRST MONTH(2010, 4)

/* Enquiries under section 47 completed. */
typedef struct {
    Span span;
    int completed;
} EnquiryCell;

/* Visits to children on plans that were late, of a thousand. */
typedef struct {
    Span span;
    int late_permille;
} LatenessCell;

/* Children whose conferences fell in these months and not in the others, and those of them who
 * attended: 36 of 398 in October to December, 32 of 417 in November to January. */
typedef struct {
    int october_only;
    int november_december;
    int january_only;
} ConferenceChildren;

/* Young people whom an advocate supported in child protection, a month; those at an initial
 * conference, each at another one. */
typedef struct {
    Month month;
    int supported;
    int initial;
} AdvocacyMonth;

/* ---- children in need ---- */

/* Plans begun from one day to another (the first row: each month), those open on 31 December 2016,
 * and those open on 31 January. The intervals are cut so that each lies in one band on either day.
 */
typedef struct {
    int first[3];
    int last[3];
    int starts;
    int open_december;
    int open_january;
} NeedInterval;
#define NEED_INTERVALS 10

/* Open cases without recorded activity for six weeks: children with disabilities, and others. */
typedef struct {
    int disabled;
    int other;
} Inactive;

/* ---- children looked after ---- */

/* How a child is looked after, as far as the report tells them apart. */
typedef enum {
    CARE_OWN_FOSTER,
    CARE_OTHER_FOSTER,
    CARE_RESIDENTIAL,
    CARE_OTHER,
    CARE_CLASSES
} CareClass;
typedef enum {
    ENTERED_LONG_AGO,
    ENTERED_JULY_2014,
    ENTERED_SINCE,
    ENTERED_SEPTEMBER,
    ENTERED_AUTUMN,
    CARE_GROUPS
} CareGroup;

/* 485 children on 31 December, 483 on 10 January, 477 on the 30th, 473 on the 31st. */
typedef struct {
    /* By when they entered: until June 2014, in July 2014, until August 2016, in September, later.
     */
    int groups[CARE_GROUPS];
    /* Of the first group, in the same placement for two years on 31 December; of the second, on
     * 31 January. The first child after the stable ones becomes stable in January. */
    int stable;
    int stable_july;
    /* Entering in January: by the 10th, by the 30th, on the 31st; and the classes of the latter
     * two. */
    int entering[3];
    CareClass entering_classes[7];
    int awaiting_adoption;
    int classes_10_january[CARE_CLASSES];
    int in_county_10_january;
    int in_county_30_january;
    int far_december;
    int far_january;
    /* In care for four months without a plan for permanence; those who get one in January; and
     * those who reach four months in January without one. */
    int no_plan_december;
    int no_plan_made_january;
    int no_plan_new_january;
} CareTargets;

/* A child who leaves in January, or a move in it: how many such. */
typedef struct {
    int phase;
    CareGroup group;
    CareClass from;
    int stable;
    int count;
} CareLeave;
typedef struct {
    CareClass from;
    CareClass to;
    int stable;
    int count;
} CareMove;

/* Children looked after at the end of some months; in between as many as lie between. */
typedef struct {
    Month month;
    int children;
} CareStock;

/* Placements begun in a month that were emergencies, and those of parent and child. */
typedef struct {
    Month month;
    int emergency;
    int parent_child;
} PlacementMonth;

/* Days from entering care to being placed for adoption: April to December 2016 (9,363 over 20
 * children), and January 2017 (10,632 over 24 with them). */
#define ADOPTIONS_TO_DECEMBER 20
#define ADOPTIONS_IN_JANUARY 4
extern const int ADOPTION_DAYS[ADOPTIONS_TO_DECEMBER + ADOPTIONS_IN_JANUARY];

/* ---- care leavers, by age from 17 ---- */

#define LEAVER_AGES 5
typedef struct {
    int leavers[LEAVER_AGES];
    int neet[LEAVER_AGES];
    int suitable;
} LeaverTargets;

/* ---- missing ---- */

/* Missing episodes that ended, and those with an interview accepted. */
typedef struct {
    Span span;
    int episodes;
    int interviews;
} MissingCell;

/* Children whom the police list, by how often in one span and in another: 183 are there more than
 * once in the twelve months to September 2016 and in those to December. */
typedef struct {
    int persons;
    Span spans[2];
    int least[2];
    int most[2];
} PolicePattern;

/* ---- what is no record of a child ---- */

/* Spent in a month, in pounds. */
typedef struct {
    Month month;
    long fostering;
    long residential;
} SpendMonth;

/* A meeting of the CSE subgroup: partners invited, and those who came. */
typedef struct {
    int meeting[3];
    int invited;
    int attended;
} MeetingTarget;

/* Fostering households approved for children over ten, and others: first those of before, then
 * those approved between 11 and 30 January 2017. */
typedef struct {
    int over_ten;
    int over_ten_new;
    int others;
    int ended;
} CarerTargets;

/* Pupils of one year and stage: those looked after, and all; -1 is not yet published. */
typedef struct {
    int year;
    const char *stage;
    int cohort;
    int reached;
    int reached_with_english_and_maths;
    int all_pupils;
    int all_reached;
} AttainmentTarget;

/* Children aged 0 to 17, as estimated for 30 June and published on a day. */
typedef struct {
    int year;
    int persons;
    int published[3];
} PopulationEstimate;

/* All tables; each of the lists ends with a span or month of 0. */
extern const ReferralCell REFERRAL_CELLS[];
extern const AssessmentCell ASSESSMENT_CELLS[];
extern const TimelinessCell TIMELINESS_CELLS[];
extern const ContactCell CONTACT_CELLS[];
extern const ProtectionMonth PROTECTION_MONTHS[];
extern const EnquiryCell ENQUIRY_CELLS[];
extern const LatenessCell LATENESS_CELLS[];
extern const ConferenceChildren CONFERENCE_CHILDREN;
extern const ConferenceChildren CONFERENCE_ATTENDED;
extern const AdvocacyMonth ADVOCACY_MONTHS[];
extern const NeedInterval NEED_INTERVALS_TABLE[NEED_INTERVALS];
extern const Inactive INACTIVE_DECEMBER_ONLY, INACTIVE_BOTH, INACTIVE_JANUARY_ONLY;
extern const CareTargets CARE_TARGETS;
extern const CareLeave CARE_LEAVES[];
extern const CareMove CARE_MOVES[];
extern const PlacementMonth PLACEMENT_MONTHS[];
extern const LeaverTargets LEAVERS_DECEMBER, LEAVERS_JANUARY;
extern const MissingCell MISSING_CELLS[];
extern const SpendMonth SPEND_MONTHS[];
extern const MeetingTarget MEETINGS[];
extern const CarerTargets CARERS;
extern const AttainmentTarget ATTAINMENT[];
extern const PopulationEstimate POPULATION[];
extern const CareStock CARE_STOCKS[];
extern const PolicePattern POLICE_PATTERNS[];

#endif
