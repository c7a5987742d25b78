// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <casemetry/rules.hpp>
#include <tuple>
#include <utility>

#include "rules/tally.hpp"

namespace casemetry {
namespace rule {
namespace {

using Sources = std::vector<std::string>;
using LeadsBySet = std::map<Sources, std::int64_t>;

Sources sorted(Sources sources) {
  std::ranges::sort(sources);
  if (const auto twice = std::ranges::adjacent_find(sources); twice != sources.end())
    throw DataError("source '" + *twice + "' stands twice in a set; expected each once: a log with repeats is no set");
  return sources;
}

class Overlapping {
 public:
  explicit Overlapping(std::span<const std::string> declared) {
    for (const std::string& source : declared) found_[source];
  }

  void add(const Sources& sources, std::int64_t leads) {
    add_leads(overlap_.leads, leads);
    if (leads == 0) return;
    if (sources.empty()) overlap_.unattributed = leads;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      Overlap::Source& source = found_[sources[i]];
      source.leads += leads;
      if (sources.size() == 1) source.alone = leads;
      for (std::size_t j = i + 1; j < sources.size(); ++j) both_[{sources[i], sources[j]}] += leads;
    }
    if (sources.size() > 1) overlap_.intersections.push_back({sources, leads});
  }

  Overlap overlap(std::size_t largest) && {
    add_pairs();
    for (auto& [name, source] : found_) overlap_.sources.push_back({name, source.leads, source.alone});
    // Both came in code-point order, which equal ones keep.
    std::ranges::stable_sort(overlap_.pairs, std::greater{}, &Overlap::Pair::both);
    std::ranges::stable_sort(overlap_.intersections, std::greater{}, &Overlap::Intersection::leads);
    if (overlap_.intersections.size() > largest) overlap_.intersections.resize(largest);
    return std::move(overlap_);
  }

 private:
  void add_pairs() {
    for (const auto& [names, both] : both_) {
      const std::int64_t first = found_.at(names.first).leads;
      const std::int64_t second = found_.at(names.second).leads;
      overlap_.pairs.push_back({names.first, names.second, both, first - both + second, first, second});
    }
  }

  Overlap overlap_;
  std::map<std::string, Overlap::Source> found_;
  std::map<std::pair<std::string, std::string>, std::int64_t> both_;
};

}  // namespace
}  // namespace rule

Overlap overlap(const std::map<std::vector<std::string>, std::int64_t>& leads_by_set,
                std::span<const std::string> declared, std::size_t largest) {
  rule::LeadsBySet sets;
  for (const auto& [sources, leads] : leads_by_set) rule::add_leads(sets[rule::sorted(sources)], leads);
  rule::Overlapping overlapping(declared);
  for (const auto& [sources, leads] : sets) overlapping.add(sources, leads);
  return std::move(overlapping).overlap(largest);
}

}  // namespace casemetry
