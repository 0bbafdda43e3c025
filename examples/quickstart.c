/* quickstart: three people of «Красная ромашка» look like three small leads. Seen together they are
 * a buying group, and it shows who is still missing. */
#include <qbg/qbg.h>

#include <stdio.h>
#include <stdlib.h>

/* Every call that can fail answers a status. A host hands it on; a small program may give up. */
static void must(qbg_status status) {
    if (status == QBG_OK) return;
    fprintf(stderr, "quickstart: %s\n", qbg_status_text(status));
    exit(1);
}

static void saw(qbg_workspace *ws, qbg_contact *who, const char *kind, const char *when) {
    qbg_signal *signal;
    int64_t time_s;
    must(qbg_time_from_text(when, 0, &time_s));
    must(qbg_signal_new(ws, &signal));
    must(qbg_signal_set_contact(signal, who));
    must(qbg_signal_set_kind(signal, kind));
    must(qbg_signal_set_time(signal, time_s));
    must(qbg_record(ws, signal, NULL, NULL));
    qbg_signal_free(signal);
}

int main(void) {
    qbg_workspace *ws;
    qbg_account *daisy;
    qbg_solution *hr;
    qbg_opportunity *deal;
    qbg_contact *elena, *sergey, *olga;
    qbg_assessment *group;
    int64_t opened_s, as_of_s;

    must(qbg_workspace_new(NULL, &ws));
    must(qbg_account_add(ws, "daisy", "Красная ромашка", &daisy));
    must(qbg_solution_add(ws, "hr", "HR system", qbg_template_find(ws, "standard"), &hr));
    must(qbg_time_from_civil(2025, 9, 1, 0, 0, 0, &opened_s));
    must(qbg_opportunity_add(ws, "daisy-hr", daisy, hr, opened_s, &deal));
    must(qbg_contact_add(ws, "elena", daisy, "Елена Соколова", "HR-менеджер", &elena));
    must(qbg_contact_add(ws, "sergey", daisy, "Сергей Волков", "IT-директор", &sergey));
    must(qbg_contact_add(ws, "olga", daisy, "Ольга Петрова", "Финансовый директор", &olga));
    must(qbg_opportunity_add_member(deal, elena, qbg_role_find(ws, "champion")));
    /* No role for the others: their titles say which part they play. */
    must(qbg_opportunity_add_member(deal, sergey, NULL));
    must(qbg_opportunity_add_member(deal, olga, NULL));

    saw(ws, elena, "webinar_attendance", "2025-10-22");
    saw(ws, elena, "trial_start", "2025-10-29");
    saw(ws, sergey, "content_download", "2025-11-05");
    saw(ws, olga, "pricing_view", "2025-11-10T12:00:00Z");

    must(qbg_time_from_text("2025-11-19", 1, &as_of_s)); /* 1: until the end of that day */
    must(qbg_assess(deal, as_of_s, &group));
    printf("priority %.1f, %s\n", qbg_assessment_priority(group),
           qbg_verdict_label(qbg_assessment_verdict(group), "en"));
    for (uint32_t i = 0; i < qbg_assessment_missing_count(group); i++) {
        const qbg_role *role = qbg_role_find(ws, qbg_assessment_missing_role(group, i));
        printf("missing: %s\n", qbg_role_label(role, "en"));
    }
    qbg_assessment_free(group);
    qbg_workspace_free(ws);
    return 0;
}
