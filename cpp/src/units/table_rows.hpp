// SPDX-License-Identifier: Apache-2.0
// The rows of a table as the catalogue reads them.
#pragma once

#include <casemetry/units.hpp>
#include <map>
#include <string>
#include <vector>

namespace casemetry::counting {

class TableRows : public RowSet {
 public:
  TableRows(std::string id, Table table, const Catalogue& catalogue);

  std::vector<std::string> column_names() const override { return table_.column_names(); }
  Lack lacking() override { return {}; }
  Lack lacking(std::string_view column) override;
  const ColumnDefinition* definition(std::string_view column) override;
  Scope scope() override;
  std::int64_t rows() override;
  const Column& column(std::string_view name) override;
  std::vector<std::int64_t> rows_behind(std::span<const std::uint8_t> chosen) override;
  /// Whether its rows, or a column, were asked for.
  bool was_read() const { return was_read_; }
  /// What became of the columns that were read, in the table's order.
  std::vector<ColumnReport> reports() const;

 private:
  Table table_;
  bool was_read_ = false;
  const Catalogue& catalogue_;
  std::map<std::string, ColumnDefinition, std::less<>> definitions_;
  std::map<std::string, bool, std::less<>> declared_;
  std::map<std::string, Column, std::less<>> read_;
};

}  // namespace casemetry::counting
