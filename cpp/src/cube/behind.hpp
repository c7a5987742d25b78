// SPDX-License-Identifier: Apache-2.0
// The units behind a figure: the pass's own plan, asked of each unit instead of counted over all. What another room may
// ask of the pass.
#pragma once

#include <casemetry/cube.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cube/prepared.hpp"

namespace casemetry::pass {

/// Something that a block counts: of an aggregate, or of a proportion whose sides are formulas as text.
struct Figure {
  enum class Part : std::uint8_t {
    counted,         ///< the aggregate is true
    valued,          ///< and the value that it adds or measures is known
    unknown,         ///< it is unknown whether it is true
    unvalued,        ///< that, or it is true and its value is not known
    not_applicable,  ///< it does not apply
    both,            ///< x: numerator and denominator are true
    known,           ///< n: the denominator is true, the numerator known
    undecided        ///< a + b + c + d: still open
  };
  Part part = Part::counted;
  std::string aggregate;  ///< of a proportion: any of its aggregates
  std::string date;       ///< that places its units; empty: none
  std::string numerator, denominator;
};

class UnitsBehind {
 public:
  /// One pass over the units of each figure, in the caller's task arena. Throws as `build` does.
  UnitsBehind(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options,
              std::span<const Figure> figures);

  /// A block for each figure, and in it a cell for each unit that it counts, with the unit's labels and month.
  const Cube& cube() const { return cube_; }
  /// The place of each of these units among all of its kind, ascending.
  std::span<const std::int64_t> units(std::size_t figure) const { return units_[figure]; }
  /// The rows, of the table at the end of `from`, that went into units; `chosen` has a flag for each of the kind that
  /// the figures count.
  std::vector<std::int64_t> rows(std::span<const std::uint8_t> chosen);
  /// How many units of that kind there are.
  std::size_t size();

 private:
  Block counted(const BlockOf& of, const Figure& figure);

  Prepared prepared_;
  std::string unit_;
  std::vector<std::vector<std::int64_t>> units_;  // by figure
  Cube cube_;
};

}  // namespace casemetry::pass
