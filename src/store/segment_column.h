/* One column's segments as the column that a project declares. */
#ifndef STORE_SEGMENT_COLUMN_H
#define STORE_SEGMENT_COLUMN_H

#include "store/segment.h"

/* Whether the values of such a segment are those of the column as they stand. */
bool segment_is_typed(const TableSpec *spec, size_t column, const Segment *segment);
/* `out->pieces` has room for the segments. False if a value is none of the column's type, or a
 * number does not fit: reading row by row tells which. */
bool segments_type(const TableSpec *spec, size_t column, const Segment *segments, size_t len,
                   Arena *run, Atoms *texts, PackedPiece *pieces, PackedColumn *out);

#endif
