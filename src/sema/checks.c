#include "sema/checks.h"

#include <string.h>

#define ON true
#define OFF false
#define CHECK_NOTHING CHECKS

static const CheckInfo infos[] = {
#define CHECK(code, family, subject, on, needs)                                                    \
    {DIAG_##code, CHECK_FAMILY_##family, on, CHECK_##needs},
#include "sema/checks.def"
#undef CHECK
};

const CheckInfo *check_info(CheckId check) {
    return &infos[check];
}

const char *check_family_word(CheckFamily family) {
    static const char *const words[] = {"judgement",   "words",  "conditions", "codes",
                                        "publication", "unused", "data"};
    return words[family];
}

const char *check_name(CheckId check) {
    return diag_info((int)infos[check].code)->name;
}

CheckId check_of_code(int code) {
    for (size_t i = 0; i < CHECKS; i++)
        if ((int)infos[i].code == code)
            return (CheckId)i;
    return CHECKS;
}

/* ---- which setting counts ---- */

static bool holds(Span outer, Span at) {
    return outer.src == at.src && at.off >= outer.off && at.off < outer.off + outer.len;
}

static Atom declaration_at(const Model *model, Span at) {
    for (size_t i = 0; i < model->declared_len; i++)
        if (holds(model->declared[i].whole, at))
            return model->declared[i].name;
    return NULL;
}

/* How near a setting is to the place: 0: it says nothing of it. */
static int nearness(const CheckSetting *setting, Span at, Atom declaration) {
    if (setting->of)
        return setting->of == declaration ? 2 : 0;
    if (setting->within.src == 0)
        return 1;
    return holds(setting->within, at) ? 3 : 0;
}

bool check_setting_at(const Model *model, CheckId check, Span at, Severity *severity) {
    const CheckSetting *found = NULL;
    int nearest = 0;
    Atom declaration = declaration_at(model, at);
    for (size_t i = 0; i < model->settings_len; i++) {
        const CheckSetting *setting = &model->settings[i];
        int near = setting->code == (int)infos[check].code ? nearness(setting, at, declaration) : 0;
        if (near > nearest) {
            found = setting;
            nearest = near;
        }
    }
    *severity = found ? found->severity : diag_info((int)infos[check].code)->severity;
    return found ? !found->off : infos[check].on;
}

static bool decide(const void *context, const DiagInfo *info, Span at, Severity *severity) {
    CheckId check = check_of_code(info->number);
    return check == CHECKS || check_setting_at(context, check, at, severity);
}

void checks_settle(Diags *diags, const Model *model, size_t first) {
    diags_settle(diags, first, decide, model);
}
