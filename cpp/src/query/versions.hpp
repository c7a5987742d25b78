// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which definition of an indicator answers for a period (口径版本): today's, or the one that held on its last day.
#pragma once

#include <casemetry/query.hpp>
#include <map>
#include <string>
#include <vector>

namespace casemetry::question {

inline constexpr const char* like_for_like = "like_for_like";
inline constexpr const char* as_then = "as_then";

/// Throws QueryError with the nearest if they are neither, nor left empty.
void check_versions(const std::string& asked);

/// The definitions of a question's indicators: today's of each, at its own place, and, if they are asked as they were
/// then, after these all that were another.
class Versions {
 public:
  /// Of a question with all its indicators named.
  Versions(const Catalogue& catalogue, const Query& question);
  Versions(const Versions&) = delete;
  Versions& operator=(const Versions&) = delete;

  const std::vector<const Indicator*>& definitions() const { return definitions_; }
  /// The place of the definition that answers for a period; without one, and for undated units, it is today's.
  std::size_t place(std::size_t indicator, const Period& period) const;
  /// The figures of a period rest on a definition that is not today's, or on one that did not hold from its first day.
  bool has_changed(std::size_t indicator, const Period& period) const;
  /// For each indicator that was defined otherwise in one of these periods: all that held in them, earliest first.
  std::map<std::string, std::vector<DatedDefinition>> held_in(std::span<const Period> periods) const;

 private:
  struct Days {
    Date first, last;
  };
  Days days_of(const Period& period) const;

  const Query& question_;
  const Calendar& calendar_;
  std::vector<std::vector<DatedDefinition>> histories_;  // by indicator
  std::vector<const Indicator*> definitions_;
  std::vector<std::vector<std::size_t>> places_;  // by indicator, of each definition in its history
};

}  // namespace casemetry::question
