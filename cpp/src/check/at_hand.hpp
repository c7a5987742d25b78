// SPDX-License-Identifier: Apache-2.0
/// \file
/// A table as it is checked: its columns as they are declared, and as they came.
#pragma once

#include <casemetry/check.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "check/row_test.hpp"

namespace casemetry::quality {

class TableAtHand {
 public:
  /// Reads all columns. One that cannot be read is kept out, with what was thrown. The catalogue outlives it.
  TableAtHand(std::string id, Table stored, const Catalogue& catalogue);

  const std::string& id() const { return id_; }
  std::int64_t rows() const { return stored_.rows(); }
  const Table& stored() const { return stored_; }
  const Catalogue& catalogue() const { return catalogue_; }
  /// As far as it is declared; a table that is not declared has its name only.
  const TableDefinition& definition() const { return definition_; }
  /// The columns that could be read, in the table's order; those that could not, and why.
  const std::vector<Column>& columns() const { return columns_; }
  const std::map<std::string, std::string>& unread() const { return unread_; }
  /// Null if it is not there, or could not be read.
  const Column* column(std::string_view name) const;
  /// Likewise, if it holds days.
  const Column* dates(std::string_view name) const;
  bool identifies(std::string_view column) const;
  /// A row for messages: its number, and its key without columns that identify persons.
  Finding::Example example(std::size_t row) const;

 private:
  std::string id_;
  Table stored_;
  const Catalogue& catalogue_;
  TableDefinition definition_;
  std::vector<Column> columns_;
  std::map<std::string, std::string> unread_;
};

/// A cell as it is written; blank if it is missing.
std::string cell_text(const Column& column, std::size_t row);

/// Everything that may be wrong with the cells of columns.
std::vector<Suspicion> suspicious_cells(const TableAtHand& table, const CheckOptions& options);
/// Days that may be reversed.
std::vector<Suspicion> suspicious_orders(const TableAtHand& table);
/// Rows that may be entered late, by each date column that they are counted by; and how late rows are.
std::vector<Suspicion> suspicious_entries(const TableAtHand& table);
std::vector<Lateness> lateness(const TableAtHand& table);
/// Keys that may stand in several rows, and columns in which these may differ.
std::vector<Suspicion> suspicious_keys(const TableAtHand& table);
/// Labels that are spelled alike, and the rows of those that should be spelled otherwise.
std::vector<AlikeLabels> alike_labels(const TableAtHand& table);
std::vector<Suspicion> suspicious_spellings(const TableAtHand& table, const std::vector<AlikeLabels>& alike);

}  // namespace casemetry::quality
