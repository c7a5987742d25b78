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

Expression passed_out_of_order(const LeadSet& leads) {
  std::optional<Expression> any;
  for (auto later = leads.stages.begin(); later != leads.stages.end(); ++later)
    for (auto earlier = leads.stages.begin(); earlier != later; ++earlier) {
      // Not `later < earlier`: text that holds days has no order, and `days` reads it as dates.
      Expression before = has_date(earlier->date) && has_date(later->date) &&
                          days(col(earlier->date), col(later->date)) < lit(std::int64_t{0});
      any = any ? std::move(*any) || std::move(before) : std::move(before);
    }
  return std::move(any).value();
}

}  // namespace casemetry::definition
