// SPDX-License-Identifier: Apache-2.0
#include "catalogue/canonical.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "set_origin.hpp"

namespace casemetry::definition {
namespace {

int digits(std::string_view text) {
  int value = 0;
  for (const char digit : text) value = 10 * value + (digit - '0');
  return value;
}

Literal shortest(Decimal value) {
  while (value.scale > 0 && value.digits % 10 == 0) {
    value.digits /= 10;
    --value.scale;
  }
  if (value.scale == 0) return value.digits;
  return value;
}

Literal one_form(const Literal& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    const auto date = parse_date(*text);
    return date ? Literal(*date) : value;
  }
  if (const auto* decimal = std::get_if<Decimal>(&value)) return shortest(*decimal);
  return value;
}

// A source that is listed by another spelling is listed by its value, once.
void put_values(SourceGroup& group, const std::map<std::string, std::string>& aliases) {
  std::vector<std::string> sources;
  for (const std::string& source : group.sources)
    if (!aliases.contains(source)) sources.push_back(source);
  for (const std::string& source : group.sources)
    if (const auto alias = aliases.find(source); alias != aliases.end())
      if (std::ranges::find(sources, alias->second) == sources.end()) sources.push_back(alias->second);
  group.sources = std::move(sources);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::string_view parts[] = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  for (const std::string_view part : parts)
    if (part.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(digits(parts[0])),
                                        std::chrono::month(static_cast<unsigned>(digits(parts[1]))),
                                        std::chrono::day(static_cast<unsigned>(digits(parts[2])))};
  if (!day.ok()) return std::nullopt;
  return Date(day);
}

Definitions canonical(Definitions definitions) {
  for (auto& [name, values] : definitions.lists)
    for (Literal& value : values) value = one_form(value);
  for (UnitDefinition& unit : definitions.units)
    for (Lookup& lookup : unit.lookups)
      for (auto& [column, value] : lookup.otherwise) value = one_form(value);
  const auto aliases = source_aliases(definitions);
  for (Grouping& grouping : definitions.groupings)
    for (SourceGroup& group : grouping.groups) put_values(group, aliases);
  return definitions;
}

}  // namespace casemetry::definition
