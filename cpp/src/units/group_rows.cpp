// SPDX-License-Identifier: Apache-2.0
#include "units/group_rows.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "written.hpp"

namespace casemetry::counting {
namespace {

using Aliases = std::map<std::string, std::string>;

struct ToldRow {
  GroupedSource told;
  std::size_t row;
};

std::string text_of(std::int32_t day) {
  return date_text(Date{std::chrono::days{day}});
}

// Reads a table of groups row by row.
class GroupTable {
 public:
  GroupTable(const casemetry::Grouping& grouping, RowSet& table, const Aliases& aliases)
      : place_("grouping '" + grouping.id + "', table '" + table.id() + "'"),
        sources_(texts(table, "source", aliases)),
        groups_(texts(table, "group", {})),
        from_(bound(table, "valid_from")),
        to_(bound(table, "valid_to")),
        rows_(static_cast<std::size_t>(table.rows())) {}

  std::vector<GroupedSource> read() const {
    std::vector<ToldRow> rows;
    for (std::size_t row = 0; row < rows_; ++row) rows.push_back({told(row), row});
    std::ranges::sort(
        rows, [](const ToldRow& a, const ToldRow& b) { return a.told != b.told ? a.told < b.told : a.row < b.row; });
    refuse_two_at_once(rows);
    std::vector<GroupedSource> groups;
    for (const ToldRow& row : rows)
      if (groups.empty() || groups.back() != row.told) groups.push_back(row.told);
    return groups;
  }

 private:
  static Column texts(RowSet& table, const std::string& name, const Aliases& aliases) {
    return table.column(name).as({.name = name, .type = Type::text, .aliases = aliases});
  }

  static std::optional<Column> bound(RowSet& table, const std::string& name) {
    if (table.lacking(name)) return std::nullopt;
    const Column& column = table.column(name);
    return column.type() == Type::date ? column : column.as_dates();
  }

  std::string text(const Column& column, std::size_t row) const {
    const std::size_t code = std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes());
    if (code == column.missing_code())
      refuse({row}, "no " + column.name() + ": each row names a source and the group that it is in");
    return column.labels()[code];
  }

  static std::int32_t day(const std::optional<Column>& column, std::size_t row) {
    return column && is_day(column->days()[row]) ? column->days()[row] : missing_day;
  }

  GroupedSource told(std::size_t row) const {
    GroupedSource told{.source = text(sources_, row),
                       .group = text(groups_, row),
                       .valid_from = day(from_, row),
                       .valid_to = day(to_, row)};
    if (told.valid_to != missing_day && told.valid_from > told.valid_to)
      refuse({row}, "source '" + told.source + "' is in '" + told.group + "' from " + text_of(told.valid_from) +
                        " to " + text_of(told.valid_to) + ": valid_from comes before valid_to, or is the same day");
    return told;
  }

  // Of the rows of a source, by their groups: two that have a day in common.
  void refuse_two_at_once(std::vector<ToldRow> rows) const {
    std::ranges::stable_sort(rows, [](const ToldRow& a, const ToldRow& b) {
      return a.told.source != b.told.source ? a.told.source < b.told.source : a.told.valid_from < b.told.valid_from;
    });
    const ToldRow* longest = nullptr;  // of the source's rows so far, the one that ends last
    for (const ToldRow& row : rows) {
      const bool is_same = longest != nullptr && longest->told.source == row.told.source;
      if (is_same && row.told.valid_from <= end_of(*longest) && row.told.group != longest->told.group)
        refuse_both(*longest, row);
      if (!is_same || end_of(row) > end_of(*longest)) longest = &row;
    }
  }

  static std::int32_t end_of(const ToldRow& row) {
    return row.told.valid_to == missing_day ? not_yet_day : row.told.valid_to;
  }

  [[noreturn]] void refuse_both(const ToldRow& one, const ToldRow& other) const {
    const std::int32_t day = other.told.valid_from;
    refuse({std::min(one.row, other.row), std::max(one.row, other.row)},
           "source '" + one.told.source + "' is in '" + one.told.group + "' and in '" + other.told.group + "'" +
               (day != missing_day ? " on " + text_of(day) : "") +
               "; a source is in one group at a time: end the one with valid_to before the other begins with "
               "valid_from");
  }

  [[noreturn]] void refuse(std::vector<std::size_t> rows, const std::string& why) const {
    std::string numbers;
    for (const std::size_t row : rows) numbers += (numbers.empty() ? "" : " and ") + std::to_string(row + 1);
    throw DataError(place_ + (rows.size() == 1 ? ", row " : ", rows ") + numbers + ": " + why);
  }

  std::string place_;
  Column sources_;
  Column groups_;
  std::optional<Column> from_;
  std::optional<Column> to_;
  std::size_t rows_;
};

}  // namespace

std::vector<GroupedSource> listed_groups(const casemetry::Grouping& grouping) {
  std::vector<GroupedSource> rows;
  for (const SourceGroup& group : grouping.groups)
    for (const std::string& source : group.sources) rows.push_back({.source = source, .group = group.name});
  return rows;
}

std::vector<GroupedSource> told_groups(const casemetry::Grouping& grouping, RowSet& table,
                                       const std::map<std::string, std::string>& aliases) {
  return GroupTable(grouping, table, aliases).read();
}

bool has_bounds(RowSet& table) {
  return !table.lacking("valid_from") || !table.lacking("valid_to");
}

}  // namespace casemetry::counting
