// SPDX-License-Identifier: Apache-2.0
// What a question about leads names, found in the catalogue of a cube.
#pragma once

#include <casemetry/leads.hpp>
#include <functional>
#include <span>
#include <string>

namespace casemetry::lead {

/// Throws QueryError with the nearest name, or with all if several could be meant.
const LeadSet& lead_set_of(const Catalogue& catalogue, const std::string& name);
/// The stage of that name; without one the first, if there is any. Throws QueryError with the nearest name.
std::string stage_of(const LeadSet& leads, const std::string& name);

/// Throws QueryError with the nearest name.
const Grouping& grouping_of(const Catalogue& catalogue, const std::string& name);

/// The name, with as many `_` behind it as it takes to be free.
std::string free_name(std::string name, const std::function<bool(const std::string&)>& is_taken);

/// A cube that knows the groups, and what is asked of it by name.
struct Asked {
  Cube cube;
  std::string lead, groups;

  const Catalogue& catalogue() const { return cube.catalogue(); }
  const LeadSet& leads() const { return lead_set_of(catalogue(), lead); }
};

/// Throws QueryError as `contribution` says.
Asked asked(const Cube& cube, const std::string& of, std::span<const Rule> rules, const Groups& groups,
            const std::string& lead);

/// The indicator that is the contribution of a group, without an id.
Indicator contribution_indicator(const Asked& asked, const std::string& of, Rule rule, const std::string& stage,
                                 Over over);

}  // namespace casemetry::lead
