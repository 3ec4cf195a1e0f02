/* Messages for other programs: SARIF 2.1.0, which code-scanning services read, and the lines by
 * which a workflow shows messages beside the changed lines. */
#include <inttypes.h>
#include <string.h>

#include <jansson.h>

#include "base/diag_list.h"

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* ---- SARIF ---- */

static const char *sarif_level(Severity severity) {
    static const char *const levels[] = {"note", "warning", "error"};
    return levels[severity];
}

static json_t *sarif_message(const char *words, const char *help) {
    if (!help)
        return json_pack("{s:s}", "text", words);
    return json_pack("{s:o}", "text", json_sprintf("%s. Help: %s", words, help));
}

/* A path as a URI: what is not plain in it is written %XX. */
static void add_uri(StrBuf *out, const char *path) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "-._~/";
    if (*path == '/')
        strbuf_add(out, "file://");
    for (; *path; path++)
        if (strchr(plain, *path))
            strbuf_add_char(out, *path);
        else
            strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)*path);
}

static json_t *sarif_region(const Diags *diags, Span at) {
    LineCol start = sources_place(diags->sources, at.src, at.off);
    LineCol end = sources_place(diags->sources, at.src, at.off + at.len);
    return json_pack("{s:i, s:i, s:i, s:i}", "startLine", (int)start.line, "startColumn",
                     (int)start.col, "endLine", (int)end.line, "endColumn", (int)end.col);
}

/* NULL: the message has no place. */
static json_t *sarif_location(const Diags *diags, Span at) {
    const char *name = sources_name(diags->sources, at.src);
    if (!*name)
        return NULL;
    StrBuf uri = {0};
    add_uri(&uri, name);
    json_t *physical = json_pack("{s:{s:s}}", "artifactLocation", "uri", strbuf_text(&uri));
    strbuf_fini(&uri);
    if (diags_has_place(diags, at))
        json_object_set_new(physical, "region", sarif_region(diags, at));
    return json_pack("{s:o}", "physicalLocation", physical);
}

static json_t *sarif_notes(const Diags *diags, const Diag *diag) {
    json_t *related = json_array();
    for (size_t i = 0; i < diag->notes.len; i++) {
        json_t *location = sarif_location(diags, diag->notes.items[i].at);
        if (!location)
            location = json_object();
        json_object_set_new(location, "message", sarif_message(diag->notes.items[i].words, NULL));
        json_array_append_new(related, location);
    }
    return related;
}

static json_t *sarif_result(const Diags *diags, const Diag *diag, size_t rule) {
    json_t *result =
        json_pack("{s:o, s:i, s:s, s:o}", "ruleId", json_sprintf("KPI%04d", diag->info->number),
                  "ruleIndex", (int)rule, "level", sarif_level(diag->severity), "message",
                  sarif_message(diag->words, diag->help));
    json_t *location = sarif_location(diags, diag->at);
    if (location)
        json_object_set_new(result, "locations", json_pack("[o]", location));
    if (diag->notes.len > 0)
        json_object_set_new(result, "relatedLocations", sarif_notes(diags, diag));
    return result;
}

static json_t *sarif_rule(const DiagInfo *info) {
    return json_pack("{s:o, s:s, s:{s:s}, s:{s:s}, s:{s:s}}", "id",
                     json_sprintf("KPI%04d", info->number), "name", info->name, "shortDescription",
                     "text", info->title, "help", "text", info->help, "defaultConfiguration",
                     "level", sarif_level(info->severity));
}

/* The place of the code among the rules, which it is added to if it is new. */
static size_t rule_place(json_t *rules, const DiagInfo **infos, const DiagInfo *info) {
    size_t len = json_array_size(rules), place = 0;
    while (place < len && infos[place] != info)
        place++;
    if (place == len) {
        infos[place] = info;
        json_array_append_new(rules, sarif_rule(info));
    }
    return place;
}

static int add_bytes(const char *bytes, size_t len, void *out) {
    strbuf_add_len(out, bytes, len);
    return 0;
}

void diags_render_sarif(const Diags *diags, StrBuf *out, const char *version) {
    json_t *rules = json_array(), *results = json_array();
    const DiagInfo **infos = memory_alloc((diags->list.len + 1) * sizeof *infos);
    Diag **sorted = diags_sorted(diags);
    for (size_t i = 0; i < diags->list.len; i++) {
        size_t rule = rule_place(rules, infos, sorted[i]->info);
        json_array_append_new(results, sarif_result(diags, sorted[i], rule));
    }
    memory_free(sorted);
    memory_free(infos);
    json_t *driver =
        json_pack("{s:s, s:s, s:o}", "name", "kpic", "version", version, "rules", rules);
    json_t *log = json_pack("{s:s, s:s, s:[{s:{s:o}, s:s, s:o}]}", "$schema", SARIF_SCHEMA,
                            "version", "2.1.0", "runs", "tool", "driver", driver, "columnKind",
                            "unicodeCodePoints", "results", results);
    json_dump_callback(log, add_bytes, out, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    strbuf_add_char(out, '\n');
    json_decref(log);
}

/* ---- lines of a workflow ---- */

/* What would end the text, or of a property the property, is written %XX. */
static void add_escaped(StrBuf *out, const char *text, bool property) {
    for (; *text; text++)
        if (*text == '%' || *text == '\r' || *text == '\n' ||
            (property && (*text == ':' || *text == ',')))
            strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)*text);
        else
            strbuf_add_char(out, *text);
}

static void add_annotation(const Diags *diags, const Diag *diag, StrBuf *out) {
    static const char *const commands[] = {"notice", "warning", "error"};
    const char *name = sources_name(diags->sources, diag->at.src);
    strbuf_addf(out, "::%s ", commands[diag->severity]);
    if (*name) {
        strbuf_add(out, "file=");
        add_escaped(out, name, true);
        strbuf_add_char(out, ',');
    }
    if (diags_has_place(diags, diag->at)) {
        LineCol start = sources_place(diags->sources, diag->at.src, diag->at.off);
        LineCol end = sources_place(diags->sources, diag->at.src, diag->at.off + diag->at.len);
        strbuf_addf(out, "line=%" PRIu32 ",endLine=%" PRIu32 ",", start.line, end.line);
        /* Columns are understood within one line. */
        if (start.line == end.line)
            strbuf_addf(out, "col=%" PRIu32 ",endColumn=%" PRIu32 ",", start.col, end.col);
    }
    strbuf_addf(out, "title=KPI%04d %s::", diag->info->number, diag->info->name);
    add_escaped(out, diag->words, false);
    if (diag->help) {
        strbuf_add(out, "%0A");
        add_escaped(out, diag->help, false);
    }
    strbuf_add_char(out, '\n');
}

void diags_render_annotations(const Diags *diags, StrBuf *out) {
    Diag **sorted = diags_sorted(diags);
    for (size_t i = 0; i < diags->list.len; i++)
        add_annotation(diags, sorted[i], out);
    memory_free(sorted);
}
