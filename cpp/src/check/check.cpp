// SPDX-License-Identifier: Apache-2.0
#include <casemetry/check.hpp>

#include <algorithm>
#include <array>

#include "arena.hpp"
#include "check/at_hand.hpp"
#include "check/identities.hpp"
#include "check/losses.hpp"

namespace casemetry {
namespace quality {
namespace {

/// Checks one table, and adds what is found.
class TableCheck {
 public:
  TableCheck(const TableAtHand& table, const CheckOptions& options, Check& check)
      : table_(table), options_(options), check_(check) {}

  void run() {
    check_.rows[table_.id()] = table_.rows();
    for (const Column& column : table_.columns()) check_.columns.push_back({table_.id(), column.report()});
    for (const auto& [column, why] : table_.unread()) tell_unread(column, why);
    find(suspicious_cells(table_, options_));
    find(suspicious_orders(table_));
    find(suspicious_entries(table_));
    find(suspicious_keys(table_));
    const std::vector<AlikeLabels> alike = alike_labels(table_);
    find(suspicious_spellings(table_, alike));
    for (const AlikeLabels& labels : alike)
      if (!table_.identifies(labels.column)) check_.alike.push_back(labels);
    std::ranges::move(lateness(table_), std::back_inserter(check_.lateness));
  }

 private:
  void tell_unread(const std::string& column, const std::string& why) {
    check_.findings.push_back({.kind = Finding::Kind::unread,
                               .table = table_.id(),
                               .column = column,
                               .rows = table_.rows(),
                               .of = table_.rows(),
                               .examples = {{.value = why}}});
  }

  void find(const std::vector<Suspicion>& suspicions) {
    for (const Suspicion& suspicion : suspicions) {
      Finding finding = suspicion.finding;
      const Tally found = tally(table_.rows(), suspicion.test, options_.examples);
      if (found.rows == 0) continue;
      finding.rows = found.rows;
      for (const std::int64_t row : found.first) finding.examples.push_back(example(suspicion, row));
      note(finding);
      check_.findings.push_back(std::move(finding));
    }
  }

  Finding::Example example(const Suspicion& suspicion, std::int64_t row) const {
    Finding::Example shown = table_.example(static_cast<std::size_t>(row));
    if (suspicion.value) shown.value = suspicion.value(static_cast<std::size_t>(row));
    return shown;
  }

  // Days that cannot be are told with their column, too.
  void note(const Finding& finding) {
    const auto column = std::ranges::find_if(check_.columns, [&](const CheckedColumn& checked) {
      return checked.table == finding.table && checked.report.name == finding.column;
    });
    if (finding.kind == Finding::Kind::before_first_day) column->before_first_day = finding.rows;
    if (finding.kind == Finding::Kind::after_as_of) column->after_as_of = finding.rows;
  }

  const TableAtHand& table_;
  const CheckOptions& options_;
  Check& check_;
};

Check checked(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options) {
  Check check;
  std::vector<TableAtHand> at_hand;
  for (const auto& [id, table] : tables) at_hand.emplace_back(id, table, catalogue);
  for (const TableAtHand& table : at_hand) TableCheck(table, options, check).run();
  find_losses(at_hand, catalogue, check);
  check_identities(tables, catalogue, options, check);
  return check;
}

std::vector<Suspicion> suspicions(const TableAtHand& table, const CheckOptions& options, Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::out_of_order:
      return suspicious_orders(table);
    case Finding::Kind::late:
      return suspicious_entries(table);
    case Finding::Kind::repeated:
    case Finding::Kind::conflicting:
      return suspicious_keys(table);
    case Finding::Kind::alike:
      return suspicious_spellings(table, alike_labels(table));
    default:
      return suspicious_cells(table, options);
  }
}

Table rows_of(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options, const Finding& finding) {
  const auto given = tables.find(finding.table);
  if (given == tables.end()) throw QueryError("there is no table '" + finding.table + "' to look for rows in");
  const TableAtHand table(given->first, given->second, catalogue);
  for (const Suspicion& suspicion : suspicions(table, options, finding.kind)) {
    const Finding& known = suspicion.finding;
    if (known.kind == finding.kind && known.column == finding.column && known.other == finding.other)
      return given->second.take(rows_where(table.rows(), suspicion.test));
  }
  throw QueryError("table '" + finding.table + "' has no rows that are " + std::string(word(finding.kind)) +
                   (finding.column.empty() ? "" : " in '" + finding.column + "'") +
                   "; give a finding of a check of these tables");
}

}  // namespace
}  // namespace quality

std::string_view word(Finding::Kind kind) {
  static constexpr std::array<std::string_view, 11> words{"unread",           "missing",     "unreadable",   "unlisted",
                                                          "before_first_day", "after_as_of", "out_of_order", "late",
                                                          "repeated",         "conflicting", "alike"};
  return words.at(static_cast<std::size_t>(kind));
}

std::string_view word(Loss::Cause::Kind kind) {
  static constexpr std::array<std::string_view, 5> words{"missing", "unreadable", "unlisted", "disagreeing",
                                                         "not_found"};
  return words.at(static_cast<std::size_t>(kind));
}

Check check(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options) {
  return on_threads(options.threads, [&] { return quality::checked(tables, catalogue, options); });
}

Table rows(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options, const Finding& finding) {
  return on_threads(options.threads, [&] { return quality::rows_of(tables, catalogue, options, finding); });
}

}  // namespace casemetry
