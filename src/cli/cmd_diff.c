/* Two versions of the definitions: what changed in meaning.
 *
 * The hash of the definitions says whether an indicator changed; the sentences of its wording say
 * what did. So nothing is reported that only people read, and nothing that counts is passed over:
 * a change that no sentence shows is named all the same.
 */
#include <string.h>

#include "cli/evaluation.h"
#include "cli/output.h"
#include "cli/revision.h"
#include "plan/expr_print.h"
#include "wording/comparison.h"

#define HASH_SIZE 33
#define TEXT_WIDTH 88

/* ---- which two versions ---- */

typedef struct Version {
    const char *name;
    const char *path; /* of a revision: what of it; NULL: `name` is a file or folder itself */
} Version;

typedef struct Versions {
    Version before, after;
} Versions;

static bool say_usage(Cli *cli, const char *what) {
    Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0}, "%s", what);
    diag_help(diag, "kpic diff OLD NEW with two folders, two files or two revisions of git, or "
                    "kpic diff main..HEAD; a path after revisions narrows them");
    return false;
}

static bool split_range(Cli *cli, const char *range, const char *path, Versions *out) {
    const char *dots = strstr(range, "..");
    if (dots[2] == '.')
        return say_usage(cli,
                         "a range has two dots: the versions on both sides of it are compared");
    Arena *arena = cli->session->arena;
    const char *before = arena_copy_text(arena, range, (size_t)(dots - range));
    const char *after = dots + 2;
    out->before = (Version){*before ? before : "HEAD", path};
    out->after = (Version){*after ? after : "HEAD", path};
    return true;
}

static bool choose_versions(Cli *cli, Versions *out) {
    const TextItems *given = &cli->options->operands;
    if (given->len == 0 || given->len > 3)
        return say_usage(cli, "'diff' needs two versions to compare");
    const char *first = given->items[0];
    bool range = !path_exists(first) && strstr(first, "..") != NULL;
    if (range && given->len <= 2)
        return split_range(cli, first, given->len == 2 ? given->items[1] : ".", out);
    if (range || given->len == 1)
        return say_usage(cli, "'diff' needs two versions to compare");
    const char *second = given->items[1];
    bool files = given->len == 2 && (path_exists(first) || path_exists(second));
    const char *path = files ? NULL : given->len == 3 ? given->items[2] : ".";
    /* A file beside a revision: that file at the revision, and as it is now. */
    out->before = (Version){first, files && !path_exists(first) ? second : path};
    out->after = (Version){second, files && !path_exists(second) ? first : path};
    return true;
}

static ExitCode load_version(Cli *cli, const Version *version, Workspace *out) {
    if (version->path) {
        ExitCode code = revision_load(cli->session, version->name, version->path, out);
        if (code != DONE)
            return code;
    } else if (!workspace_load(cli->session, &version->name, 1, out)) {
        return EXIT_USAGE;
    }
    workspace_analyse(out);
    return diags_errors(cli->session->diags) > 0 ? EXIT_DEFINITIONS : DONE;
}

/* ---- what changed ---- */

typedef struct IndicatorChange {
    const Indicator *before, *after; /* NULL: there is none in that version */
    bool renamed;                    /* the meaning is the same, the name is not */
    SentenceChanges sentences;
    VEC(const char *) inputs; /* titles of the indicators it uses, whose figures changed */
} IndicatorChange;

typedef struct Changes {
    Arena *arena;
    const Model *before, *after;
    VEC(IndicatorChange) items;
    size_t compared;
} Changes;

static bool same_meaning(const Changes *changes, const Indicator *before, const Indicator *after) {
    char was[HASH_SIZE], is[HASH_SIZE];
    plan_definition_hash(changes->before, before, was);
    plan_definition_hash(changes->after, after, is);
    return strcmp(was, is) == 0;
}

static bool same_figure(const Indicator *before, const Indicator *after) {
    char was[HASH_SIZE], is[HASH_SIZE];
    plan_figure_hash(before, was);
    plan_figure_hash(after, is);
    return strcmp(was, is) == 0;
}

static void note_input(Changes *changes, IndicatorChange *change, const Indicator *used) {
    const Indicator *now = model_indicator(changes->after, used->id);
    if (!now || same_figure(used, now))
        return;
    for (size_t i = 0; i < change->inputs.len; i++)
        if (strcmp(change->inputs.items[i], used->title) == 0)
            return;
    vec_push(changes->arena, &change->inputs, used->title);
}

static void note_inputs(Changes *changes, IndicatorChange *change) {
    const Indicator *before = change->before;
    for (size_t i = 0; i < before->inputs_len; i++)
        note_input(changes, change, before->inputs[i]);
    for (size_t i = 0; i < before->benchmarks_len; i++) {
        if (before->benchmarks[i].from)
            note_input(changes, change, before->benchmarks[i].from);
        if (before->benchmarks[i].compared_as)
            note_input(changes, change, before->benchmarks[i].compared_as);
    }
}

static void add_changed(Changes *changes, const Indicator *before, const Indicator *after) {
    IndicatorChange change = {.before = before, .after = after};
    Sentences was = {0}, is = {0};
    wording_of_indicator(changes->arena, before, &was);
    wording_of_indicator(changes->arena, after, &is);
    wording_compare(changes->arena, &was, &is, &change.sentences);
    note_inputs(changes, &change);
    vec_push(changes->arena, &changes->items, change);
}

/* One that only `after` has and means what this one, which only `before` has, meant. */
static const Indicator *new_name(const Changes *changes, const Indicator *gone) {
    for (size_t i = 0; i < changes->after->indicators_len; i++) {
        const Indicator *candidate = changes->after->indicators[i];
        if (!model_indicator(changes->before, candidate->id) &&
            strcmp(candidate->title, gone->title) == 0 && same_meaning(changes, gone, candidate))
            return candidate;
    }
    return NULL;
}

static bool is_new_name(const Changes *changes, const Indicator *added) {
    for (size_t i = 0; i < changes->items.len; i++)
        if (changes->items.items[i].renamed && changes->items.items[i].after == added)
            return true;
    return false;
}

static void find_changes(Changes *changes) {
    for (size_t i = 0; i < changes->before->indicators_len; i++) {
        const Indicator *before = changes->before->indicators[i];
        const Indicator *after = model_indicator(changes->after, before->id);
        if (after) {
            changes->compared++;
            if (!same_meaning(changes, before, after))
                add_changed(changes, before, after);
            continue;
        }
        after = new_name(changes, before);
        IndicatorChange change = {.before = before, .after = after, .renamed = after != NULL};
        vec_push(changes->arena, &changes->items, change);
    }
    for (size_t i = 0; i < changes->after->indicators_len; i++) {
        const Indicator *after = changes->after->indicators[i];
        if (model_indicator(changes->before, after->id) || is_new_name(changes, after))
            continue;
        IndicatorChange change = {.after = after};
        vec_push(changes->arena, &changes->items, change);
    }
}

/* ---- in words ---- */

typedef enum DiffFormat { DIFF_TEXT, DIFF_MARKDOWN } DiffFormat;

static void say_paragraph(StrBuf *out, DiffFormat format, const char *text) {
    if (format == DIFF_MARKDOWN) {
        strbuf_add(out, "- ");
        wording_add_markdown(out, text);
        strbuf_add(out, "\n");
        return;
    }
    wording_add_paragraph(out, text, TEXT_WIDTH);
}

static void say_sentence(Changes *changes, StrBuf *out, DiffFormat format,
                         const SentenceChange *sentence) {
    Arena *arena = changes->arena;
    if (!sentence->before) {
        say_paragraph(out, format, arena_printf(arena, "new: %s", sentence->after));
        return;
    }
    if (!sentence->after) {
        say_paragraph(out, format, arena_printf(arena, "gone: %s", sentence->before));
        return;
    }
    say_paragraph(out, format, arena_printf(arena, "was: %s", sentence->before));
    say_paragraph(out, format, arena_printf(arena, "now: %s", sentence->after));
}

static void say_changed(Changes *changes, StrBuf *out, DiffFormat format,
                        const IndicatorChange *change) {
    for (size_t i = 0; i < change->sentences.len; i++)
        say_sentence(changes, out, format, &change->sentences.items[i]);
    for (size_t i = 0; i < change->inputs.len; i++)
        say_paragraph(out, format,
                      arena_printf(changes->arena,
                                   "“%s”, which it uses, makes other figures than before.",
                                   change->inputs.items[i]));
    if (change->sentences.len == 0 && change->inputs.len == 0)
        say_paragraph(out, format,
                      "What its sources, columns, lists or calendars read is no longer the same.");
}

static void say_change(Changes *changes, StrBuf *out, DiffFormat format,
                       const IndicatorChange *change) {
    const Indicator *named = change->after ? change->after : change->before;
    if (format == DIFF_MARKDOWN) {
        strbuf_addf(out, "### `%s`: ", named->id);
        wording_add_markdown(out, named->title);
        strbuf_add(out, "\n\n");
    } else {
        strbuf_addf(out, "%s: %s\n", named->id, named->title);
    }
    if (change->renamed)
        say_paragraph(out, format,
                      arena_printf(changes->arena, "It was called %s before, and means the same.",
                                   change->before->id));
    else if (!change->before)
        say_paragraph(out, format, "This indicator is new.");
    else if (!change->after)
        say_paragraph(out, format, "This indicator is gone.");
    else
        say_changed(changes, out, format, change);
    strbuf_add(out, "\n");
}

static void say_total(const Changes *changes, StrBuf *out) {
    size_t changed = 0, added = 0, gone = 0, renamed = 0;
    for (size_t i = 0; i < changes->items.len; i++) {
        const IndicatorChange *change = &changes->items.items[i];
        renamed += change->renamed;
        added += !change->before;
        gone += !change->after;
        changed += change->before && change->after && !change->renamed;
    }
    strbuf_addf(out, "%zu of %zu indicator%s changed in meaning", changed, changes->compared,
                changes->compared == 1 ? "" : "s");
    if (added > 0)
        strbuf_addf(out, ", %zu new", added);
    if (gone > 0)
        strbuf_addf(out, ", %zu gone", gone);
    if (renamed > 0)
        strbuf_addf(out, ", %zu renamed", renamed);
    strbuf_add(out, ".\n");
}

/* ---- the command ---- */

static ExitCode print_changes(Cli *cli, Changes *changes, DiffFormat format) {
    StrBuf text = {0};
    find_changes(changes);
    for (size_t i = 0; i < changes->items.len; i++)
        say_change(changes, &text, format, &changes->items.items[i]);
    say_total(changes, &text);
    ExitCode code = output_result(cli, &text) ? DONE : EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    bool differs = changes->items.len > 0;
    return code == DONE && differs && options_flag(cli->options, OPTION_EXIT_CODE) ? DONE_NO : code;
}

ExitCode cmd_diff(Cli *cli) {
    static const char *const formats[] = {"text", "markdown"};
    int format = options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 2);
    Versions versions;
    if (format < 0 || !choose_versions(cli, &versions))
        return EXIT_USAGE;
    Workspace before = {0}, after = {0};
    ExitCode code = load_version(cli, &versions.before, &before);
    if (code == DONE)
        code = load_version(cli, &versions.after, &after);
    if (code == DONE) {
        Changes changes = {.arena = arena_new(), .before = before.model, .after = after.model};
        code = print_changes(cli, &changes, (DiffFormat)format);
        arena_free(changes.arena);
    }
    workspace_close(&before);
    workspace_close(&after);
    return code;
}
