/* arrow: whatever lengths, offsets, types and bytes a stream has, it is put or refused; a refused
 * one leaves nothing behind and says why; all that was handed out is released; and told again to
 * another workspace it ends the same. Only what nobody could find out is right here: that buffers
 * are as long as the numbers in them say. */
#include <string.h>

#include "qbg/qbg.h"

#include "fuzz.h"

enum { COLUMNS = 6, BATCHES = 3, ROWS = 9, ROOM = 512 };

static const char *const tables[] = {"accounts", "contacts", "opportunities", "members", "signals"};

static const char *const names[] = {
    "account",   "contact",         "opportunity", "time",   "kind",  "name",
    "domain",    "potential_minor", "currency",    "tag",    "title", "department",
    "seniority", "solution",        "type",        "opened", "fit",   "need",
    "role",      "status",          "influence",   "joined", "note",  "visitor",
    "content",   "event",           "what"};

static const char *const formats[] = {"n",   "b",    "c",       "C",    "s",    "S",  "i", "I",
                                      "l",   "L",    "f",       "g",    "u",    "U",  "u", "tdD",
                                      "tdm", "tss:", "tsm:UTC", "tsu:", "tsn:", "+l", "",  NULL};

/* The bytes of the input, one after the other; zeros behind its end. */
typedef struct input {
    const uint8_t *at, *end;
} input;

static uint8_t draw(input *from) { return from->at < from->end ? *from->at++ : 0; }

typedef struct made {
    input from;
    struct ArrowSchema schemas[COLUMNS], words_schema, *schema_pointers[COLUMNS];
    struct ArrowArray arrays[COLUMNS], words, *array_pointers[COLUMNS];
    uint8_t room[COLUMNS + 1][3][ROOM];
    const void *buffers[COLUMNS + 1][3], *none[1];
    int columns, batches, handed_out, released;
} made;

static void release_leaf(struct ArrowSchema *schema) { schema->release = NULL; }
static void release_array(struct ArrowArray *array) { array->release = NULL; }

static void release_schema(struct ArrowSchema *schema) {
    ((made *)schema->private_data)->released++;
    schema->release = NULL;
}

static void release_batch(struct ArrowArray *batch) {
    ((made *)batch->private_data)->released++;
    batch->release = NULL;
}

static int is_text(const char *format) {
    return format && (format[0] == 'u' || format[0] == 'U') && format[1] == '\0';
}

/* Offsets are small, so that they stay inside the bytes; they may go back, and below 0. */
static void draw_offsets(input *from, const char *format, uint8_t *to) {
    for (int i = 0; i < ROOM / 8; i++) {
        int64_t large = i / 2 + (int8_t)draw(from) / 32;
        int32_t small = (int32_t)large;
        if (format[0] == 'U')
            memcpy(to + i * 8, &large, sizeof large);
        else
            memcpy(to + i * 4, &small, sizeof small);
    }
}

static void draw_column(made *self, int column, const char *format, struct ArrowArray *out) {
    input *from = &self->from;
    uint8_t shape = draw(from);
    for (int buffer = 0; buffer < 3; buffer++) {
        for (int i = 0; i < 32; i++) self->room[column][buffer][i] = draw(from);
        self->buffers[column][buffer] = self->room[column][buffer];
    }
    if (is_text(format)) draw_offsets(from, format, self->room[column][1]);
    if (shape & 1) self->buffers[column][0] = NULL;
    if ((shape & 6) == 6) self->buffers[column][1] = NULL;
    if ((shape & 24) == 24) self->buffers[column][2] = NULL;
    *out = (struct ArrowArray){.length = ROWS - (shape >> 5),
                               .null_count = (int8_t)draw(from) / 64,
                               .offset = draw(from) % 4,
                               .n_buffers = format && format[0] == 'n' ? 0
                                            : is_text(format)          ? 3
                                                                       : 2,
                               .buffers = self->buffers[column],
                               .release = release_array};
    if (draw(from) == 255) out->length = -1;
    if (draw(from) == 255) out->n_buffers = 1;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    made *self = stream->private_data;
    if (draw(&self->from) == 255) return 5;
    self->words_schema =
        (struct ArrowSchema){.format = draw(&self->from) % 8 ? "u" : "l", .release = release_leaf};
    for (int i = 0; i < self->columns; i++) {
        uint8_t name = draw(&self->from) % (sizeof names / sizeof names[0]);
        uint8_t format = draw(&self->from) % (sizeof formats / sizeof formats[0]);
        int has_words = draw(&self->from) % 8 == 7;
        self->schemas[i] =
            (struct ArrowSchema){.format = formats[format],
                                 .name = names[name],
                                 .dictionary = has_words ? &self->words_schema : NULL,
                                 .release = release_leaf};
        self->schema_pointers[i] = &self->schemas[i];
    }
    *out = (struct ArrowSchema){.format = "+s",
                                .n_children = self->columns,
                                .children = self->schema_pointers,
                                .release = release_schema,
                                .private_data = self};
    self->handed_out++;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    made *self = stream->private_data;
    *out = (struct ArrowArray){.release = NULL};
    if (draw(&self->from) == 255) return 5;
    if (self->batches-- == 0) return 0;
    draw_column(self, COLUMNS, self->words_schema.format, &self->words);
    for (int i = 0; i < self->columns; i++) {
        draw_column(self, i, self->schemas[i].format, &self->arrays[i]);
        if (self->schemas[i].dictionary) self->arrays[i].dictionary = &self->words;
        self->array_pointers[i] = &self->arrays[i];
    }
    *out = (struct ArrowArray){.length = (int8_t)(draw(&self->from) % (ROWS + 2)) - 1,
                               .offset = draw(&self->from) % 3,
                               .n_buffers = 1,
                               .n_children = self->columns - (draw(&self->from) == 255),
                               .buffers = self->none,
                               .children = self->array_pointers,
                               .release = release_batch,
                               .private_data = self};
    self->handed_out++;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void release_stream(struct ArrowArrayStream *stream) { stream->release = NULL; }

static void set_up(qbg_workspace *workspace) {
    qbg_account *account = NULL;
    qbg_solution *solution = NULL;
    EXPECT(qbg_account_add(workspace, "a", NULL, &account) == QBG_OK);
    EXPECT(qbg_solution_add(workspace, "s", NULL, NULL, &solution) == QBG_OK);
    EXPECT(qbg_contact_add(workspace, "c", account, NULL, NULL, NULL) == QBG_OK);
    EXPECT(qbg_opportunity_add(workspace, "o", account, solution, 0, NULL) == QBG_OK);
}

/* What the import answers, and how many rows it put. */
static qbg_status import(const uint8_t *data, size_t size, uint64_t *out_rows) {
    static made self;
    qbg_workspace *workspace = NULL;
    qbg_table *refusals = NULL;
    memset(&self, 0, sizeof self);
    self.from = (input){data, data + size};
    const char *table = tables[draw(&self.from) % (sizeof tables / sizeof tables[0])];
    self.columns = draw(&self.from) % (COLUMNS + 1);
    self.batches = draw(&self.from) % (BATCHES + 1);
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, &self};
    EXPECT(qbg_workspace_new(NULL, &workspace) == QBG_OK);
    set_up(workspace);
    uint64_t revision = qbg_workspace_revision(workspace);
    qbg_status status = qbg_arrow_import(workspace, table, &stream, out_rows, &refusals);
    EXPECT(status == QBG_OK || status == QBG_E_REFUSED);
    EXPECT(self.released == self.handed_out);
    EXPECT(stream.release == release_stream);
    if (status == QBG_E_REFUSED) {
        EXPECT(qbg_table_row_count(refusals) > 0);
        EXPECT(qbg_workspace_revision(workspace) == revision);
    }
    qbg_table_free(refusals);
    qbg_workspace_free(workspace);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint64_t rows = 0, again = 0;
    EXPECT(import(data, size, &rows) == import(data, size, &again));
    EXPECT(rows == again);
    return 0;
}
