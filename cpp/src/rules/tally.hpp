// SPDX-License-Identifier: Apache-2.0
/// \file
/// Leads by the weight of their credit: all that a contribution rests on, in whole numbers.
#pragma once

#include <casemetry/catalogue.hpp>
#include <cstdint>
#include <map>
#include <optional>

#include "int128.hpp"

namespace casemetry::rule {

/// By value; both are in lowest terms.
struct Smaller {
  bool operator()(const Rational& left, const Rational& right) const;
};

double value_of(const Rational& weight);

/// Adds counts that are not negative; throws DataError if the sum does not fit 64 bits, or if it is no count.
void add_leads(std::int64_t& to, std::int64_t leads);

/// Leads that are credited alike: how many there are, Σ v and Σ v² of what they weigh. Where each weighs 1, all three
/// are the same.
struct Bulk {
  std::int64_t leads = 0;
  int128 sum = 0;
  int128 sum_of_squares = 0;

  static Bulk of(std::int64_t leads) { return {leads, leads, leads}; }
  /// Throws DataError if anything is negative, or runs over.
  void add(const Bulk& other);
};

class Tally {
 public:
  void add(const Rational& weight, const Bulk& leads);

  std::int64_t leads() const { return all_.leads; }
  /// Σ v.
  int128 weight() const { return all_.sum; }
  bool is_empty() const { return all_.sum == 0; }
  /// Σ v w in lowest terms; nothing if it does not fit 64 bits.
  std::optional<Rational> credit() const;
  /// Σ v w, rounded once if `credit` fits, else once for each weight, by ascending weight.
  double sum() const;
  /// Σ v w / Σ v; needs some weight, as do those below.
  double mean() const { return sum() / static_cast<double>(all_.sum); }
  /// Σ v² (w − mean)² / (Σ v)²: from deviations, so that it loses no digit to their difference.
  double variance_of_mean() const;
  /// The leads that, each counted whole, would give this mean this variance: (Σ v)² / Σ v² where it has none because
  /// all weights are equal: few leads that agree tell no more than few leads.
  double effective_leads() const;

 private:
  bool is_plain() const;  // every weight 0 or 1

  std::map<Rational, Bulk, Smaller> by_weight_;  // of leads that weigh something
  Bulk all_;
};

}  // namespace casemetry::rule
