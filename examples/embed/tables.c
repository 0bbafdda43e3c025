/* tables: the CRM's own data, as its users keep it. */
#include "crm.h"

#include <string.h>

void tables_fill(struct crm *host, int64_t opened) {
    const int64_t ever = QBG_UNDATED;
    const struct company companies[COMPANIES] = {
        {"daisy", "Red Daisy", NULL},
        {"daisy-de", "Red Daisy Germany", NULL},
        {"tulip", "Tulip", NULL},
    };
    memcpy(host->companies, companies, sizeof companies);
    struct company *daisy = &host->companies[0], *tulip = &host->companies[2];
    const struct person people[PEOPLE] = {
        {"p1", "Elena Sokolova", "HR Director", daisy, ever, 0, NULL},
        {"p2", "Boris Orlov", "Head of IT", daisy, ever, 0, NULL},
        {"p3", "Maria Kim", "CFO", daisy, ever, 0, NULL},
        {"p4", "Elena SOKOLOVA", "Director of HR", daisy, ever, 0,
         NULL}, /* from a trade fair's list */
        {"p5", "Jan de Vries", "CEO", tulip, ever, 0, NULL},
        {"p6", "Andr\xe9 Petit", "Head of HR", tulip, ever, 0, NULL}, /* Latin-1, no UTF-8 */
        {"p7", "Test Test", NULL, tulip, ever, 0, NULL},
    };
    memcpy(host->people, people, sizeof people);
    host->deals[0] = (struct deal){"daisy-hr", daisy, opened, ever, NULL, NULL};
    host->deals[1] = (struct deal){"tulip-hr", tulip, opened, ever, NULL, NULL};
    struct deal *first = &host->deals[0], *second = &host->deals[1];
    const struct membership memberships[MEMBERSHIPS] = {
        {first, &host->people[0], "champion", ever, ever},
        {first, &host->people[1], "technical_evaluator", ever, ever},
        {first, &host->people[2], "economic_buyer", ever, ever},
        {first, &host->people[3], "business_evaluator", ever, ever},
        {second, &host->people[4], "decision_maker", ever, ever},
        {second, &host->people[5], NULL, ever, ever},
    };
    memcpy(host->memberships, memberships, sizeof memberships);
}

void tables_hire(struct crm *host, const char *id, const char *name, const char *title,
                 const char *company) {
    struct person *at = host->people;
    while (at->id) at++;
    *at = (struct person){id, name, title, tables_company(host, company), QBG_UNDATED, 0, NULL};
}

void tables_join(struct crm *host, const char *person, const char *deal, const char *role,
                 int64_t joined) {
    struct membership *at = host->memberships;
    while (at->deal) at++;
    *at = (struct membership){tables_deal(host, deal), tables_person(host, person), role, joined,
                              QBG_UNDATED};
}

struct company *tables_company(struct crm *host, const char *id) {
    for (int i = 0; id && i < COMPANIES; i++)
        if (strcmp(host->companies[i].id, id) == 0) return &host->companies[i];
    return NULL;
}

struct person *tables_person(struct crm *host, const char *id) {
    for (int i = 0; id && i < PEOPLE; i++)
        if (host->people[i].id && strcmp(host->people[i].id, id) == 0) return &host->people[i];
    return NULL;
}

struct deal *tables_deal(struct crm *host, const char *id) {
    for (int i = 0; id && i < DEALS; i++)
        if (strcmp(host->deals[i].id, id) == 0) return &host->deals[i];
    return NULL;
}

uint64_t tables_tag(const void *row) { return (uint64_t)(uintptr_t)row; }

struct company *tables_company_of(uint64_t tag) {
    return (struct company *)(uintptr_t)tag;
}

struct person *tables_person_of(uint64_t tag) {
    return (struct person *)(uintptr_t)tag;
}

struct deal *tables_deal_of(uint64_t tag) {
    return (struct deal *)(uintptr_t)tag;
}
