#include "tests/unit/conforms.h"

#include <check.h>
#include <stdbool.h>
#include <string.h>

static bool type_fits(const char *type, const json_t *value) {
    return (strcmp(type, "object") == 0 && json_is_object(value)) ||
           (strcmp(type, "array") == 0 && json_is_array(value)) ||
           (strcmp(type, "string") == 0 && json_is_string(value)) ||
           (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
           (strcmp(type, "number") == 0 && json_is_number(value)) ||
           (strcmp(type, "boolean") == 0 && json_is_boolean(value)) ||
           (strcmp(type, "null") == 0 && json_is_null(value));
}

static bool any_type_fits(const json_t *types, const json_t *value) {
    if (!types)
        return true;
    if (json_is_string(types))
        return type_fits(json_string_value(types), value);
    for (size_t i = 0; i < json_array_size(types); i++)
        if (type_fits(json_string_value(json_array_get(types, i)), value))
            return true;
    return false;
}

static bool any_equal(const json_t *choices, const json_t *value) {
    for (size_t i = 0; i < json_array_size(choices); i++)
        if (json_equal(json_array_get(choices, i), value))
            return true;
    return choices == NULL;
}

static void assert_object_conforms(const json_t *root, const json_t *schema, json_t *value,
                                   const char *where) {
    const json_t *required = json_object_get(schema, "required");
    const json_t *properties = json_object_get(schema, "properties");
    for (size_t i = 0; i < json_array_size(required); i++) {
        const char *key = json_string_value(json_array_get(required, i));
        ck_assert_msg(json_object_get(value, key) != NULL, "%s: no %s", where, key);
    }
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member) {
        const json_t *inner = json_object_get(properties, key);
        if (!inner)
            inner = json_object_get(schema, "additionalProperties");
        ck_assert_msg(inner != NULL, "%s: %s is not in the schema", where, key);
        assert_conforms(root, inner, member, key);
    }
}

/* As much of JSON Schema as the schema uses: $ref, const, enum, type, required, properties, items.
 */
void assert_conforms(const json_t *root, const json_t *schema, const json_t *value,
                     const char *where) {
    const char *reference = json_string_value(json_object_get(schema, "$ref"));
    if (reference)
        schema = json_object_get(json_object_get(root, "$defs"), strrchr(reference, '/') + 1);
    ck_assert_msg(schema != NULL, "%s: nothing is said of it", where);
    const json_t *constant = json_object_get(schema, "const");
    ck_assert_msg(!constant || json_equal(constant, value), "%s: another constant", where);
    ck_assert_msg(any_equal(json_object_get(schema, "enum"), value), "%s: not in its list", where);
    ck_assert_msg(any_type_fits(json_object_get(schema, "type"), value), "%s: wrong type", where);
    if (json_is_object(value) && json_object_get(schema, "properties"))
        assert_object_conforms(root, schema, (json_t *)value, where);
    const json_t *items = json_object_get(schema, "items");
    for (size_t i = 0; items && i < json_array_size(value); i++)
        assert_conforms(root, items, json_array_get(value, i), where);
}

static json_t *read_json(const char *text) {
    json_error_t error;
    json_t *value = json_loads(text, 0, &error);
    ck_assert_msg(value != NULL, "%s at %d: %s", error.text, error.line, text);
    return value;
}

void assert_conforms_to(const char *schema, const char *json) {
    json_t *root = read_json(schema), *value = read_json(json);
    assert_conforms(root, root, value, "the whole");
    json_decref(value);
    json_decref(root);
}
