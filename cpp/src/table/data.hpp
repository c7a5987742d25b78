// SPDX-License-Identifier: Apache-2.0
/// \file
/// What stands behind a Column.
#pragma once

#include <casemetry/table.hpp>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace casemetry {

/// The labels of a column. Columns made from one another share them: a key of a million texts is kept once.
class Labels {
 public:
  Labels() : Labels(std::vector<std::string>{}) {}
  Labels(std::vector<std::string> labels) : all_(std::make_shared<const std::vector<std::string>>(std::move(labels))) {}
  Labels(std::initializer_list<std::string> labels) : Labels(std::vector<std::string>(labels)) {}

  std::size_t size() const { return all_->size(); }
  bool empty() const { return all_->empty(); }
  const std::string& operator[](std::size_t label) const { return (*all_)[label]; }
  auto begin() const { return all_->begin(); }
  auto end() const { return all_->end(); }
  operator std::span<const std::string>() const { return *all_; }

 private:
  std::shared_ptr<const std::vector<std::string>> all_;
};

struct Column::Data {
  /// Codes in the narrowest width; days; or numbers. The width tells which.
  using Cells = std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>,
                             std::vector<std::int32_t>, std::vector<std::int64_t>>;

  std::string name;
  Type type = Type::text;
  int scale = 0;
  Cells cells;
  Labels labels;
  std::size_t listed = 0;
  std::shared_ptr<const Sets> sets;  ///< of a column of sets; its labels are then those of the members
  ColumnReport report;
  /// The text of a column whose type was guessed, if its spelling would be lost: a declared type wins over a guess.
  std::shared_ptr<const Data> written;
};

using ColumnData = Column::Data;

/// Codes as they are kept: as narrow as `labels` allow.
ColumnData::Cells narrow_codes(const std::vector<std::uint32_t>& codes, std::size_t labels);

/// The code of a missing cell: one more than there are labels, or sets.
std::size_t missing_code_of(const ColumnData& column);

/// How many rows each label, or set, has; one place more, for the missing.
std::vector<std::int64_t> rows_of_labels(const ColumnData& column);

/// Counts cells that could not be read as the type, and keeps an example.
void count_unreadable(ColumnReport& report, std::int64_t cells, std::string_view example);

/// Counts cells that a closed category does not list, and keeps an example.
void count_unlisted(ColumnReport& report, std::int64_t cells, std::string_view example);

/// `table 'cases', column 'office'`, for messages.
std::string place_of(std::string_view table, std::string_view column);

}  // namespace casemetry
