/* explanation_path: the chapter on the path to qualified: whom to engage, to contact again, to
 * find, and what each step brings; or why there is none. */
#include "io/explanation.h"

#include "model/policy.h"
#include "qbg/contact.h"
#include "qbg/path.h"
#include "qbg/vocabulary.h"

#define PLACES 1 /* of a priority */

static void give_priority(qbg__story *story, double priority) {
    qbg__teller_figure(&story->teller, priority, PLACES);
}

static const char *person_of(const qbg__story *story, const qbg_path *path, uint32_t step) {
    const char *key = qbg_path_step_contact(path, step);
    return qbg__story_name(story, qbg_contact_find(story->workspace, key));
}

static void tell_step(qbg__story *story, const qbg_path *path, uint32_t step) {
    int32_t kind = qbg_path_step_kind(path, step);
    qbg__teller_int(&story->teller, (int64_t)step + 1);
    if (kind == QBG_STEP_IDENTIFY)
        qbg__story_write_role(story, qbg_path_step_role(path, step),
                              qbg__teller_value(&story->teller));
    else
        qbg__story_text(story, person_of(story, path, step));
    give_priority(story, qbg_path_step_gain(path, step));
    give_priority(story, qbg_path_step_priority(path, step));
    switch (kind) {
    case QBG_STEP_ENGAGE: qbg__story_say(story, QBG__P_PATH_ENGAGE); return;
    case QBG_STEP_RECONTACT: qbg__story_say(story, QBG__P_PATH_RECONTACT); return;
    default: qbg__story_say(story, QBG__P_PATH_IDENTIFY);
    }
}

static void tell_steps(qbg__story *story, const qbg_path *path) {
    qbg__teller_int(&story->teller, qbg_path_step_count(path));
    give_priority(story, qbg_path_priority_before(path));
    give_priority(story, qbg_path_priority_after(path));
    qbg__story_say(story, QBG__P_PATH);
    for (uint32_t i = 0; i < qbg_path_step_count(path); i++) tell_step(story, path, i);
    double active = qbg__story_parameter(story, QBG__ACTIVE_POINTS);
    double engaged = qbg__story_parameter(story, QBG__ENGAGED_POINTS);
    qbg__story_exact(story, active > engaged ? active : engaged);
    qbg__story_say(story, QBG__P_PATH_POINTS);
}

static void tell_none(qbg__story *story, const qbg_path *path) {
    uint32_t count = qbg_path_unmet_count(path);
    qbg__teller_int(&story->teller, qbg_path_step_limit(path));
    if (count == 0) {
        qbg__story_say(story, QBG__P_PATH_NONE);
        return;
    }
    qbg_blob *list = qbg__teller_value(&story->teller);
    for (uint32_t i = 0; i < count; i++) {
        int32_t criterion = qbg_path_unmet_criterion(path, i);
        qbg__story_join(story, list, i, count);
        qbg__blob_text(list, qbg_word_label(QBG_WORDS_CRITERION, criterion, story->lang));
    }
    qbg__story_say(story, QBG__P_PATH_NONE_UNMET);
}

void qbg__story_tell_path(qbg__story *story) {
    qbg_path *path = NULL;
    if (!qbg__story_is_fine(story, qbg_path_find(story->opportunity, story->as_of_s, &path)))
        return;
    if (!qbg_path_is_qualified_already(path)) {
        qbg__story_say(story, QBG__P_PATH_HEAD);
        if (qbg_path_exists(path))
            tell_steps(story, path);
        else
            tell_none(story, path);
        if (!qbg_path_is_exact(path)) qbg__story_say(story, QBG__P_PATH_CUT);
    }
    qbg_path_free(path);
}
