/* stream: what people do, as it comes in. One record is filled anew for every event. A stream
 * delivers at least once: the same event may come again, also months later when it is replayed. */
#include "crm.h"

/* Somebody whom the CRM does not know must not become somebody anonymous: a handle that is not
 * there ends it, instead of leaving the cell empty. */
static qbg_status set_person(struct crm *host, const char *id) {
    const struct person *who = tables_person(host, id);
    if (!id) return QBG_OK;
    if (!who || !who->row) return QBG_E_NOT_FOUND;
    return qbg_signal_set_contact(host->record, who->row);
}

static qbg_status set_company(struct crm *host, const char *id) {
    const struct company *at = tables_company(host, id);
    if (!id) return QBG_OK;
    if (!at || !at->row) return QBG_E_NOT_FOUND;
    return qbg_signal_set_account(host->record, at->row);
}

static qbg_status fill(struct crm *host, const struct event *at) {
    qbg_signal *record = host->record;
    int64_t time = 0;
    qbg_signal_clear(record);
    qbg_status status = qbg_time_from_text(at->time, 0, &time);
    if (status == QBG_OK) status = qbg_signal_set_time(record, time);
    if (status == QBG_OK) status = set_person(host, at->person);
    if (status == QBG_OK) status = set_company(host, at->company);
    if (status == QBG_OK) status = qbg_signal_set_kind(record, at->kind);
    if (status == QBG_OK) status = qbg_signal_set_content(record, at->content);
    if (status == QBG_OK) status = qbg_signal_set_visitor(record, at->visitor);
    return status == QBG_OK ? qbg_signal_set_event(record, at->id) : status;
}

qbg_status stream_receive(struct crm *host, const struct event *at, int32_t *out_duplicate) {
    if (at->is_retracted) return QBG_E_GONE; /* its id is free again, so it would be counted */
    qbg_status status = fill(host, at);
    return status == QBG_OK ? qbg_record(host->rows, host->record, NULL, out_duplicate) : status;
}

/* The record says which one: the event id, and whose it was. */
qbg_status stream_retract(struct crm *host, struct event *at) {
    qbg_status status = fill(host, at);
    if (status == QBG_OK) status = qbg_retract(host->rows, host->record);
    if (status == QBG_OK) at->is_retracted = 1;
    return status;
}
