/* The language's own words for the enums of ast.h: for the printer, the dump and messages.
 *
 * To add a value to an enum of ast.h: its word in words.c, in the same place.
 */
#ifndef SYNTAX_WORDS_H
#define SYNTAX_WORDS_H

#include "syntax/ast.h"

/* How the fields of nodes are compared, walked and shown: one for each type of nodes.def. */
typedef enum FieldType {
    FIELD_Node,
    FIELD_NodeList,
    FIELD_Name,
    FIELD_NameList,
    FIELD_Text,
    FIELD_TextList,
    FIELD_Num,
    FIELD_Date,
    FIELD_Period,
    FIELD_bool,
    FIELD_int,
    FIELD_ClauseWord, /* the enums start here */
    FIELD_PublishedKind,
    FIELD_BasisKind,
    FIELD_WindowKind,
    FIELD_EveryKind,
    FIELD_GoodKind,
    FIELD_CompareKind,
    FIELD_SameKind,
    FIELD_Colour,
    FIELD_RatingRuleKind,
    FIELD_BandKind,
    FIELD_TimingKind,
    FIELD_QuantityKind,
    FIELD_NumberKind,
    FIELD_DurationUnit,
    FIELD_PeriodWord,
    FIELD_ArithmeticOp,
    FIELD_ComparisonOp,
    FIELD_LogicOp,
    FIELD_ExpectKind
} FieldType;

/* The word of the value of an enum: word_of(FIELD_LogicOp, LOGIC_AND) is "and". */
const char *word_of(FieldType type, int value);

#endif
