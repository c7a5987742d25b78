// SPDX-License-Identifier: Apache-2.0
#include "cube/dimension.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "cube/bands.hpp"
#include "written.hpp"

namespace casemetry::pass {
namespace {

std::string day_text(std::int32_t day) {
  return day == not_yet_day ? "not_yet" : date_text(Date{std::chrono::days{day}});
}

// A cube has cells for groups; what nearly every row has another value of is a key, whose cells would be the rows
// again.
constexpr std::size_t most_labels = std::size_t{1} << 22;

void refuse_keys(const std::string& name, const std::string& rows, std::size_t labels) {
  if (labels <= most_labels) return;
  throw DataError(
      "column '" + name + "' of '" + rows + "' has " + std::to_string(labels) +
      " different values, but a dimension has at most " + std::to_string(most_labels) +
      ": leave it out of `by`, or make a dimension of a coarser column, of bands or of a hierarchy's levels");
}

// Codes a column of numbers by the texts of its different values.
template <class Number>
void code(std::span<const Number> numbers, Number missing, auto text, const std::string& name, const std::string& rows,
          DimensionColumn& column) {
  std::unordered_set<Number> different(numbers.begin(), numbers.end());
  different.erase(missing);
  refuse_keys(name, rows, different.size());
  std::vector<std::pair<std::string, Number>> labelled;
  for (const Number number : different) labelled.emplace_back(text(number), number);
  std::sort(labelled.begin(), labelled.end());
  std::unordered_map<Number, std::uint32_t> codes;
  for (auto& [label, number] : labelled) {
    codes.emplace(number, static_cast<std::uint32_t>(column.labels.size()));
    column.labels.push_back(std::move(label));
  }
  codes.emplace(missing, static_cast<std::uint32_t>(column.labels.size()));
  auto own = std::make_shared<std::vector<std::uint32_t>>(numbers.size());
  std::transform(numbers.begin(), numbers.end(), own->begin(),
                 [&](Number number) { return codes.find(number)->second; });
  column.codes = std::span<const std::uint32_t>(*own);
  column.own_codes = std::move(own);
}

// Sorted, each once: bytes of UTF-8 compare as code points do.
void sort_once(std::vector<std::string>& labels) {
  std::ranges::sort(labels);
  const auto repeats = std::ranges::unique(labels);
  labels.erase(repeats.begin(), repeats.end());
}

}  // namespace

DimensionColumn dimension_column(Source& source, const std::string& name) {
  const Column& read = source.column(name);
  const ColumnDefinition& definition = *source.definition(name);
  DimensionColumn column;
  column.identifies = definition.identifies;
  if (read.type() == Type::set)
    throw DefinitionError({{"dimension." + name,
                            "column '" + name + "' of '" + source.id() +
                                "' is a set: count by a column that is made of it, such as size(" + name + ")",
                            {}}});
  if (read.coded()) {
    refuse_keys(name, source.id(), read.labels().size());
    column.labels.assign(read.labels().begin(), read.labels().end());
    column.is_closed = !definition.values.empty();
    column.listed = column.is_closed ? read.listed() : 0;
    column.codes = read.codes();
  } else if (read.type() == Type::date) {
    code(read.days(), missing_day, day_text, name, source.id(), column);
  } else {
    const int scale = read.scale();
    const auto text = [scale](auto number) { return number_text(number, scale); };
    code(read.numbers(), missing_number, text, name, source.id(), column);
  }
  return column;
}

DimensionColumn banded_column(Source& source, const std::string& name, const Dimension& dimension) {
  const Column& read = source.column(name);
  if (read.type() != Type::integer)
    throw DefinitionError(
        {{"dimension." + dimension.id + ".bands",
          "column '" + name + "' of '" + source.id() + "' holds " + type_name(read.type(), read.scale()) +
              ": bands are of integers; declare it as `integer`, or leave the bands out",
          {}}});
  DimensionColumn column;
  column.identifies = source.definition(name)->identifies;
  column.labels = band_labels(dimension.bands);
  column.listed = column.labels.size();
  column.is_closed = true;
  auto own = std::make_shared<const std::vector<std::uint16_t>>(band_codes(read.numbers(), dimension.bands));
  column.codes = std::span<const std::uint16_t>(*own);
  column.own_codes = std::move(own);
  return column;
}

DimensionLabels merged_labels(std::string id, std::span<const std::optional<DimensionColumn>> columns) {
  DimensionLabels merged{.id = std::move(id)};
  std::set<std::string> declared;
  std::vector<std::string> open;
  std::vector<std::string> unlisted;
  for (const auto& column : columns) {
    if (!column) continue;
    merged.identifies = merged.identifies || column->identifies;
    const auto rest = column->labels.begin() + static_cast<std::ptrdiff_t>(column->listed);
    for (auto label = column->labels.begin(); label != rest; ++label)
      if (declared.insert(*label).second) merged.labels.push_back(*label);
    std::vector<std::string>& others = column->is_closed ? unlisted : open;
    others.insert(others.end(), rest, column->labels.end());
  }
  merged.declared = merged.labels;
  sort_once(open);
  sort_once(unlisted);
  for (const std::string& label : open)
    if (!declared.contains(label)) merged.labels.push_back(label);
  merged.listed = merged.labels.size();
  for (const std::string& label : unlisted)
    if (!declared.contains(label) && !std::ranges::binary_search(open, label)) merged.labels.push_back(label);
  return merged;
}

}  // namespace casemetry::pass
