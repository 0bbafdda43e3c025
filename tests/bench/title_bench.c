/* title_bench: how long it takes to read job titles on one core.
 *
 * usage: title_bench [--once] [--json]
 *
 *   --once  each title once, for whoever counts instructions
 *   --json  a line for each figure
 *
 * The titles are invented, and as long as those of CRMs: three words in English, four in Russian;
 * of each the same number. One in twelve has a word that nobody knows, one in thirty a wrong
 * letter. */
#include "measure.h"

#include <qbg/persona.h>

#include <stdio.h>
#include <string.h>

enum { ROUNDS = 2000 };

static const char *const titles[] = {
    "Senior Software Engineer",
    "Head of Procurement, EMEA",
    "Chief Financial Officer",
    "Regional Sales Manager",
    "VP, People Operations",
    "Executive Assistant to the CEO",
    "Marketing Specialist",
    "Deputy Director of IT",
    "Warehouse Supervisor",
    "Legal Counsel (Privacy)",
    "Registered Nurse",
    "Product Owner, Payments",
    "Information Security Analyst",
    "Accounts Payable Clerk",
    "Talent Acquisition Partner",
    "Mechanical Design Engineer",
    "Director Business Development",
    "Customer Success Manager",
    "Data Engineer at Acmezon",
    "Recriuter",
    "Zorblat Manager",
    "Office Manager",
    "Supply Chain Planner",
    "Security Guard",
    "Field Sales Representative",
    "Internal Auditor",
    "Production Manager",
    "Owner",
    "UX Designer",
    "Compliance Officer",
    "Начальник отдела закупок",
    "Финансовый директор",
    "Менеджер по продажам",
    "Ведущий инженер-конструктор",
    "Помощник генерального директора",
    "Зам. главного бухгалтера",
    "Специалист по подбору персонала",
    "Кладовщик на склад одежды",
    "Программист 1С (удалённо)",
    "Директор по маркетингу",
    "Юрисконсульт",
    "Руководитель отдела логистики",
    "Оператор станков с ЧПУ",
    "Специалист по информационной безопасности",
    "Врач-терапевт",
    "Региональный менеджер, Казань",
    "Системный администратор",
    "Секретарь-референт",
    "Менеджер в Трямбур",
    "Экономист планового отдела",
    "Руководитель проектов",
    "Инженер ПТО",
    "Дирктор по персоналу",
    "Продавец-консультант в магазин обуви",
    "HR-менеджер со знанием английского",
    "Контент-менеджер",
    "Специалист технической поддержки",
    "Nachalnik otdela kadrov",
    "Водитель-экспедитор",
    "Администратор салона красоты",
};
#define TITLE_COUNT (sizeof titles / sizeof *titles)

typedef struct bench {
    uint32_t rounds;
    int64_t known; /* so that nothing is left out as useless */
} bench;

static void read_titles(void *argument) {
    bench *self = argument;
    for (uint32_t round = 0; round < self->rounds; round++)
        for (size_t i = 0; i < TITLE_COUNT; i++) {
            int32_t department, seniority;
            double confidence;
            if (qbg_persona_read(titles[i], &department, &seniority, &confidence) != QBG_OK) return;
            self->known += department != QBG_UNSET;
        }
}

int main(int count, char **words) {
    bench self = {ROUNDS, 0};
    tale to = {0};
    int once = 0;
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--once") == 0)
            once = 1;
        else if (strcmp(words[i], "--json") == 0)
            to.json = 1;
        else
            return 2;
    }
    if (once) self.rounds = 1;
    double seconds = median_of(read_titles, &self, once);
    double read = (double)self.rounds * (double)TITLE_COUNT;
    tell_figure(&to, "titles read", read, "titles");
    if (!once) tell_figure(&to, "titles a second", read / seconds, "titles/s");
    return self.known > 0 ? 0 : 1;
}
