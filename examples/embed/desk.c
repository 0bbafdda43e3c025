/* desk: what people at the CRM find out and decide. Each tells the library first and changes the
 * CRM's own tables when that has worked, so that the next sync tells the same. */
#include "crm.h"

/* Two people are one. His struct stays, as the source may send it every night: its row leads to the
 * one that was kept, and the sync leaves it alone. */
qbg_status desk_merge(struct person *kept, struct person *lost) {
    return qbg_contact_merge(kept->row, lost->row);
}

/* An anonymous visitor signed in: all his visits are that person's, from the first one on. */
qbg_status desk_identify(struct person *who, const char *visitor) {
    return qbg_contact_add_visitor(who->row, visitor);
}

static qbg_status tell_correction(const char *visitor, const struct person *from,
                                  const struct person *to) {
    qbg_status status = qbg_contact_remove_visitor(from->row, visitor);
    return status == QBG_OK ? qbg_contact_add_visitor(to->row, visitor) : status;
}

/* He was somebody else. In a batch, for nobody should see what is between. */
qbg_status desk_correct(struct crm *host, const char *visitor, struct person *from,
                        struct person *to) {
    qbg_status status = qbg_workspace_begin(host->rows);
    return status == QBG_OK ? sync_end(host, tell_correction(visitor, from, to)) : status;
}

static struct membership *membership_of(struct crm *host, const struct person *who,
                                        const struct deal *at) {
    for (int i = 0; i < MEMBERSHIPS; i++) {
        struct membership *found = &host->memberships[i];
        if (found->deal == at && found->person == who) return found;
    }
    return NULL;
}

/* From today on he works elsewhere and is out of the group. What he did until yesterday stays
 * where it is. */
static qbg_status tell_move(const struct crm *host, const struct person *who,
                            const struct company *to, const struct deal *from_deal) {
    qbg_member *member = qbg_member_find(from_deal->row, who->row);
    qbg_status status = qbg_member_set_left(member, host->today);
    if (status != QBG_OK) return status;
    return qbg_contact_set_account(who->row, to->row, host->today, QBG_SOURCE_HOST);
}

qbg_status desk_move(struct crm *host, struct person *who, struct company *to,
                     struct deal *from_deal) {
    qbg_status status = qbg_workspace_begin(host->rows);
    if (status == QBG_OK) status = sync_end(host, tell_move(host, who, to, from_deal));
    if (status != QBG_OK) return status;
    who->employer = to;
    who->since = host->today;
    membership_of(host, who, from_deal)->left = host->today;
    return QBG_OK;
}

qbg_status desk_set_buyer(struct deal *at, struct company *buyer) {
    qbg_status status = qbg_opportunity_set_account(at->row, buyer->row);
    if (status == QBG_OK) at->buyer = buyer;
    return status;
}

qbg_status desk_set_closed(struct deal *at, int64_t closed) {
    qbg_status status = qbg_opportunity_set_closed(at->row, closed);
    if (status == QBG_OK) at->closed = closed;
    return status;
}

/* The library forgets who he was; what it handed out is the host's to forget: the record of the
 * last event, and, when the screen is painted anew, the answer before that (screen_forget). Only
 * the id stays, for a list from elsewhere may bring it again. */
qbg_status desk_erase(struct crm *host, struct person *who) {
    qbg_status status = qbg_contact_erase(who->row);
    if (status != QBG_OK) return status;
    qbg_signal_clear(host->record);
    who->name = who->title = NULL;
    return QBG_OK;
}
