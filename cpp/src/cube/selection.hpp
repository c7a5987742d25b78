// SPDX-License-Identifier: Apache-2.0
// What a cube is asked for, and what of it the tables at hand allow.
#pragma once

#include <casemetry/cube.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cube/source.hpp"

namespace casemetry::pass {

struct Selection {
  std::unique_ptr<RowSets> rows;  ///< of the tables at hand and the units made of them
  std::vector<const Indicator*> indicators;
  std::vector<const Aggregate*> aggregates;
  std::map<std::string, Source> sources;             ///< the rows that they count, by unit
  std::map<std::string, std::string> not_available;  ///< indicator → why
};

/// The indicators of `options` (none: all, with every aggregate) that can be computed. Throws QueryError or
/// ColumnNotFoundError if one that is named cannot, DefinitionError with every fault of their expressions over columns
/// that no table declares.
Selection select(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options);

/// For each source the columns of the dimensions `by`, nothing where it lacks one. Throws QueryError for a name that is
/// neither a dimension nor a column, or is a level of one, ColumnNotFoundError for a declared column that the table
/// lacks.
std::map<std::string, std::vector<std::optional<std::string>>> dimension_columns(const Selection& selection,
                                                                                 const Tables& tables,
                                                                                 const Catalogue& catalogue,
                                                                                 const std::vector<std::string>& by);

}  // namespace casemetry::pass
