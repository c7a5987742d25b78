// SPDX-License-Identifier: Apache-2.0
// What a pass counts: the rows of a table or unit, with dates and numbers read as such.
#pragma once

#include <casemetry/units.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::pass {

class Source {
 public:
  /// Both outlive it.
  Source(RowSet& rows, RowSets& all) : rows_(&rows), all_(&all) {}

  const std::string& id() const { return rows_->id(); }
  std::int64_t rows() const { return rows_->rows(); }
  bool has(std::string_view column) const { return !rows_->lacking(column); }
  /// Why it has no such column: the table, the column, the nearest spelling.
  std::string lacks(std::string_view column) const { return rows_->lacking(column).reason; }
  /// How a column is read. Null if there is no such column.
  const ColumnDefinition* definition(std::string_view column) const { return rows_->definition(column); }
  /// The names of an expression over these rows.
  Scope scope() const { return rows_->scope(); }
  /// The holidays that an expression needs, if it does.
  Holidays holidays(const Expression& expression) const { return all_->holidays(expression); }

  /// The column as it is declared. Throws ColumnNotFoundError.
  const Column& column(const std::string& name) { return rows_->column(name); }
  /// The column as dates: text that no declaration makes dates is read as such. Throws DefinitionError if it is
  /// neither.
  const Column& dates(const std::string& name);
  /// The column of integers or decimals. Throws DefinitionError if it is neither.
  const Column& numbers(const std::string& name);
  /// What became of the columns that were read, with the text that was read as dates.
  std::vector<ColumnReport> with_dates(std::vector<ColumnReport> reports) const;

 private:
  [[noreturn]] void refuse(const Column& column, const std::string& wanted) const;

  RowSet* rows_;
  RowSets* all_;
  std::map<std::string, Column, std::less<>> dates_;  // of text columns
};

/// Whether a column has cells without a value.
bool has_missing(const Column& column);

}  // namespace casemetry::pass
