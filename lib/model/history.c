/* history: facts told again with their dates, as a table; see qbg/history.h. */
#include "qbg/history.h"

#include "base/blob.h"
#include "base/table.h"
#include "model/workspace.h"
#include "qbg/need.h"
#include "qbg/vocabulary.h"

#include <string.h>

enum { CONTACT, NEED, FIELD, VALUE, FROM, SOURCE, CONTACT_TAG };

/* A table being written, and the scratch for one value. */
typedef struct writer {
    const qbg_workspace *workspace;
    qbg_table *table;
    qbg_blob value;
} writer;

static qbg_status begin(writer *self, const qbg_workspace *workspace) {
    self->workspace = workspace;
    self->table = qbg__table_new(&workspace->mem);
    if (!self->table) return QBG_E_MEMORY;
    qbg__blob_begin(&self->value, &workspace->mem);
    qbg__table_column(self->table, "contact", QBG_COLUMN_TEXT);
    qbg__table_column(self->table, "need", QBG_COLUMN_TEXT);
    qbg__table_column(self->table, "field", QBG_COLUMN_TEXT);
    qbg__table_column(self->table, "value", QBG_COLUMN_TEXT);
    qbg__table_column(self->table, "from", QBG_COLUMN_TIME);
    qbg__table_column(self->table, "source", QBG_COLUMN_TEXT);
    qbg__table_column(self->table, "contact_tag", QBG_COLUMN_UINT64);
    return QBG_OK;
}

static void put_text(const writer *self, int32_t column, const char *text) {
    if (text[0] == '\0')
        qbg__table_null(self->table, column);
    else
        qbg__table_text(self->table, column, text, strlen(text));
}

static void put_facts(writer *self, const qbg_contact *contact, const char *need,
                      const qbg__facts *facts) {
    for (uint32_t i = 0; i < facts->count; i++) {
        const qbg__fact *fact = &facts->at[i];
        if (fact->from == QBG_UNDATED &&
            qbg__fact_value(self->workspace, fact) == QBG__FACT_NOTHING)
            continue; /* he worked since ever at an account that was removed */
        qbg__blob_rewind(&self->value);
        if (fact->field == QBG__FACT_AMOUNT && fact->value != QBG__FACT_NOTHING)
            qbg__blob_int(&self->value, fact->value);
        else
            qbg__fact_write(self->workspace, fact, &self->value);
        if (self->value.status != QBG_OK) return; /* end() tells */
        put_text(self, CONTACT, qbg_contact_key(contact));
        put_text(self, NEED, need);
        put_text(self, FIELD, qbg__fact_field_name(fact->field));
        put_text(self, VALUE, qbg_blob_data(&self->value));
        if (fact->from == QBG_UNDATED)
            qbg__table_null(self->table, FROM);
        else
            qbg__table_int64(self->table, FROM, fact->from);
        put_text(self, SOURCE, qbg_word_key(QBG_WORDS_SOURCE, fact->source));
        if (contact)
            qbg__table_uint64(self->table, CONTACT_TAG, contact->tag);
        else
            qbg__table_null(self->table, CONTACT_TAG);
    }
}

static qbg_status end(writer *self, qbg_table **out_table) {
    qbg_status status = self->value.status;
    qbg__blob_end(&self->value);
    if (status == QBG_OK) return qbg__table_finish(self->table, out_table);
    qbg_table_free(self->table);
    return status;
}

qbg_status qbg_opportunity_history(const qbg_opportunity *opportunity, qbg_table **out_table) {
    qbg_status status = qbg__opportunity_ask(&opportunity);
    if (status != QBG_OK || !out_table) return status != QBG_OK ? status : QBG_E_ARGUMENT;
    writer self;
    status = begin(&self, opportunity->workspace);
    if (status != QBG_OK) return status;
    put_facts(&self, NULL, "", &opportunity->facts);
    for (uint32_t i = 0; i < opportunity->member_count; i++) {
        const qbg_member *member = qbg_member_at(opportunity, i);
        put_facts(&self, qbg_member_contact(member), "", &member->facts);
    }
    for (uint32_t i = 0; i < opportunity->need_count; i++) {
        const qbg__need *need = &opportunity->needs[i];
        put_facts(&self, qbg_need_contact(opportunity, i), need->key, &need->facts);
    }
    return end(&self, out_table);
}

qbg_status qbg_contact_history(const qbg_contact *contact, qbg_table **out_table) {
    if (!contact || !out_table) return QBG_E_ARGUMENT;
    qbg_status status = qbg__may_ask(contact->workspace);
    if (status != QBG_OK) return status;
    contact = qbg__contact_live(contact);
    if (!contact) return QBG_E_GONE;
    writer self;
    status = begin(&self, contact->workspace);
    if (status != QBG_OK) return status;
    put_facts(&self, contact, "", &contact->facts);
    return end(&self, out_table);
}
