// SPDX-License-Identifier: Apache-2.0
// The Arrow form of a cube: one table, a row a cell, which any Arrow library can look at and compute with.
//
//     unit, date         which block the cell is of; date is null if its units are not placed
//     <dimension> …      the label; null if it is missing, and in the rows of a unit that lacks the dimension
//     period             2024-03; null if undated
//     units
//     <aggregate>.true, .unknown, .not_applicable; of sums .n, .sum, .sum_of_squares; of days .days, a list of (day,
//     count) <numerator> / <denominator>.both_true … of proportions
//
// Which dimensions, aggregates and proportions each unit has stands in the schema's metadata (`casemetry.cube`), so
// that a missing label is told from a dimension that a unit lacks; the catalogue beside it (`casemetry.catalogue`).
#pragma once

#include <casemetry/cube.hpp>
#include <map>
#include <string>

#include "cube/content.hpp"

namespace casemetry::value {

/// The name of a column of counts.
template <class Holder, class Column>
std::string column_name(const Holder& holder, const Column& column) {
  if constexpr (std::is_same_v<Holder, Block>) {
    return column.name;
  } else if constexpr (std::is_same_v<Holder, AggregateCounts>) {
    return holder.aggregate + "." + column.name;
  } else {
    return holder.numerator + " / " + holder.denominator + "." + column.name;
  }
}

/// How many digits after the point a column of sums has.
template <class Holder>
int scale_of(const AggregateCounts& counts, const Numbers<Holder, Wide>& column) {
  return column.cells == &AggregateCounts::sum_of_squares ? 2 * counts.scale : counts.scale;
}

/// Calls `visit(holder, column)` with the columns of counts that a block has in the Arrow form: those of the kinds of
/// its aggregates.
template <class AnyBlock, class Visit>
void for_each_arrow_column(AnyBlock& block, const Catalogue& catalogue, const Visit& visit) {
  for_each_column<Block>([&](const auto& column) { visit(block, column); });
  for (auto& counts : block.aggregates) {
    const Aggregate::Kind kind = catalogue.aggregate(counts.aggregate).kind;
    for_each_column<AggregateCounts>([&](const auto& column) {
      if ((column.kinds & of_kinds(kind)) != 0) visit(counts, column);
    });
  }
  for (auto& counts : block.proportions)
    for_each_column<JointCounts>([&](const auto& column) { visit(counts, column); });
}

/// What stands in the schema: the form's version, the catalogue, and all of the cube but its cells.
std::map<std::string, std::string> metadata_of(const Cube::Data& cube);

/// A cube without cells from that; its blocks have their names, dimensions, aggregates and proportions. Throws
/// SchemaError if it is missing, of another form, or not what `metadata_of` writes.
Cube::Data cube_of_metadata(const std::map<std::string, std::string>& metadata);

/// The table, as a stream of one batch.
void write_arrow(const Cube::Data& cube, ArrowArrayStream* out);

/// Reads it; takes ownership of the stream. Rows may come in any order and number of batches. Throws SchemaError for
/// every way in which it can be false.
Cube::Data read_arrow(ArrowArrayStream* stream);

}  // namespace casemetry::value
