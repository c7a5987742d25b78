// SPDX-License-Identifier: Apache-2.0
#include "catalogue/stages.hpp"

#include <algorithm>
#include <utility>

namespace casemetry::definition {
namespace {

// A day that has come: neither missing nor, where a blank means so, yet to come.
Expression has_date(const std::string& column) {
  const Date last_day{std::chrono::year(9999) / 12 / 31};
  return !is_null(col(column)) && col(column) <= lit(last_day);
}

}  // namespace

Expression reached(const LeadSet& leads, std::string_view stage) {
  auto at = std::ranges::find(leads.stages, stage, &Stage::name);
  Expression reached = has_date(at->date);
  while (++at != leads.stages.end()) reached = std::move(reached) || has_date(at->date);
  return reached;
}

}  // namespace casemetry::definition
