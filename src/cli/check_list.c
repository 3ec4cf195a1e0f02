#include "cli/check_list.h"

#include <jansson.h>
#include <string.h>

#include "sema/checks.h"

static const char *severity_of(CheckId check) {
    static const char *const words[] = {"note", "warning", "error"};
    const CheckInfo *info = check_info(check);
    return info->on ? words[diag_info((int)info->code)->severity] : "off";
}

static int widest_name(void) {
    size_t widest = 0;
    for (size_t i = 0; i < CHECKS; i++) {
        size_t len = strlen(check_name((CheckId)i));
        widest = len > widest ? len : widest;
    }
    return (int)widest;
}

void check_list_text(StrBuf *out) {
    int width = widest_name();
    for (size_t i = 0; i < CHECKS; i++) {
        const DiagInfo *info = diag_info((int)check_info((CheckId)i)->code);
        strbuf_addf(out, "KPI%04d  %-*s  %-7s  %s\n", info->number, width, info->name,
                    severity_of((CheckId)i), info->title);
    }
}

static int add_bytes(const char *bytes, size_t len, void *out) {
    strbuf_add_len(out, bytes, len);
    return 0;
}

void check_list_json(StrBuf *out) {
    json_t *list = json_array();
    for (size_t i = 0; i < CHECKS; i++) {
        const CheckInfo *check = check_info((CheckId)i);
        const DiagInfo *info = diag_info((int)check->code);
        json_array_append_new(
            list, json_pack("{s:o, s:s, s:s, s:s, s:s, s:s}", "code",
                            json_sprintf("KPI%04d", info->number), "name", info->name, "family",
                            check_family_word(check->family), "severity", severity_of((CheckId)i),
                            "title", info->title, "help", info->help));
    }
    json_dump_callback(list, add_bytes, out, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    strbuf_add_char(out, '\n');
    json_decref(list);
}
