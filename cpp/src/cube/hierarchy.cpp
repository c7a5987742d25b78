// SPDX-License-Identifier: Apache-2.0
#include "cube/hierarchy.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace casemetry::value {
namespace {

using Texts = std::vector<std::string>;

// The cells as text, whatever the column holds; a missing one is empty.
Texts texts_of(const Table& table, const TableDefinition* definition, const std::string& name) {
  Column column = table.column(name);
  if (definition != nullptr) {
    const auto declared = std::ranges::find(definition->columns, name, &ColumnDefinition::name);
    if (declared != definition->columns.end()) column = column.as(*declared);
  }
  column = column.as({.name = name, .type = Type::text});
  Texts texts;
  std::visit(
      [&](auto codes) {
        for (const auto code : codes)
          texts.emplace_back(code < column.labels().size() ? std::string(column.labels()[code]) : std::string());
      },
      column.codes());
  return texts;
}

std::vector<HierarchyCode> codes_of(const Table& table, const TableDefinition* definition, const std::string& id) {
  const Texts codes = texts_of(table, definition, "code");
  const Texts parents = texts_of(table, definition, "parent");
  const Texts names = table.has("name") ? texts_of(table, definition, "name") : Texts(codes.size());
  std::vector<HierarchyCode> hierarchy;
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (codes[row].empty())
      throw DataError("table '" + id + "', row " + std::to_string(row + 1) + ": no code; every row names one");
    hierarchy.push_back({codes[row], parents[row], names[row]});
  }
  std::ranges::sort(hierarchy, {}, &HierarchyCode::code);
  return hierarchy;
}

// Walks up from each code until one that was reached before: if on the same way, it is above itself.
const HierarchyCode* on_a_circle(std::span<const HierarchyCode> hierarchy) {
  std::vector<std::size_t> reached_from(hierarchy.size());  // 0: not yet
  for (std::size_t start = 1; start <= hierarchy.size(); ++start) {
    const HierarchyCode* code = &hierarchy[start - 1];
    while (code != nullptr) {
      std::size_t& reached = reached_from[static_cast<std::size_t>(code - hierarchy.data())];
      if (reached == start) return code;
      if (reached != 0) break;
      reached = start;
      code = find_code(hierarchy, code->parent);
    }
  }
  return nullptr;
}

std::string circle(std::span<const HierarchyCode> hierarchy, const HierarchyCode& first) {
  std::string way = first.code;
  const HierarchyCode* code = &first;
  do {
    code = find_code(hierarchy, code->parent);
    way += " → " + code->code;
  } while (code != &first);
  return way;
}

}  // namespace

std::optional<std::string> flaw_of(std::span<const HierarchyCode> hierarchy) {
  const auto twice = std::ranges::adjacent_find(hierarchy, std::greater_equal{}, &HierarchyCode::code);
  if (twice != hierarchy.end()) return "code '" + twice->code + "' stands twice; a code has one parent";
  for (const HierarchyCode& code : hierarchy)
    if (!code.parent.empty() && find_code(hierarchy, code.parent) == nullptr)
      return "code '" + code.code + "' is under '" + code.parent +
             "', which is no code itself; add a row for it, or leave the parent empty";
  if (const HierarchyCode* code = on_a_circle(hierarchy))
    return "code '" + code->code + "' is above itself: " + circle(hierarchy, *code);
  return std::nullopt;
}

std::vector<HierarchyCode> hierarchy_of(const Tables& tables, const Catalogue& catalogue, const Dimension& dimension) {
  const std::string& id = dimension.hierarchy.table;
  const auto table = tables.find(id);
  if (table == tables.end())
    throw QueryError("dimension '" + dimension.id + "' needs table '" + id +
                     "', which says what is above its codes; give it with the others");
  std::vector<HierarchyCode> hierarchy = codes_of(table->second, catalogue.table(id), id);
  if (const auto flaw = flaw_of(hierarchy)) throw DataError("table '" + id + "', a hierarchy: " + *flaw);
  return hierarchy;
}

const HierarchyCode* find_code(std::span<const HierarchyCode> hierarchy, std::string_view code) {
  const auto found = std::ranges::lower_bound(hierarchy, code, {}, &HierarchyCode::code);
  return found != hierarchy.end() && found->code == code ? &*found : nullptr;
}

bool is_known(const DimensionLabels& dimension, std::string_view label) {
  return !dimension.hierarchy || find_code(*dimension.hierarchy, label) != nullptr;
}

std::vector<HierarchyCode> above(const DimensionLabels& dimension) {
  const std::span<const HierarchyCode> all = *dimension.hierarchy;
  std::vector<bool> is_needed(all.size());
  for (const std::string& label : dimension.labels) {
    const HierarchyCode* code = find_code(all, label);
    while (code != nullptr && !is_needed[static_cast<std::size_t>(code - all.data())]) {
      is_needed[static_cast<std::size_t>(code - all.data())] = true;
      code = find_code(all, code->parent);
    }
  }
  std::vector<HierarchyCode> needed;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (is_needed[i]) needed.push_back(all[i]);
  return needed;
}

std::vector<HierarchyCode> united(std::span<const HierarchyCode> left, std::span<const HierarchyCode> right) {
  std::vector<HierarchyCode> both;
  std::ranges::set_union(left, right, std::back_inserter(both), {}, &HierarchyCode::code, &HierarchyCode::code);
  return both;
}

}  // namespace casemetry::value
