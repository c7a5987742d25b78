// SPDX-License-Identifier: Apache-2.0
#include "cube/odd_leads.hpp"

#include <algorithm>

namespace casemetry::value {

std::vector<std::string> odd_counts(const Catalogue& catalogue, const std::set<std::string>& aggregates) {
  const Definitions& definitions = catalogue.definitions();
  std::vector<std::string> counts;
  for (const LeadSet& leads : definitions.leads) {
    const auto counts_by_pattern = [&](const std::string& id) {
      return id.starts_with(leads.id + ".") && id.find(pattern_dimension("")) != std::string::npos;
    };
    if (std::ranges::none_of(aggregates, counts_by_pattern)) continue;
    for (std::string id : {out_of_order(leads.id), no_stage(leads.id)})
      if (std::ranges::find(definitions.aggregates, id, &Aggregate::id) != definitions.aggregates.end())
        counts.push_back(std::move(id));
  }
  return counts;
}

}  // namespace casemetry::value
