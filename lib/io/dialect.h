/* dialect: how the tables of a CRM's export become tables of a book, as data.
 *
 * An object is a kind of table of theirs: its names, the fields that count with the headings that
 * they may have, and the parts of a book that each of its rows becomes. A part is a row of one of
 * our tables: for each of its columns a field and how that is converted. Links say what a row tells
 * about keys that rows of other tables have. */
#ifndef QBG__DIALECT_H
#define QBG__DIALECT_H

#include "base/blob.h"
#include "base/column.h"
#include "qbg/dialect.h"

/* An export on its way; see export.h. */
typedef struct qbg__export qbg__export;
typedef struct qbg__dialect_cell qbg__dialect_cell;

/* Fields that every object has: the first of its own ones is QBG__FIELD_OWN. */
enum {
    QBG__FIELD_DELETED, /* IsDeleted: in the system's bin */
    QBG__FIELD_GONE,    /* _fivetran_deleted: it is no longer there */
    QBG__FIELD_ACTIVE,  /* _fivetran_active: 0 for an older version of a row */
    QBG__FIELD_OWN
};

/* The longest form of an Id that has several. */
#define QBG__DIALECT_ID 18

/* The most fields that an object has. */
#define QBG__DIALECT_FIELDS 24

#define QBG__NO_FIELD (-1)

/* What links map. Keys are those of a book. */
enum {
    QBG__LINK_ACCOUNT,         /* accounts that have a row, or were named */
    QBG__LINK_CONTACT,         /* likewise */
    QBG__LINK_OPPORTUNITY,     /* likewise */
    QBG__LINK_SOLUTION,        /* likewise */
    QBG__LINK_ROLE,            /* likewise: words that no crosswalk knows */
    QBG__LINK_DELETED_ACCOUNT, /* that are no more */
    QBG__LINK_DELETED_CONTACT,
    QBG__LINK_DELETED_OPPORTUNITY,
    QBG__LINK_GONE,             /* opportunities that were merged into others */
    QBG__LINK_ACCOUNT_OF_NAME,  /* folded name -> account */
    QBG__LINK_CONTACT_OF_EMAIL, /* address in small letters -> contact */
    QBG__LINK_TOLD,             /* what was remarked once and need not be again */
    QBG__LINK_OWN               /* the first of a dialect's own ones */
};

/* What the rows of an object are. */
#define QBG__DIALECT_NONE        (-1)
#define QBG__DIALECT_ACCOUNT     QBG__LINK_ACCOUNT
#define QBG__DIALECT_CONTACT     QBG__LINK_CONTACT
#define QBG__DIALECT_OPPORTUNITY QBG__LINK_OPPORTUNITY

/* Appends what a cell of ours holds, for the row at hand; nothing: the cell is empty.
 * QBG_E_REFUSED: the row is refused, and why is told. QBG_E_MEMORY. */
typedef qbg_status qbg__convert(qbg__export *self, const qbg__dialect_cell *cell, qbg_blob *out);

struct qbg__dialect_cell {
    const char *column; /* of ours; NULL for keys and values of links */
    int field;          /* of theirs, also to say what is wrong; QBG__NO_FIELD */
    qbg__convert *convert;
    int other;        /* for the conversion: another field, or a link's map */
    const char *word; /* for the conversion */
};

/* For the row at hand: is the part there? */
typedef int qbg__when(const qbg__export *self);

typedef struct qbg__dialect_part {
    int32_t table;   /* of ours */
    qbg__when *when; /* NULL: always */
    int is_side;     /* when it is refused, the row is loaded nevertheless */
    int each;        /* a field that lists several, a part for each of them; 0: none */
    const qbg__dialect_cell *cells;
    uint32_t count;
} qbg__dialect_part;

typedef struct qbg__dialect_link {
    int32_t map;
    qbg__dialect_cell key, value;
} qbg__dialect_link;

/* For the row at hand: why it is passed over with a remark, or NULL. */
typedef const char *qbg__skip(const qbg__export *self);

typedef struct qbg__dialect_object {
    const char *name;
    const char *names;         /* as files have them, in small letters without blanks, with '|' */
    const char *headings;      /* that only it has: alternatives with '|', each joined with '+' */
    const char *const *fields; /* own ones: headings that each may have, the best one first */
    uint32_t field_count;
    int32_t entity;               /* QBG__DIALECT_*: what its key is one of */
    const qbg__dialect_cell *key; /* of an entity */
    int master;                   /* a field: what a deleted row was merged into; 0: none */
    int is_deleted;               /* each row tells that something is no more */
    qbg__skip *skip;              /* NULL: none is */
    const qbg__dialect_link *links;
    uint32_t link_count;
    const qbg__dialect_part *parts;
    uint32_t part_count;
} qbg__dialect_object;

typedef struct qbg__dialect {
    const char *key, *label;
    const qbg__dialect_object *objects;
    uint32_t object_count;
    /* Writes an Id in its long form; 0: it is in none that has another. NULL: Ids have one form. */
    int (*lengthen)(qbg__span id, char out[QBG__DIALECT_ID]);
    const char *elsewhere; /* tables of that system that have no place, whatever their headings */
} qbg__dialect;

extern const qbg__dialect qbg__salesforce, qbg__hubspot;

/* NULL: none. */
const qbg__dialect *qbg__dialect_at(int32_t number);

/* The object whose tables have this name; NULL: none. _is_elsewhere: it is known to have no place.
 */
const qbg__dialect_object *qbg__dialect_find(const qbg__dialect *dialect, qbg__span name);
int qbg__dialect_is_elsewhere(const qbg__dialect *dialect, qbg__span name);

/* Small letters and digits of a heading or name; "property_" in front of it does not count.
 * room: QBG__HEADING bytes with the NUL. */
#define QBG__HEADING 96
void qbg__dialect_fold(qbg__span text, char out[QBG__HEADING]);

/* Is `word` one of those in a list with '|'? */
int qbg__dialect_lists(const char *list, const char *word);

#endif
