// SPDX-License-Identifier: Apache-2.0
// The rows of a unit: its source collapsed by key, columns looked up, columns derived.
#pragma once

#include <casemetry/units.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "units/collapse.hpp"
#include "units/grouping.hpp"
#include "units/matching.hpp"

namespace casemetry::counting {

class UnitRows : public RowSet {
 public:
  UnitRows(const UnitDefinition& definition, RowSets& all, Scratch& scratch, std::size_t chunk);

  std::vector<std::string> column_names() const override;
  Lack lacking() override;
  Lack lacking(std::string_view column) override;
  const ColumnDefinition* definition(std::string_view column) override;
  Scope scope() override;
  std::int64_t rows() override;
  const Column& column(std::string_view name) override;
  std::vector<std::int64_t> rows_behind(std::span<const std::uint8_t> chosen) override;
  /// As far as its columns were made; nothing if it was not asked for.
  std::optional<UnitReport> report() const;

 private:
  struct Found {
    Buffer<std::uint32_t> rows;  // of the other side
    UnitReport::LookedUp report;
  };

  bool is_collapsed() const { return !definition_.one_row_per.empty(); }
  bool is_of_source(std::string_view column) const;
  bool hands_on(std::string_view column);
  const UnitColumn* own(std::string_view column) const;
  const Lookup* taker(std::string_view column) const;
  const Lookup& lookup(std::string_view name) const;
  std::string place(std::string_view what, std::string_view name) const;

  Lack lack_of_rows();
  Lack lack_of(std::string_view column);
  Lack lack_of(const UnitColumn& column);
  Lack lack_of(const Lookup& lookup);

  std::map<std::string, bool> groupings();
  RowSet& source() { return all_.at(definition_.from); }
  const Grouping& grouping();
  void refuse_missing(const Column& key) const;
  Column make(std::string_view name);
  Column derive(const UnitColumn& column);
  Column evaluated(const Expression& value, const std::string& column);
  Column part(const Expression& value, std::string_view name, const std::string& column);
  Column pattern(const Expression& call, const std::string& column);
  DataError ungrouped(const casemetry::Grouping& grouping, const std::string& column, const std::string& source,
                      std::size_t row, std::int32_t day);
  const Collapsed& collapse(const Expression& call, const std::string& column);
  [[noreturn]] void refuse_sum(const Expression& call, const std::string& column, std::int64_t unit);

  const Found& find(const Lookup& lookup);
  Found match_rows(const Lookup& lookup);
  void refuse_unlike(const Lookup& lookup, const Column& own, const Column& other) const;
  [[noreturn]] void refuse_duplicates(const Lookup& lookup, const Matching& matching);
  Column truth_of_found(const Lookup& lookup);
  Column take(const Lookup& lookup, std::string_view column);

  const UnitDefinition& definition_;
  RowSets& all_;
  Scratch& scratch_;
  std::size_t chunk_;
  std::optional<Grouping> grouping_;
  std::map<std::string, Lack, std::less<>> lacks_;
  std::map<std::string, ColumnDefinition, std::less<>> definitions_;  // of its own columns
  std::map<std::string, Column, std::less<>> columns_;
  std::map<std::string, Collapsed, std::less<>> calls_;  // by their text
  std::map<std::string, Found, std::less<>> found_;      // by lookup
  std::map<std::string, UnitReport::Collapsed> reports_;
};

}  // namespace casemetry::counting
