// SPDX-License-Identifier: Apache-2.0
/// \file
/// Results as the figures that they publish of the same units, with the totals that are taken to be published too, and
/// which of them are hidden.
#pragma once

#include "protection/tables.hpp"

namespace casemetry::protection {

/// Figures of the same units.
class Published {
 public:
  /// Counts them, hides what is small, and what would tell it. `asked` are the indicators that count these units; none
  /// of them is not available.
  Published(std::span<const Result> results, std::span<const Asked> asked, const Protection& protection);
  Published(const Published&) = delete;
  Published& operator=(const Published&) = delete;

  bool is_hidden(const Place& place) const;
  /// Whether what a comparison sets beside a row is hidden; `then`: the period, of a whole that of the row.
  bool is_hidden(const Place& place, std::string_view comparison, const Period& then) const;

 private:
  Frame frame_;
  Cells cells_;
  Tables tables_;
};

}  // namespace casemetry::protection
