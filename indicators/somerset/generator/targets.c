/* The figures; what they mean stands in targets.h. The windows of the report that a row belongs to
 * stand beside it. */
#include "targets.h"

#include <stddef.h>

/* ---- referrals and assessments ---- */

const int DURATION_FROM[DURATION_BANDS + 1] = {0, 1, 11, 21, 31, 41, 46, 91};

const ReferralCell REFERRAL_CELLS[] = {
    {{MONTH(2013, 4), 3}, 1850, 0},
    {{MONTH(2013, 7), 3}, 1800, 0},
    {{MONTH(2013, 10), 3}, 1840, 0},
    {{MONTH(2014, 1), 3}, 1848, 0},
    {{MONTH(2014, 4), 3}, 1500, 0},
    {{MONTH(2014, 7), 3}, 1390, 0},
    {{MONTH(2014, 10), 3}, 1370, 0},
    {{MONTH(2015, 1), 3}, 1331, 0},
    {{MONTH(2015, 4), 3}, 1072, 0},
    {{MONTH(2015, 7), 3}, 991, 0},
    {{MONTH(2015, 10), 3}, 1010, 890}, /* with the next: 3,636 of 4,364 */
    {{MONTH(2016, 1), 9}, 3354, 2746},
    {{MONTH(2016, 10), 3}, 1265, 1016}, /* with the one before: 3,762 of 4,619 */
    {{MONTH(2017, 1), 1}, 410, 330},
    {{0, 0}, 0, 0},
};

/* To September 2016 3,518 assessments: 286 492 609 721 584 327 499, that is 8.13%
 * 14% 17.3% 20.5% 16.6% 9.3% 14.2%. To December 3,700: 289 492 651 755 655 374 484, that
 * is 7.8% 13.3% 17.6% 20.4% 17.7% 10.1% 13%. */
const AssessmentCell ASSESSMENT_CELLS[] = {
    {{MONTH(2013, 4), 3}, {367, 355, 335}, {169, 211, 275, 180, 106, 40, 76}},
    {{MONTH(2013, 7), 3}, {325, 361, 371}, {169, 211, 275, 180, 106, 40, 76}},
    {{MONTH(2013, 10), 3}, {333, 359, 365}, {169, 211, 275, 180, 106, 40, 76}},
    {{MONTH(2014, 1), 3}, {367, 352, 338}, {169, 211, 275, 180, 106, 40, 76}},
    {{MONTH(2014, 4), 3}, {386, 404, 341}, {136, 158, 226, 227, 170, 90, 124}},
    {{MONTH(2014, 7), 3}, {340, 387, 384}, {133, 156, 222, 222, 167, 89, 122}},
    {{MONTH(2014, 10), 3}, {380, 327, 384}, {131, 153, 218, 218, 164, 87, 120}},
    {{MONTH(2015, 1), 3}, {364, 364, 343}, {129, 150, 214, 213, 161, 86, 118}},
    {{MONTH(2015, 4), 3}, {269, 322, 279}, {78, 113, 148, 175, 139, 78, 139}},
    {{MONTH(2015, 7), 3}, {276, 295, 279}, {76, 110, 144, 172, 136, 76, 136}},
    {{MONTH(2015, 10), 3}, {305, 300, 273}, {72, 132, 149, 176, 134, 77, 138}},
    {{MONTH(2016, 1), 9},
     {290, 285, 275, 300, 290, 310, 305, 270, 315},
     {214, 360, 460, 545, 450, 250, 361}},
    {{MONTH(2016, 10), 3}, {365, 370, 325}, {75, 132, 191, 210, 205, 124, 123}},
    {{MONTH(2017, 1), 1}, {350}, {26, 44, 63, 72, 66, 39, 40}},
    {{0, 0}, {0}, {0}},
};

/* To December 2016 2,797 of 3,700 (75.6%), to January 2017 2,873 of 3,760 (76.4%). */
const TimelinessCell TIMELINESS_CELLS[] = {
    {{MONTH(2013, 4), 12}, -1, 690}, {{MONTH(2014, 4), 12}, -1, 683},
    {{MONTH(2015, 4), 6}, -1, 690},  {{MONTH(2015, 10), 3}, -1, 702},
    {{MONTH(2016, 1), 1}, 200, 0},   {{MONTH(2016, 2), 11}, 2597, 0},
    {{MONTH(2017, 1), 1}, 276, 0},   {{0, 0}, 0, 0},
};

const char *const PRIORITY_CODES[PRIORITIES] = {"URGENT", "HIGH", "STANDARD"};
const int PRIORITY_DAYS[PRIORITIES] = {10, 25, 45};

/* ---- contacts ---- */

const char *const AGENCY_CODES[AGENCIES] = {"EDU", "FRI", "HEA", "LA", "OTH", "POL", "SEL"};

/* October to December 2016: 388 612 550 664 1,042 2,327 11 contacts, 152 128 143 140 142 279 2
 * referrals. November to January: 386 658 548 606 1,098 2,200 4, and 159 129 137 131 197 253 0. */
const ContactCell CONTACT_CELLS[] = {
    {{MONTH(2014, 1), 3}, {385, 620, 559, 652, 1078, 2255, 12}, {184, 156, 177, 176, 186, 309, 2}},
    {{MONTH(2014, 4), 3}, {375, 607, 516, 638, 1011, 2289, 12}, {175, 156, 160, 165, 173, 324, 2}},
    {{MONTH(2014, 7), 3}, {238, 550, 496, 550, 903, 1953, 10}, {107, 132, 149, 137, 144, 263, 2}},
    {{MONTH(2014, 10), 3}, {361, 592, 545, 666, 1019, 2227, 12}, {160, 146, 155, 156, 163, 289, 2}},
    {{MONTH(2015, 1), 3}, {361, 574, 531, 670, 1020, 2281, 12}, {160, 138, 154, 168, 170, 299, 2}},
    {{MONTH(2015, 4), 3}, {378, 622, 526, 601, 1026, 2144, 12}, {136, 118, 123, 110, 132, 227, 2}},
    {{MONTH(2015, 7), 3}, {245, 530, 481, 602, 906, 2029, 11}, {87, 111, 120, 123, 127, 223, 2}},
    {{MONTH(2015, 10), 3}, {379, 598, 546, 626, 1064, 2256, 13}, {123, 105, 118, 118, 124, 223, 2}},
    {{MONTH(2016, 1), 3}, {370, 578, 528, 638, 1040, 2159, 12}, {126, 116, 122, 125, 137, 234, 2}},
    {{MONTH(2016, 4), 3}, {370, 595, 527, 639, 993, 2322, 12}, {131, 118, 128, 122, 132, 266, 2}},
    {{MONTH(2016, 7), 3}, {254, 545, 494, 602, 919, 1966, 11}, {100, 121, 128, 130, 139, 231, 2}},
    {{MONTH(2016, 10), 1}, {123, 192, 190, 249, 352, 827, 8}, {45, 44, 51, 52, 34, 103, 2}},
    {{MONTH(2016, 11), 2}, {265, 420, 360, 415, 690, 1500, 3}, {107, 84, 92, 88, 108, 176, 0}},
    {{MONTH(2017, 1), 1}, {121, 238, 188, 191, 408, 700, 1}, {52, 45, 45, 43, 89, 77, 0}},
    {{0, 0}, {0}, {0}},
};

/* ---- child protection ---- */

/* 2016: 510 plans, 71 repeats; February 2016 to January 2017: 535 and 69. Open: 371 in September,
 * 384 in December, 378 in January. Conferences: 532 to September 2016, 574 to December. */
const ProtectionMonth PROTECTION_MONTHS[] = {
    /* 2010/11 */
    {39, 35, 0, 265, 4},
    {40, 36, 0, 268, 4},
    {43, 37, 0, 264, 4},
    {44, 38, 0, 274, 4},
    {40, 36, 0, 274, 4},
    {44, 38, 0, 274, 4},
    {34, 30, 0, 277, 4},
    {36, 33, 0, 273, 4},
    {41, 37, 0, 282, 4},
    {38, 34, 0, 277, 4},
    {41, 36, 0, 281, 4},
    {33, 30, 0, 285, 4},
    /* 2011/12 */
    {42, 38, 0, 284, 6},
    {41, 36, 0, 282, 6},
    {43, 38, 0, 283, 6},
    {42, 38, 0, 287, 6},
    {38, 34, 0, 285, 6},
    {41, 35, 0, 288, 6},
    {39, 35, 0, 284, 6},
    {46, 40, 0, 287, 6},
    {44, 39, 0, 283, 6},
    {38, 34, 0, 286, 6},
    {45, 39, 0, 279, 6},
    {39, 34, 0, 282, 6},
    /* 2012/13 */
    {44, 39, 4, 285, 8},
    {40, 35, 4, 287, 8},
    {38, 34, 3, 285, 8},
    {46, 41, 4, 293, 8},
    {41, 36, 4, 291, 8},
    {41, 36, 4, 295, 8},
    {46, 42, 4, 299, 8},
    {44, 40, 4, 305, 8},
    {41, 36, 4, 304, 8},
    {47, 41, 4, 303, 8},
    {42, 38, 4, 309, 8},
    {45, 39, 4, 310, 8},
    /* 2013/14 */
    {45, 39, 4, 318, 7},
    {53, 46, 5, 331, 7},
    {49, 43, 5, 332, 7},
    {52, 46, 5, 344, 7},
    {52, 45, 5, 354, 7},
    {45, 39, 4, 361, 7},
    {46, 39, 4, 368, 7},
    {45, 38, 4, 375, 7},
    {44, 37, 4, 384, 7},
    {43, 37, 4, 395, 7},
    {44, 39, 4, 406, 7},
    {48, 42, 5, 412, 7},
    /* 2014/15 */
    {55, 47, 7, 420, 9},
    {64, 55, 8, 429, 9},
    {60, 51, 8, 440, 9},
    {58, 51, 8, 457, 9},
    {65, 57, 9, 466, 9},
    {60, 52, 8, 470, 9},
    {58, 50, 8, 483, 9},
    {61, 52, 8, 496, 9},
    {64, 55, 8, 505, 9},
    {54, 47, 7, 511, 9},
    {67, 58, 9, 519, 9},
    {54, 47, 7, 522, 9},
    /* 2015/16 */
    {49, 42, 7, 512, 7},
    {44, 37, 6, 496, 7},
    {41, 35, 6, 486, 7},
    {38, 33, 5, 457, 7},
    {34, 28, 5, 431, 7},
    {34, 30, 5, 410, 7},
    {43, 35, 6, 389, 7},
    {40, 33, 5, 363, 7},
    {34, 28, 5, 338, 7},
    {39, 34, 6, 310, 6},
    {42, 36, 6, 295, 5},
    {45, 40, 5, 280, 4},
    /* 2016/17 */
    {46, 41, 6, 288, 4},
    {49, 44, 7, 305, 4},
    {49, 45, 6, 330, 3},
    {52, 47, 6, 350, 3},
    {42, 38, 5, 358, 3},
    {51, 46, 7, 371, 3},
    {56, 49, 7, 380, 2},
    {54, 48, 6, 386, 2},
    {49, 42, 4, 384, 2},
    {66, 59, 4, 378, 2},
};

/* To September 2016 1,386, to December 1,438. */
const EnquiryCell ENQUIRY_CELLS[] = {
    {{MONTH(2013, 4), 3}, 390},  {{MONTH(2013, 7), 3}, 402},  {{MONTH(2013, 10), 3}, 411},
    {{MONTH(2014, 1), 3}, 417},  {{MONTH(2014, 4), 3}, 498},  {{MONTH(2014, 7), 3}, 486},
    {{MONTH(2014, 10), 3}, 521}, {{MONTH(2015, 1), 3}, 539},  {{MONTH(2015, 4), 3}, 362},
    {{MONTH(2015, 7), 3}, 318},  {{MONTH(2015, 10), 3}, 320}, {{MONTH(2016, 1), 9}, 1066},
    {{MONTH(2016, 10), 3}, 372}, {{MONTH(2017, 1), 1}, 139},  {{0, 0}, 0},
};

/* On time: 92.4% to December 2016, 92.3% to January 2017. */
const LatenessCell LATENESS_CELLS[] = {
    {{MONTH(2014, 1), 3}, 122}, {{MONTH(2014, 4), 6}, 117}, {{MONTH(2014, 10), 6}, 108},
    {{MONTH(2015, 4), 6}, 101}, {{MONTH(2015, 10), 3}, 88}, {{MONTH(2016, 1), 1}, 76},
    {{MONTH(2016, 2), 11}, 76}, {{MONTH(2017, 1), 1}, 87},  {{0, 0}, 0},
};

const ConferenceChildren CONFERENCE_CHILDREN = {128, 270, 147};
const ConferenceChildren CONFERENCE_ATTENDED = {16, 20, 12};

const AdvocacyMonth ADVOCACY_MONTHS[] = {
    {MONTH(2015, 4), 18, 5},
    {MONTH(2015, 5), 20, 6},
    {MONTH(2015, 6), 22, 7},
    {MONTH(2015, 7), 19, 6},
    {MONTH(2015, 8), 15, 4},
    {MONTH(2015, 9), 24, 8},
    {MONTH(2015, 10), 27, 9},
    {MONTH(2015, 11), 26, 8},
    {MONTH(2015, 12), 21, 7},
    {MONTH(2016, 1), 25, 8},
    {MONTH(2016, 2), 28, 9},
    {MONTH(2016, 3), 30, 10},
    {MONTH(2016, 4), 29, 9},
    {MONTH(2016, 5), 31, 10},
    {MONTH(2016, 6), 34, 12},
    {MONTH(2016, 7), 30, 10},
    {MONTH(2016, 8), 26, 8},
    {MONTH(2016, 9), 36, 12},
    {MONTH(2016, 10), 38, 13},
    {MONTH(2016, 11), 42, 15},
    {MONTH(2016, 12), 40, 15},
    {MONTH(2017, 1), 62, 22},
    {0, 0, 0},
};

/* ---- children in need ---- */

/* 1,000 plans on 31 December: 241 140 152 219 248. 1,001 on 31 January: 264 174 132 188 243. */
const NeedInterval NEED_INTERVALS_TABLE[NEED_INTERVALS] = {
    {{1900, 1, 1}, {2015, 12, 31}, 190, 248, 213}, {{2016, 1, 1}, {2016, 1, 31}, 178, 35, 30},
    {{2016, 2, 1}, {2016, 6, 30}, 890, 184, 154},  {{2016, 7, 1}, {2016, 7, 31}, 181, 40, 34},
    {{2016, 8, 1}, {2016, 9, 30}, 350, 112, 91},   {{2016, 10, 1}, {2016, 10, 31}, 187, 50, 41},
    {{2016, 11, 1}, {2016, 11, 19}, 131, 90, 60},  {{2016, 11, 20}, {2016, 12, 20}, 219, 186, 114},
    {{2016, 12, 21}, {2016, 12, 31}, 56, 55, 53},  {{2017, 1, 1}, {2017, 1, 31}, 213, 0, 211},
};

/* 44 in December, 22 of them disabled; 46 in January, 13 of them. */
const Inactive INACTIVE_DECEMBER_ONLY = {18, 16};
const Inactive INACTIVE_BOTH = {4, 6};
const Inactive INACTIVE_JANUARY_ONLY = {9, 27};

/* ---- children looked after ---- */

const CareTargets CARE_TARGETS = {
    .groups = {154, 8, 278, 12, 33},
    .stable = 87,
    .stable_july = 4,
    .entering = {4, 6, 1},
    .entering_classes = {CARE_OWN_FOSTER, CARE_OWN_FOSTER, CARE_OWN_FOSTER, CARE_OWN_FOSTER,
                         CARE_OTHER_FOSTER, CARE_OTHER, CARE_OWN_FOSTER},
    .awaiting_adoption = 10,
    .classes_10_january = {229, 144, 67, 43},
    .in_county_10_january = 353, /* 73% */
    .in_county_30_january = 351, /* 73.6% */
    .far_december = 150,
    .far_january = 149,
    .no_plan_december = 19, /* 421 of 440: 95.7% */
    .no_plan_made_january = 6,
    .no_plan_new_january = 8, /* 411 of 432: 95.14% */
};

/* Those of the 156 who are looked after for two and a half years: 6 leave, 4 of whom were stable.
 */
const CareLeave CARE_LEAVES[] = {
    /* by the 10th: 6 */
    {0, ENTERED_LONG_AGO, CARE_OWN_FOSTER, 1, 1},
    {0, ENTERED_LONG_AGO, CARE_RESIDENTIAL, 0, 1},
    {0, ENTERED_SINCE, CARE_OWN_FOSTER, 0, 1},
    {0, ENTERED_SINCE, CARE_OTHER_FOSTER, 0, 1},
    {0, ENTERED_SINCE, CARE_OTHER, 0, 1},
    {0, ENTERED_AUTUMN, CARE_OWN_FOSTER, 0, 1},
    /* by the 30th: 12 */
    {1, ENTERED_LONG_AGO, CARE_OWN_FOSTER, 1, 1},
    {1, ENTERED_LONG_AGO, CARE_OTHER_FOSTER, 1, 1},
    {1, ENTERED_LONG_AGO, CARE_OWN_FOSTER, 0, 1},
    {1, ENTERED_SINCE, CARE_OWN_FOSTER, 0, 2},
    {1, ENTERED_SINCE, CARE_OTHER_FOSTER, 0, 3},
    {1, ENTERED_SINCE, CARE_RESIDENTIAL, 0, 1},
    {1, ENTERED_SINCE, CARE_OTHER, 0, 2},
    {1, ENTERED_AUTUMN, CARE_OWN_FOSTER, 0, 1},
    /* on the 31st: 5 */
    {2, ENTERED_LONG_AGO, CARE_OWN_FOSTER, 1, 1},
    {2, ENTERED_SINCE, CARE_OWN_FOSTER, 0, 1},
    {2, ENTERED_SINCE, CARE_OTHER_FOSTER, 0, 1},
    {2, ENTERED_SINCE, CARE_RESIDENTIAL, 0, 1},
    {2, ENTERED_AUTUMN, CARE_OTHER_FOSTER, 0, 1},
    {0, ENTERED_AUTUMN, CARE_OTHER, 0, 0},
};

/* Besides four placed for adoption from a foster placement. */
const CareMove CARE_MOVES[] = {
    {CARE_OWN_FOSTER, CARE_RESIDENTIAL, 0, 1},
    {CARE_OTHER_FOSTER, CARE_RESIDENTIAL, 1, 4},
    {CARE_OWN_FOSTER, CARE_OTHER_FOSTER, 1, 3},
    {CARE_OTHER_FOSTER, CARE_OWN_FOSTER, 1, 2},
    {CARE_OTHER, CARE_OTHER, 0, 0},
};

const CareStock CARE_STOCKS[] = {
    {MONTH(2013, 3), 498}, {MONTH(2014, 3), 512},  {MONTH(2015, 3), 516},
    {MONTH(2016, 3), 489}, {MONTH(2016, 12), 485},
};

const PlacementMonth PLACEMENT_MONTHS[] = {
    {MONTH(2014, 4), 2, 1},
    {MONTH(2014, 5), 4, 0},
    {MONTH(2014, 6), 3, 2},
    {MONTH(2014, 7), 1, 1},
    {MONTH(2014, 8), 5, 1},
    {MONTH(2014, 9), 2, 0},
    {MONTH(2014, 10), 3, 1},
    {MONTH(2014, 11), 2, 2},
    {MONTH(2014, 12), 4, 1},
    {MONTH(2015, 1), 3, 0},
    {MONTH(2015, 2), 2, 1},
    {MONTH(2015, 3), 3, 1},
    {MONTH(2015, 4), 4, 2},
    {MONTH(2015, 5), 2, 1},
    {MONTH(2015, 6), 3, 0},
    {MONTH(2015, 7), 5, 1},
    {MONTH(2015, 8), 3, 2},
    {MONTH(2015, 9), 2, 1},
    {MONTH(2015, 10), 1, 1},
    {MONTH(2015, 11), 4, 0},
    {MONTH(2015, 12), 3, 2},
    {MONTH(2016, 1), 2, 1},
    {MONTH(2016, 2), 4, 1},
    {MONTH(2016, 3), 3, 2},
    {MONTH(2016, 4), 2, 1},
    {MONTH(2016, 5), 3, 2},
    {MONTH(2016, 6), 5, 0},
    {MONTH(2016, 7), 4, 1},
    {MONTH(2016, 8), 2, 2},
    {MONTH(2016, 9), 3, 1},
    {MONTH(2016, 10), 4, 2},
    {MONTH(2016, 11), 2, 1},
    {MONTH(2016, 12), 3, 3},
    {MONTH(2017, 1), 5, 2},
    {0, 0, 0},
};

/* The first ten were adopted by December 2016, the next ten wait, the last four are January's. */
const int ADOPTION_DAYS[ADOPTIONS_TO_DECEMBER + ADOPTIONS_IN_JANUARY] = {
    288, 341, 386, 412, 433, 458, 497, 536, 580, 630, 312, 365,
    401, 447, 468, 489, 515, 548, 602, 655, 298, 345, 287, 339};

/* ---- care leavers ---- */

/* 116 of 272, and 124 of 277; 259 (95.2%) and 264 (95.3%) in suitable accommodation. */
const LeaverTargets LEAVERS_DECEMBER = {{5, 49, 53, 83, 82}, {2, 17, 23, 31, 43}, 259};
const LeaverTargets LEAVERS_JANUARY = {{5, 54, 53, 83, 82}, {3, 19, 25, 33, 44}, 264};

/* ---- missing ---- */

/* April to December 2016 163 of 370 (44.1%), to January 186 of 416 (44.7%). */
const MissingCell MISSING_CELLS[] = {
    {{MONTH(2013, 4), 6}, 158, 47},
    {{MONTH(2013, 10), 6}, 171, 55},
    {{MONTH(2014, 4), 6}, 186, 63},
    {{MONTH(2014, 10), 6}, 193, 70},
    {{MONTH(2015, 4), 6}, 205, 79},
    {{MONTH(2015, 10), 6}, 218, 90},
    {{MONTH(2016, 4), 3}, 118, 50},
    {{MONTH(2016, 7), 3}, 126, 55},
    {{MONTH(2016, 10), 3}, 126, 58},
    {{MONTH(2017, 1), 1}, 46, 23},
    {{0, 0}, 0, 0},
};

#define AUTUMN_2015                                                                                \
    { MONTH(2015, 10), 3 }
#define SPRING_2016                                                                                \
    { MONTH(2016, 1), 9 }
#define AUTUMN_2016                                                                                \
    { MONTH(2016, 10), 3 }
#define NEVER                                                                                      \
    { MONTH(2016, 1), 0 }
const PolicePattern POLICE_PATTERNS[] = {
    {68, {{MONTH(2013, 4), 6}, NEVER}, {2, 0}, {5, 0}},
    {81, {{MONTH(2013, 4), 6}, NEVER}, {1, 0}, {1, 0}},
    {71, {{MONTH(2013, 10), 6}, NEVER}, {2, 0}, {5, 0}},
    {84, {{MONTH(2013, 10), 6}, NEVER}, {1, 0}, {1, 0}},
    {76, {{MONTH(2014, 4), 6}, NEVER}, {2, 0}, {5, 0}},
    {86, {{MONTH(2014, 4), 6}, NEVER}, {1, 0}, {1, 0}},
    {79, {{MONTH(2014, 10), 6}, NEVER}, {2, 0}, {5, 0}},
    {88, {{MONTH(2014, 10), 6}, NEVER}, {1, 0}, {1, 0}},
    {85, {{MONTH(2015, 4), 6}, NEVER}, {2, 0}, {5, 0}},
    {90, {{MONTH(2015, 4), 6}, NEVER}, {1, 0}, {1, 0}},
    /* twice or more in what both windows share: 148 */
    {148, {SPRING_2016, NEVER}, {2, 0}, {6, 0}},
    /* to September only: 35; to December only: 35 */
    {20, {AUTUMN_2015, SPRING_2016}, {1, 1}, {2, 1}},
    {15, {AUTUMN_2015, NEVER}, {2, 0}, {4, 0}},
    {18, {SPRING_2016, AUTUMN_2016}, {1, 1}, {1, 2}},
    {17, {AUTUMN_2016, NEVER}, {2, 0}, {4, 0}},
    /* once */
    {58, {AUTUMN_2015, NEVER}, {1, 0}, {1, 0}},
    {171, {SPRING_2016, NEVER}, {1, 0}, {1, 0}},
    {61, {AUTUMN_2016, NEVER}, {1, 0}, {1, 0}},
    {11, {{MONTH(2017, 1), 1}, NEVER}, {2, 0}, {3, 0}},
    {23, {{MONTH(2017, 1), 1}, NEVER}, {1, 0}, {1, 0}},
    {0, {NEVER, NEVER}, {0, 0}, {0, 0}},
};

/* ---- what is no record of a child ---- */

/* April to December 2016: 4,305,094 and 6,313,278; with January 4,943,674 and 7,279,407. */
const SpendMonth SPEND_MONTHS[] = {
    {MONTH(2014, 4), 334120, 452310},
    {MONTH(2014, 5), 341875, 466925},
    {MONTH(2014, 6), 338460, 459180},
    {MONTH(2014, 7), 349015, 471540},
    {MONTH(2014, 8), 352730, 480265},
    {MONTH(2014, 9), 347390, 488710},
    {MONTH(2014, 10), 356945, 493385},
    {MONTH(2014, 11), 361280, 489940},
    {MONTH(2014, 12), 368515, 502175},
    {MONTH(2015, 1), 371060, 511830},
    {MONTH(2015, 2), 365725, 505260},
    {MONTH(2015, 3), 412640, 548495},
    {MONTH(2015, 4), 374310, 515720},
    {MONTH(2015, 5), 381955, 522385},
    {MONTH(2015, 6), 379240, 530910},
    {MONTH(2015, 7), 388675, 538145},
    {MONTH(2015, 8), 392130, 545670},
    {MONTH(2015, 9), 396485, 551235},
    {MONTH(2015, 10), 402920, 560480},
    {MONTH(2015, 11), 408365, 566915},
    {MONTH(2015, 12), 411710, 579340},
    {MONTH(2016, 1), 419055, 588125},
    {MONTH(2016, 2), 423590, 594760},
    {MONTH(2016, 3), 467835, 641395},
    {MONTH(2016, 4), 431206, 622410},
    {MONTH(2016, 5), 446918, 641275},
    {MONTH(2016, 6), 452377, 655930},
    {MONTH(2016, 7), 467540, 683118},
    {MONTH(2016, 8), 471885, 697204},
    {MONTH(2016, 9), 486302, 712866},
    {MONTH(2016, 10), 494118, 735491},
    {MONTH(2016, 11), 512661, 758023},
    {MONTH(2016, 12), 542087, 806961},
    {MONTH(2017, 1), 638580, 966129},
    {0, 0, 0},
};

/* April to December 2016 36 of 43, with January 43 of 54. */
const MeetingTarget MEETINGS[] = {
    {{2014, 5, 14}, 9, 7},  {{2014, 7, 9}, 9, 6},   {{2014, 10, 8}, 9, 7},
    {{2015, 1, 14}, 9, 8},  {{2015, 3, 11}, 9, 7},  {{2015, 5, 13}, 10, 8},
    {{2015, 7, 8}, 10, 7},  {{2015, 9, 16}, 10, 8}, {{2015, 11, 11}, 10, 9},
    {{2016, 1, 13}, 10, 8}, {{2016, 3, 9}, 10, 8},  {{2016, 5, 11}, 11, 9},
    {{2016, 7, 13}, 11, 9}, {{2016, 9, 21}, 10, 9}, {{2016, 11, 16}, 11, 9},
    {{2017, 1, 18}, 11, 7}, {{0, 0, 0}, 0, 0},
};

/* 224 on 10 January, 227 on the 30th. */
const CarerTargets CARERS = {224, 3, 61, 96};

/* Gaps: 43 points at key stage 2 in either year; 50.9 points at key stage 4 in 2015. */
const AttainmentTarget ATTAINMENT[] = {
    {2014, "KS2", 19, 7, 0, 5352, 4119},
    {2015, "KS2", 20, 7, 0, 5400, 4212},
    {2016, "KS2", 22, 4, 0, 5400, 3304},
    {2014, "KS4", 41, 6, 5, 5287, 3561},
    {2015, "KS4", 35, 6, 5, 5300, 3607},
    {2016, "KS4", 44, 9, 6, -1, -1},
    {0, NULL, 0, 0, 0, 0, 0},
};

/* Office for National Statistics, mid-year estimates of children aged 0 to 17 in Somerset (Open
 * Government Licence v3.0). */
const PopulationEstimate POPULATION[] = {
    {2012, 108673, {2013, 6, 26}}, {2013, 108780, {2014, 6, 26}}, {2014, 109061, {2015, 6, 25}},
    {2015, 109236, {2016, 6, 23}}, {2016, 109657, {2017, 6, 22}}, {0, 0, {0, 0, 0}},
};
