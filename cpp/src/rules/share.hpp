// SPDX-License-Identifier: Apache-2.0
/// \file
/// From patterns or sets and their counts to the tally of a rule, and from the tally to a contribution.
#pragma once

#include <casemetry/rules.hpp>

#include "rules/tally.hpp"

namespace casemetry::rule {

/// Leads by weight, under the rule that is asked and the two of the band, and those left out.
struct Weighed {
  Tally asked, exclusive, any;
  std::int64_t all = 0;
  std::int64_t unattributed = 0;
  std::int64_t unknown = 0;
  /// Of the unknown: those that could have any credit, and the others under the rule that is asked.
  Bulk open;
  std::map<Rational, std::int64_t, Smaller> undecided;
  bool weighs_unknown = true;  ///< it is known what they weigh
};

/// The patterns that a rule reads. Throws QueryError if they are not at hand.
const PatternCounts& read_by(Rule rule, const LeadCounts& counts);
bool can_read(Rule rule, const LeadCounts& counts);

Weighed weighed(const LeadCounts& counts, std::string_view group, Rule rule, Over over);
Contribution contribution_of(const Weighed& weighed, Rule rule, double level);

}  // namespace casemetry::rule
