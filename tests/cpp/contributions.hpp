// SPDX-License-Identifier: Apache-2.0
// Contributions of digital sources, asked of a cube of the golden leads.
#pragma once

#include <casemetry/query.hpp>

#include "lead_site.hpp"

namespace casemetry::lead_samples {

using Ids = std::vector<std::string>;

inline Indicator share(const std::string& rule, const std::string& stage = "", const std::string& over = "") {
  return {.id = "digital",
          .kind = Indicator::Kind::contribution,
          .group = "digital",
          .rule = rule,
          .groups = "origin",
          .stage = stage,
          .over = over};
}

inline Definitions with(Definitions definitions, const Indicator& indicator) {
  definitions.indicators = {indicator};
  return definitions;
}

inline const GoldenSite& golden_site() {
  static const GoldenSite site;
  return site;
}

inline const Cube& golden_cube() {
  static const Cube cube = build(golden_site().tables(), site_catalogue(), {.by = {"office"}});
  return cube;
}

inline Result ask(const Indicator& indicator, Query question = {}, const Cube& cube = golden_cube()) {
  question.indicators = {indicator.id};
  return query(cube.with(indicator), question);
}

}  // namespace casemetry::lead_samples
