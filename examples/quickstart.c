/* quickstart: three people of «Красная ромашка» look like three small leads. Seen together they are
 * a buying group, and it shows who is still missing. */
#include <qbg/qbg.h>
#include <stdio.h>

static const struct {
    const char *key, *name, *title, *did, *when;
} people[] = {
    {"elena", "Елена Соколова", "HR-менеджер", "trial_start", "2025-10-29"},
    {"sergey", "Сергей Волков", "IT-директор", "content_download", "2025-11-05"},
    {"olga", "Ольга Петрова", "Финансовый директор", "pricing_view", "2025-11-10"},
};

int main(void) {
    qbg_workspace *ws = NULL;
    qbg_account *daisy = NULL;
    qbg_solution *hr = NULL;
    qbg_opportunity *deal = NULL;
    qbg_contact *person = NULL;
    qbg_signal *signal = NULL;
    qbg_assessment *group = NULL;
    int64_t time_s = 0;
    /* 0 is QBG_OK, and NULL is refused: so it is enough to look once, at the end. */
    qbg_status bad = qbg_workspace_new(NULL, &ws);
    bad |= qbg_account_add(ws, "daisy", "Красная ромашка", &daisy);
    bad |= qbg_solution_add(ws, "hr", "HR system", qbg_template_find(ws, "standard"), &hr);
    bad |= qbg_opportunity_add(ws, "daisy-hr", daisy, hr, QBG_UNDATED, &deal);
    bad |= qbg_signal_new(ws, &signal);
    for (int i = 0; i < 3; i++) {
        bad |= qbg_contact_add(ws, people[i].key, daisy, people[i].name, people[i].title, &person);
        bad |= qbg_opportunity_add_member(deal, person, NULL); /* the title tells the role */
        bad |= qbg_time_from_text(people[i].when, 0, &time_s);
        bad |= qbg_signal_set_time(signal, time_s);
        bad |= qbg_signal_set_kind(signal, people[i].did);
        bad |= qbg_signal_set_contact(signal, person);
        bad |= qbg_record(ws, signal, NULL, NULL);
    }
    bad |= qbg_time_from_text("2025-11-19", 1, &time_s); /* 1: until the end of that day */
    bad |= qbg_assess(deal, time_s, &group);
    printf("priority %.1f, %s\n", qbg_assessment_priority(group),
           qbg_verdict_label(qbg_assessment_verdict(group), "en"));
    for (uint32_t i = 0; i < qbg_assessment_missing_count(group); i++)
        printf("missing: %s\n", qbg_assessment_missing_role(group, i));
    qbg_assessment_free(group);
    qbg_signal_free(signal);
    qbg_workspace_free(ws);
    return bad != QBG_OK;
}
