// SPDX-License-Identifier: Apache-2.0
#include "check/at_hand.hpp"

#include <algorithm>

#include "written.hpp"

namespace casemetry::quality {
namespace {

const ColumnDefinition* declared(const TableDefinition& table, std::string_view column) {
  const auto found = std::ranges::find(table.columns, column, &ColumnDefinition::name);
  return found != table.columns.end() ? &*found : nullptr;
}

}  // namespace

TableAtHand::TableAtHand(std::string id, Table stored, const Catalogue& catalogue)
    : id_(std::move(id)), stored_(std::move(stored)), catalogue_(catalogue) {
  if (const TableDefinition* declared_table = catalogue.table(id_)) definition_ = *declared_table;
  definition_.id = id_;
  for (const Column& column : stored_.columns()) {
    const ColumnDefinition* definition = declared(definition_, column.name());
    try {
      columns_.push_back(definition != nullptr ? column.as(*definition) : column);
    } catch (const Error& error) {
      unread_.emplace(column.name(), error.what());
    }
  }
}

const Column* TableAtHand::column(std::string_view name) const {
  const auto found = std::ranges::find_if(columns_, [&](const Column& column) { return column.name() == name; });
  return found != columns_.end() ? &*found : nullptr;
}

const Column* TableAtHand::dates(std::string_view name) const {
  const Column* found = column(name);
  return found != nullptr && found->type() == Type::date ? found : nullptr;
}

bool TableAtHand::identifies(std::string_view column) const {
  const ColumnDefinition* definition = declared(definition_, column);
  return definition != nullptr && definition->identifies;
}

Finding::Example TableAtHand::example(std::size_t row) const {
  Finding::Example example{.row = static_cast<std::int64_t>(row)};
  for (const std::string& name : definition_.key) {
    const Column* part = column(name);
    if (part == nullptr || identifies(name)) continue;
    example.key += (example.key.empty() ? "" : ", ") + name + " = " + cell_text(*part, row);
  }
  return example;
}

std::string cell_text(const Column& column, std::size_t row) {
  if (is_missing(column)(row)) return {};
  if (column.type() == Type::date) {
    const std::int32_t day = column.days()[row];
    return day == not_yet_day ? "" : date_text(Date{std::chrono::days{day}});
  }
  if (column.coded())
    return column.labels()[std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes())];
  return column.type() == Type::set ? "" : number_text(column.numbers()[row], column.scale());
}

}  // namespace casemetry::quality
