// SPDX-License-Identifier: Apache-2.0
/// \file
/// The sides of an indicator: which units a numerator, a denominator, or what is unknown counts.
#pragma once

#include <casemetry/query.hpp>
#include <casemetry/rules.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cube/behind.hpp"

namespace casemetry::question {

/// Of leads: those whose pattern, the label of a dimension, passes; null is that of unknown sources.
struct ByPattern {
  std::string dimension;
  std::function<bool(const Pattern*)> passes;
};

/// Units that a side counts.
struct Counted {
  enum class Months : std::uint8_t { of_period, up_to_its_end, before_it };
  pass::Figure figure;
  Months months = Months::of_period;
  /// Of what is pending: of these units, in the same months, those that do not count any more.
  std::optional<pass::Figure> no_more = std::nullopt;
  std::optional<ByPattern> pattern = std::nullopt;  ///< only these
};

/// What one side of an indicator counts: units of one kind. Throws QueryError if the indicator has no such side, with
/// what to ask for instead, or if it counts units of several kinds.
std::vector<Counted> side_of(const Catalogue& catalogue, const std::string& indicator, const std::string& side);

/// Of a contribution: the numerator are the leads that give the group some credit, the denominator all that are known.
/// The catalogue counts its leads by its own grouping.
std::vector<Counted> lead_side_of(const Catalogue& catalogue, const Indicator& indicator, const std::string& side);

}  // namespace casemetry::question
