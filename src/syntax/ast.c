#include "syntax/ast.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "syntax/words.h"

/* ---- what each kind holds, from nodes.def ---- */

typedef struct Field {
    FieldType type;
    size_t offset;
    const char *name; /* NULL ends the list */
} Field;

typedef struct Kind {
    const char *name;
    size_t size;
    const Field *fields;
} Kind;

#define FIELD(type, name) {FIELD_##type, offsetof(Self, name), #name},
#define CHILD(name) {FIELD_Node, offsetof(Self, name), #name},
#define CHILDREN(name) {FIELD_NodeList, offsetof(Self, name), #name},
#define NODE(TAG, Name_, fields_)                                                                  \
    static const Field *fields_of_##Name_(void) {                                                  \
        typedef Node_##Name_ Self;                                                                 \
        static const Field list[] = {fields_{FIELD_int, sizeof(Self), NULL}};                      \
        return list;                                                                               \
    }
#include "syntax/nodes.def"
#undef NODE
#undef FIELD
#undef CHILD
#undef CHILDREN

#define FIELD(type, name)
#define CHILD(name)
#define CHILDREN(name)
/* dispatch */
static const Field *fields_of(NodeKind kind) {
    switch (kind) {
#define NODE(TAG, Name_, fields_)                                                                  \
    case NODE_##TAG:                                                                               \
        return fields_of_##Name_();
#include "syntax/nodes.def"
#undef NODE
    case NODE_KINDS:
        break;
    }
    return NULL;
}

static const struct {
    const char *name;
    size_t size;
} kinds[] = {
#define NODE(TAG, Name_, fields_) [NODE_##TAG] = {#TAG, sizeof(Node_##Name_)},
#include "syntax/nodes.def"
#undef NODE
};

/* The payload follows the node at the alignment of its strictest member, Num. */
#define PAYLOAD_OFFSET ((sizeof(Node) + 15) / 16 * 16)

static const char *payload_of(const Node *node) {
    return (const char *)node + PAYLOAD_OFFSET;
}

#define NODE(TAG, Name_, fields_)                                                                  \
    const Node_##Name_ *node_##Name_(const Node *node) {                                           \
        assert(node->kind == NODE_##TAG);                                                          \
        return (const Node_##Name_ *)(const void *)payload_of(node);                               \
    }
#include "syntax/nodes.def"
#undef NODE
#undef FIELD
#undef CHILD
#undef CHILDREN

const char *node_kind_name(NodeKind kind) {
    return kinds[kind].name;
}

/* ---- making and walking ---- */

static const void *field_at(const Node *node, const Field *field) {
    return payload_of(node) + field->offset;
}

/* A member of a field at an address that the table of fields says has this type. */
#define AS(type, at) (*(type const *)(at))

static uint16_t depth_of(const Node *node) {
    uint16_t depth = 0;
    for (const Field *field = fields_of(node->kind); field->name; field++) {
        if (field->type == FIELD_Node) {
            const Node *child = AS(Node *, field_at(node, field));
            if (child && child->depth >= depth)
                depth = child->depth;
        } else if (field->type == FIELD_NodeList) {
            const NodeList *list = field_at(node, field);
            for (size_t i = 0; i < list->len; i++)
                if (list->items[i]->depth > depth)
                    depth = list->items[i]->depth;
        }
    }
    return (uint16_t)(depth + 1);
}

Node *ast_node(Arena *arena, NodeKind kind, Span span, const void *payload) {
    Node *node = arena_alloc(arena, PAYLOAD_OFFSET + kinds[kind].size);
    node->kind = kind;
    node->span = span;
    memcpy((char *)node + PAYLOAD_OFFSET, payload, kinds[kind].size);
    node->depth = depth_of(node);
    return node;
}

bool node_child(const Node *node, size_t i, Node **child) {
    for (const Field *field = fields_of(node->kind); field->name; field++) {
        if (field->type == FIELD_Node) {
            Node *only = AS(Node *, field_at(node, field));
            if (only && i-- == 0) {
                *child = only;
                return true;
            }
        } else if (field->type == FIELD_NodeList) {
            const NodeList *list = field_at(node, field);
            if (i < list->len) {
                *child = list->items[i];
                return true;
            }
            i -= list->len;
        }
    }
    return false;
}

/* ---- equality ---- */

static bool text_equal(Text a, Text b) {
    if (!a.text || !b.text)
        return a.text == b.text;
    return strcmp(a.text, b.text) == 0;
}

static bool names_equal(const NameList *a, const NameList *b) {
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (a->items[i].atom != b->items[i].atom)
            return false;
    return true;
}

static bool texts_equal(const TextList *a, const TextList *b) {
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (!text_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool nodes_equal(const NodeList *a, const NodeList *b) {
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (!ast_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool period_equal(Period a, Period b) {
    return a.kind == b.kind && a.start == b.start && a.end == b.end;
}

/* dispatch */
static bool field_equal(FieldType type, const void *a, const void *b) {
    switch (type) {
    case FIELD_Node:
        return ast_equal(AS(Node *, a), AS(Node *, b));
    case FIELD_NodeList:
        return nodes_equal(a, b);
    case FIELD_Name:
        return AS(Name, a).atom == AS(Name, b).atom;
    case FIELD_NameList:
        return names_equal(a, b);
    case FIELD_Text:
        return text_equal(AS(Text, a), AS(Text, b));
    case FIELD_TextList:
        return texts_equal(a, b);
    case FIELD_Num:
        return AS(Num, a).n == AS(Num, b).n && AS(Num, a).d == AS(Num, b).d;
    case FIELD_Date:
        return AS(Date, a) == AS(Date, b);
    case FIELD_Period:
        return period_equal(AS(Period, a), AS(Period, b));
    case FIELD_bool:
        return AS(bool, a) == AS(bool, b);
    case FIELD_int:
    case FIELD_ClauseWord: /* the enums: all of int's size */
    case FIELD_PublishedKind:
    case FIELD_BasisKind:
    case FIELD_WindowKind:
    case FIELD_EveryKind:
    case FIELD_GoodKind:
    case FIELD_CompareKind:
    case FIELD_SameKind:
    case FIELD_Colour:
    case FIELD_RatingRuleKind:
    case FIELD_BandKind:
    case FIELD_TimingKind:
    case FIELD_QuantityKind:
    case FIELD_NumberKind:
    case FIELD_DurationUnit:
    case FIELD_PeriodWord:
    case FIELD_ArithmeticOp:
    case FIELD_ComparisonOp:
    case FIELD_LogicOp:
    case FIELD_ExpectKind:
        return memcmp(a, b, sizeof(int)) == 0;
    }
    return false;
}

static const Node *inside_parentheses(const Node *node) {
    while (node && node->kind == NODE_PARENTHESES)
        node = node_Parentheses(node)->inner;
    return node;
}

bool ast_equal(const Node *a, const Node *b) {
    a = inside_parentheses(a);
    b = inside_parentheses(b);
    if (!a || !b || a->kind != b->kind)
        return a == b;
    for (const Field *field = fields_of(a->kind); field->name; field++)
        if (!field_equal(field->type, field_at(a, field), field_at(b, field)))
            return false;
    return true;
}

/* ---- dump ---- */

static void dump_node(StrBuf *out, const Node *node, const char *label, size_t depth);

static void dump_text(StrBuf *out, const char *text) {
    strbuf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '\n')
            strbuf_add(out, "\\n");
        else if (*text == '"' || *text == '\\')
            strbuf_addf(out, "\\%c", *text);
        else
            strbuf_add_char(out, *text);
    }
    strbuf_add_char(out, '"');
}

static void dump_number(StrBuf *out, Num number) {
    if (!num_print_exact(out, number))
        strbuf_add(out, "?");
}

static void dump_label(StrBuf *out, const char *name) {
    strbuf_addf(out, " %s=", name);
}

static void dump_names(StrBuf *out, const char *name, const NameList *list) {
    dump_label(out, name);
    for (size_t i = 0; i < list->len; i++)
        strbuf_addf(out, "%s%s", i ? "," : "", list->items[i].atom);
}

static void dump_texts(StrBuf *out, const char *name, const TextList *list) {
    dump_label(out, name);
    for (size_t i = 0; i < list->len; i++) {
        strbuf_add(out, i ? "," : "");
        dump_text(out, list->items[i].text);
    }
}

/* Numbers and dates that are zero because the clause has none. */
static bool is_absent(NodeKind kind, const char *name) {
    return (kind == NODE_QUANTITY && strcmp(name, "percentile") == 0) ||
           (kind == NODE_BASIS && strcmp(name, "per") == 0) || kind == NODE_CODE ||
           (kind == NODE_TARGET && strcmp(name, "from") == 0) ||
           (kind == NODE_WINDOW && strcmp(name, "year_end") == 0);
}

static void dump_enum(StrBuf *out, const Field *field, const void *at) {
    int value;
    memcpy(&value, at, sizeof value);
    const char *word = word_of(field->type, value);
    if (strcmp(word, "none") != 0)
        strbuf_addf(out, " %s=%s", field->name, word);
}

/* dispatch */
static void dump_field(StrBuf *out, NodeKind kind, const Field *field, const void *at) {
    switch (field->type) {
    case FIELD_Node:
    case FIELD_NodeList:
        return; /* on lines of their own */
    case FIELD_Name:
        if (AS(Name, at).atom)
            strbuf_addf(out, " %s=%s", field->name, AS(Name, at).atom);
        return;
    case FIELD_NameList:
        if (((const NameList *)at)->len > 0)
            dump_names(out, field->name, at);
        return;
    case FIELD_Text:
        if (AS(Text, at).text) {
            dump_label(out, field->name);
            dump_text(out, AS(Text, at).text);
        }
        return;
    case FIELD_TextList:
        if (((const TextList *)at)->len > 0)
            dump_texts(out, field->name, at);
        return;
    case FIELD_Num:
        if (AS(Num, at).n == 0 && is_absent(kind, field->name))
            return;
        dump_label(out, field->name);
        dump_number(out, AS(Num, at));
        return;
    case FIELD_Date:
        if (AS(Date, at) == 0 && is_absent(kind, field->name))
            return;
        dump_label(out, field->name);
        date_print_iso(out, AS(Date, at));
        return;
    case FIELD_Period:
        if (AS(Period, at).end == 0)
            return;
        dump_label(out, field->name);
        period_print(out, AS(Period, at));
        return;
    case FIELD_bool:
        if (AS(bool, at))
            strbuf_addf(out, " %s", field->name);
        return;
    case FIELD_int:
        if (AS(int, at) != 0)
            strbuf_addf(out, " %s=%d", field->name, AS(int, at));
        return;
    case FIELD_ClauseWord:
    case FIELD_PublishedKind:
    case FIELD_BasisKind:
    case FIELD_WindowKind:
    case FIELD_EveryKind:
    case FIELD_GoodKind:
    case FIELD_CompareKind:
    case FIELD_SameKind:
    case FIELD_Colour:
    case FIELD_RatingRuleKind:
    case FIELD_BandKind:
    case FIELD_TimingKind:
    case FIELD_QuantityKind:
    case FIELD_NumberKind:
    case FIELD_DurationUnit:
    case FIELD_PeriodWord:
    case FIELD_ArithmeticOp:
    case FIELD_ComparisonOp:
    case FIELD_LogicOp:
    case FIELD_ExpectKind:
        dump_enum(out, field, at);
        return;
    }
}

static void dump_children(StrBuf *out, const Node *node, size_t depth) {
    for (const Field *field = fields_of(node->kind); field->name; field++) {
        if (field->type == FIELD_Node) {
            const Node *child = AS(Node *, field_at(node, field));
            if (child)
                dump_node(out, child, field->name, depth);
        } else if (field->type == FIELD_NodeList) {
            const NodeList *list = field_at(node, field);
            for (size_t i = 0; i < list->len; i++)
                dump_node(out, list->items[i], NULL, depth);
        }
    }
}

static void dump_node(StrBuf *out, const Node *node, const char *label, size_t depth) {
    strbuf_add_times(out, ' ', depth * 2);
    if (label)
        strbuf_addf(out, "%s: ", label);
    strbuf_add(out, node_kind_name(node->kind));
    for (const Field *field = fields_of(node->kind); field->name; field++)
        dump_field(out, node->kind, field, field_at(node, field));
    strbuf_add_char(out, '\n');
    dump_children(out, node, depth + 1);
}

void ast_dump(StrBuf *out, const Node *node) {
    dump_node(out, node, NULL, 0);
}
