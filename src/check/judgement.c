/* Targets, benchmarks, movement: what a figure is judged by. */
#include "check/checker.h"

void check_target_neutral(Checker *checker, const Indicator *indicator) {
    bool neutral = indicator->shape == SHAPE_DISTRIBUTION ? !indicator->good_bands
                                                          : indicator->good == GOOD_NEUTRAL;
    if (!neutral)
        return;
    for (size_t i = 0; i < indicator->targets_len; i++) {
        if (indicator->targets[i].none)
            continue;
        Diag *diag = check_say(checker, CHECK_target_neutral, indicator->targets[i].span,
                               "'%s' has a target, but no direction of it is good", indicator->id);
        diag_help(diag,
                  "write `good high`, `good low` or `good between A and B`, or `target none`");
        return;
    }
}
