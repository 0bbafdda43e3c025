/* grid: a table as text, aligned; see grid.h. Cells are kept as they come in one blob; widths are
 * known only when all are there. Blanks that pad are held back until a text follows them in the
 * line, so no line ends with one. */
#include "io/grid.h"

#include <string.h>

#include "base/text.h"
#include "io/figure.h"

#define GAP 2 /* blanks between two columns */

void qbg__grid_begin(qbg__grid *grid, const qbg__mem *mem) {
    memset(grid, 0, sizeof *grid);
    grid->mem = qbg__mem_fork(mem);
    qbg__blob_begin(&grid->cells, mem);
}

void qbg__grid_end(qbg__grid *grid) {
    qbg__mem_free(&grid->mem, grid->columns, grid->column_capacity * sizeof *grid->columns);
    qbg__mem_free(&grid->mem, grid->starts, grid->cell_capacity * sizeof *grid->starts);
    qbg__blob_end(&grid->cells);
    memset(grid, 0, sizeof *grid);
}

/* ---- filling --------------------------------------------------------------------------------- */

static int has_room(qbg__grid *grid, void *array, uint32_t *capacity, uint32_t count, size_t item) {
    if (grid->cells.status != QBG_OK) return 0;
    grid->cells.status = qbg__mem_reserve(&grid->mem, array, capacity, (uint64_t)count + 1, item);
    return grid->cells.status == QBG_OK;
}

void qbg__grid_column_add(qbg__grid *grid, const char *heading, int side) {
    if (!has_room(grid, &grid->columns, &grid->column_capacity, grid->column_count,
                  sizeof *grid->columns))
        return;
    qbg__grid_column *column = &grid->columns[grid->column_count++];
    column->heading = heading;
    column->width = 0;
    column->side = side;
}

qbg_blob *qbg__grid_cell(qbg__grid *grid) {
    if (!has_room(grid, &grid->starts, &grid->cell_capacity, grid->cell_count,
                  sizeof *grid->starts))
        return &grid->cells;
    grid->starts[grid->cell_count++] = grid->cells.size;
    return &grid->cells;
}

void qbg__grid_text(qbg__grid *grid, const char *text) {
    qbg__figure_write_plain(qbg__grid_cell(grid), text, strlen(text));
}

void qbg__grid_brief(qbg__grid *grid, const char *text) {
    qbg__figure_write_brief(qbg__grid_cell(grid), text, strlen(text), QBG__GRID_BRIEF);
}

/* ---- writing --------------------------------------------------------------------------------- */

typedef struct row_writer {
    qbg_blob *out;
    size_t held; /* blanks that the next text has before it */
} row_writer;

/* A line of a cell without the blanks around it, and whether another one follows; 0 when the cell
 * has no such line. */
static int cell_line(const qbg__grid *grid, uint32_t cell, uint32_t number, const char **out_text,
                     size_t *out_size, int *out_has_more) {
    const char *text = qbg_blob_data(&grid->cells) + grid->starts[cell];
    size_t next = cell + 1 < grid->cell_count ? grid->starts[cell + 1] : grid->cells.size;
    const char *end = qbg_blob_data(&grid->cells) + next;
    const char *stop = memchr(text, '\n', (size_t)(end - text));
    for (; number > 0 && stop; number--) {
        text = stop + 1;
        stop = memchr(text, '\n', (size_t)(end - text));
    }
    *out_text = number > 0 ? end : text;
    *out_size = number > 0 ? 0 : (size_t)((stop ? stop : end) - text);
    *out_has_more = number == 0 && stop;
    qbg__text_trim(out_text, out_size);
    return number == 0;
}

static int has_headings(const qbg__grid *grid) {
    for (uint32_t i = 0; i < grid->column_count; i++)
        if (grid->columns[i].heading[0]) return 1;
    return 0;
}

static void measure(qbg__grid_column *column, const char *text, size_t size) {
    size_t width = qbg__text_width(text, size);
    if (width > column->width) column->width = width;
}

static void measure_all(qbg__grid *grid) {
    for (uint32_t i = 0; i < grid->column_count; i++) {
        qbg__grid_column *column = &grid->columns[i];
        measure(column, column->heading, strlen(column->heading));
    }
    for (uint32_t i = 0, column = 0; i < grid->cell_count; i++) {
        const char *text;
        size_t size;
        int has_more = 1;
        for (uint32_t number = 0; has_more; number++) {
            cell_line(grid, i, number, &text, &size, &has_more);
            measure(&grid->columns[column], text, size);
        }
        column = column + 1 == grid->column_count ? 0 : column + 1;
    }
}

static void write_cell(row_writer *row, const qbg__grid_column *column, const char *text,
                       size_t size) {
    size_t padding = column->width - qbg__text_width(text, size);
    if (column->side == QBG__RIGHT) row->held += padding;
    if (size > 0) {
        qbg__blob_repeat(row->out, ' ', row->held);
        qbg__blob_bytes(row->out, text, size);
        row->held = 0;
    }
    if (column->side == QBG__LEFT) row->held += padding;
    row->held += GAP;
}

static void write_headings(const qbg__grid *grid, qbg_blob *out, size_t indent) {
    row_writer row = {out, indent};
    for (uint32_t i = 0; i < grid->column_count; i++) {
        const qbg__grid_column *column = &grid->columns[i];
        write_cell(&row, column, column->heading, strlen(column->heading));
    }
    qbg__blob_char(out, '\n');
}

static void write_rule(const qbg__grid *grid, qbg_blob *out, size_t indent) {
    size_t held = indent;
    for (uint32_t i = 0; i < grid->column_count; i++) {
        if (grid->columns[i].width > 0) {
            qbg__blob_repeat(out, ' ', held);
            qbg__blob_repeat(out, '-', grid->columns[i].width);
            held = 0;
        }
        held += GAP;
    }
    qbg__blob_char(out, '\n');
}

/* One line of a row, which a cell has; 1 when a cell has another one. */
static int write_line(const qbg__grid *grid, uint32_t first, uint32_t number, qbg_blob *out,
                      size_t indent) {
    row_writer row = {out, indent};
    size_t before = out->size;
    int has_more = 0;
    for (uint32_t i = 0; i < grid->column_count && first + i < grid->cell_count; i++) {
        const char *text;
        size_t size;
        int cell_has_more;
        cell_line(grid, first + i, number, &text, &size, &cell_has_more);
        write_cell(&row, &grid->columns[i], text, size);
        has_more |= cell_has_more;
    }
    qbg__blob_char(out, '\n');
    return has_more && out->size > before;
}

void qbg__grid_write(qbg__grid *grid, qbg_blob *out, size_t indent) {
    if (out->status == QBG_OK) out->status = grid->cells.status;
    if (out->status != QBG_OK || grid->column_count == 0) return;
    measure_all(grid);
    if (has_headings(grid)) {
        write_headings(grid, out, indent);
        write_rule(grid, out, indent);
    }
    for (uint32_t first = 0; first < grid->cell_count; first += grid->column_count)
        for (uint32_t number = 0; write_line(grid, first, number, out, indent);) number++;
}
