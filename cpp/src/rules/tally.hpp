// SPDX-License-Identifier: Apache-2.0
/// \file
/// Leads by the weight they give: all that a contribution rests on, in whole numbers.
#pragma once

#include <casemetry/catalogue.hpp>
#include <cstdint>
#include <map>
#include <optional>

namespace casemetry::rule {

/// By value; both are in lowest terms.
struct Smaller {
  bool operator()(const Rational& left, const Rational& right) const;
};

/// Adds counts that are not negative; throws DataError if the sum does not fit 64 bits, or if it is no count.
void add_leads(std::int64_t& to, std::int64_t leads);

class Tally {
 public:
  void add(const Rational& weight, std::int64_t leads);

  std::int64_t leads() const { return leads_; }
  /// Σ w in lowest terms; nothing if it does not fit 64 bits.
  std::optional<Rational> credit() const;
  /// Σ w, rounded once if `credit` fits, else once for each weight, by ascending weight.
  double sum() const;
  /// Σ w / N; needs a lead.
  double mean() const { return sum() / static_cast<double>(leads_); }
  /// (Σ w² / N − mean²) / N, from deviations, so that it loses no digit to their difference; needs a lead.
  double variance_of_mean() const;
  /// The leads that, each counted whole, would give this mean this variance: N where every weight is 0 or 1, infinite
  /// where all weights are equal and neither. Needs a lead.
  double effective_leads() const;

 private:
  std::map<Rational, std::int64_t, Smaller> leads_by_weight_;
  std::int64_t leads_ = 0;
};

}  // namespace casemetry::rule
