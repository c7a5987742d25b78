// SPDX-License-Identifier: Apache-2.0
// A table as the catalogue reads it: each column by its definition, only when something asks for it, and once.
#pragma once

#include <casemetry/catalogue.hpp>
#include <casemetry/table.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::pass {

class Source {
 public:
  /// `definition` may be null: then columns are read as they are stored.
  Source(std::string id, Table table, const TableDefinition* definition);

  const std::string& id() const { return id_; }
  std::int64_t rows() const { return table_.rows(); }
  bool has(std::string_view column) const { return table_.has(column); }
  /// How a column is read: declared, or as it is stored. Null if the table has no such column.
  const ColumnDefinition* definition(std::string_view column) const;
  /// The names of an expression over this table.
  Scope scope(const std::map<std::string, std::vector<Literal>>& lists) const;
  /// What a column that the table lacks should tell: the table, the column, the nearest spelling.
  std::string lacks(std::string_view column) const;

  /// The column as it is declared. Throws ColumnNotFoundError.
  const Column& column(const std::string& name);
  /// The column as dates: text that no declaration makes dates is read as such. Throws DefinitionError if it is
  /// neither.
  const Column& dates(const std::string& name);
  /// The column of integers or decimals. Throws DefinitionError if it is neither.
  const Column& numbers(const std::string& name);
  /// What became of the columns that were read, in the table's order.
  std::vector<ColumnReport> reports() const;

 private:
  std::string id_;
  Table table_;
  std::map<std::string, ColumnDefinition, std::less<>> definitions_;
  std::map<std::string, bool, std::less<>> declared_;
  std::map<std::string, Column, std::less<>> read_;
  std::map<std::string, Column, std::less<>> dates_;  // of text columns
};

/// Whether a column has cells without a value.
bool has_missing(const Column& column);

}  // namespace casemetry::pass
