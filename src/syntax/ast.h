/* The abstract syntax tree: what was written, with a span on every node.
 *
 * In: the parser's constructor calls. Out: a read-only tree for sema and the formatter. Nodes are
 * immutable after the parse and live in the session's arena. Nothing after sema sees one.
 *
 * To add a node: one line in nodes.def; the compiler then lists every switch that must know it.
 * Depth (200) and number (100,000 a file) are bounded where nodes are built (build.h): there is a
 * message, and a BROKEN_CLAUSE, never a deeper tree.
 */
#ifndef SYNTAX_AST_H
#define SYNTAX_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/num.h"
#include "base/period.h"
#include "base/session.h"
#include "base/terms.h"
#include "base/vec.h"

typedef struct Node Node;

/* A name as written, and where. atom NULL: not there. */
typedef struct Name {
    Atom atom;
    Span span;
} Name;
/* A text without its quotes, UTF-8, and where. text NULL: not there. Fenced text: the lines without
 * their common indentation, first and last line break dropped. */
typedef struct Text {
    const char *text;
    Span span;
    bool fenced;
} Text;
typedef VEC(Node *) NodeList;
typedef VEC(Name) NameList;
typedef VEC(Text) TextList;

typedef enum NodeKind {
#define NODE(TAG, Name_, fields) NODE_##TAG,
#define FIELD(type, name)
#define CHILD(name)
#define CHILDREN(name)
#include "syntax/nodes.def"
#undef NODE
#undef FIELD
#undef CHILD
#undef CHILDREN
    NODE_KINDS
} NodeKind;

/* struct Node_Rowset { ... } and so on; an empty one holds a byte, for C11. */
#define FIELD(type, name) type name;
#define CHILD(name) Node *name;
#define CHILDREN(name) NodeList name;
#define NODE(TAG, Name_, fields)                                                                   \
    typedef struct Node_##Name_ {                                                                  \
        fields char end_;                                                                          \
    } Node_##Name_;
#include "syntax/nodes.def"
#undef NODE
#undef FIELD
#undef CHILD
#undef CHILDREN

/* A node is allocated with only the payload of its kind: read it through node_Rowset(node) and so
 * on, which assert the kind. */
struct Node {
    NodeKind kind;
    uint16_t depth;
    Span span;
    /* the payload follows */
};

#define NODE(TAG, Name_, fields) const Node_##Name_ *node_##Name_(const Node *node);
#define FIELD(type, name)
#define CHILD(name)
#define CHILDREN(name)
#include "syntax/nodes.def"
#undef NODE
#undef FIELD
#undef CHILD
#undef CHILDREN

/* A node with a copy of its payload (a Node_X of this kind); works out the depth. Only the parser
 * makes nodes, through the constructors that check the limits. */
Node *ast_node(Arena *arena, NodeKind kind, Span span, const void *payload);
/* "ROWSET" */
const char *node_kind_name(NodeKind kind);
/* The i-th child in the order of nodes.def, lists flattened; NULL children are skipped; false past
 * the last. */
bool node_child(const Node *node, size_t i, Node **child);
/* Same tree, whatever the spans, layout and comments; parentheses count as layout. */
bool ast_equal(const Node *a, const Node *b);
/* One line a node, indented: for --dump=ast and goldens. */
void ast_dump(StrBuf *out, const Node *node);

#endif
