// SPDX-License-Identifier: Apache-2.0
#include "query/result.hpp"

#include <algorithm>

namespace casemetry {
namespace question {
namespace {

using Coded = ArrowColumn::Coded;

Coded coded(const std::vector<std::uint32_t>& codes, std::size_t first, std::size_t stride,
            std::vector<std::string> labels) {
  Coded column{.labels = std::move(labels)};
  column.codes.reserve(codes.size() / stride);
  for (std::size_t i = first; i < codes.size(); i += stride)
    column.codes.push_back(static_cast<std::int32_t>(codes[i]));
  return column;
}

void add_names(const Result::Data& data, std::vector<ArrowColumn>& columns) {
  columns.push_back({"indicator", coded(data.indicator, 0, 1, data.query.indicators)});
  const std::size_t width = data.dimensions.size();
  for (std::size_t d = 0; d < width; ++d)
    columns.push_back({data.dimensions[d].id, coded(data.codes, d, width, data.dimensions[d].labels)});
  ArrowColumn::Texts periods;
  for (const std::uint32_t code : data.period)
    periods.push_back(code < data.periods.size() ? std::optional(data.periods[code]) : std::nullopt);
  columns.push_back({"period", std::move(periods)});
}

void add_numbers(const Result::Data& data, std::vector<ArrowColumn>& columns) {
  const auto number = [&](const std::string& name, const Numbers& numbers) {
    std::visit([&](auto values) { columns.push_back({name, std::move(values)}); }, numbers.arrow());
  };
  columns.push_back({"value", data.value.arrow()});
  number("numerator", data.numerator);
  number("denominator", data.denominator);
  ArrowColumn::Integers unknown;
  for (const std::int64_t units : data.unknown)
    unknown.push_back(units == missing_number ? std::nullopt : std::optional(units));
  columns.push_back({"unknown", std::move(unknown)});
  columns.push_back({"low", data.low.arrow()});
  columns.push_back({"high", data.high.arrow()});
  columns.push_back({"least", data.least.arrow()});
  columns.push_back({"most", data.most.arrow()});
}

void add_bands(const Result::Data& data, std::vector<ArrowColumn>& columns) {
  if (!data.bands) return;
  columns.push_back({"standard_error", data.bands->standard_error.arrow()});
  columns.push_back({"exclusive", data.bands->exclusive.arrow()});
  columns.push_back({"any", data.bands->any.arrow()});
  columns.push_back({"leads", data.bands->leads});
  columns.push_back({"unattributed", data.bands->unattributed});
}

void add_flags(const Result::Data& data, std::vector<ArrowColumn>& columns) {
  ArrowColumn::Texts status, flags;
  for (const Flags& row : data.flags) {
    status.push_back(row.status());
    flags.push_back(row.text());
  }
  columns.push_back({"status", std::move(status)});
  columns.push_back({"flags", std::move(flags)});
}

void add_changes(const Result::Data& data, std::vector<ArrowColumn>& columns) {
  for (std::size_t k = 0; k < data.changes.size(); ++k) {
    const std::string& name = data.query.compare[k];
    columns.push_back({name + "_value", data.changes[k].value.arrow()});
    columns.push_back({name + "_change", data.changes[k].change.arrow()});
    columns.push_back({name + "_low", data.changes[k].low.arrow()});
    columns.push_back({name + "_high", data.changes[k].high.arrow()});
  }
}

}  // namespace
}  // namespace question

Result::Result(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

std::int64_t Result::rows() const {
  return static_cast<std::int64_t>(data_->flags.size());
}

Result::Row Result::row(std::int64_t index) const {
  const Data& data = *data_;
  const auto i = static_cast<std::size_t>(index);
  Row row;
  row.indicator = data.query.indicators[data.indicator[i]];
  const std::size_t width = data.dimensions.size();
  for (std::size_t d = 0; d < width; ++d) {
    const auto& labels = data.dimensions[d].labels;
    const std::uint32_t code = data.codes[i * width + d];
    row.cell.push_back(code < labels.size() ? std::optional<std::string_view>(labels[code]) : std::nullopt);
  }
  if (data.period[i] < data.periods.size()) row.period = data.periods[data.period[i]];
  row.value = data.value.at(i);
  row.numerator = data.numerator.at(i);
  row.denominator = data.denominator.at(i);
  row.unknown = data.unknown[i] == missing_number ? 0 : data.unknown[i];
  row.low = data.low.at(i);
  row.high = data.high.at(i);
  row.least = data.least.at(i);
  row.most = data.most.at(i);
  if (data.bands) row.band = data.bands->at(i);
  row.flags = data.flags[i];
  for (const question::Changes& changes : data.changes) row.changes.push_back(changes.at(i));
  return row;
}

std::span<const std::string> Result::dimensions() const {
  return data_->query.by;
}
std::span<const std::string> Result::comparisons() const {
  return data_->query.compare;
}
const Catalogue& Result::catalogue() const {
  return data_->catalogue;
}
const Query& Result::query() const {
  return data_->query;
}
const std::map<std::string, std::string>& Result::metadata() const {
  return data_->metadata;
}

bool Result::identifies() const {
  return data_->cube && std::ranges::any_of(data_->cube->dimensions(), &DimensionLabels::identifies);
}

std::vector<ArrowColumn> Result::columns() const {
  std::vector<ArrowColumn> columns;
  question::add_names(*data_, columns);
  question::add_numbers(*data_, columns);
  question::add_bands(*data_, columns);
  question::add_flags(*data_, columns);
  question::add_changes(*data_, columns);
  return columns;
}

void Result::to_arrow(ArrowArrayStream* out) const {
  casemetry::to_arrow(columns(), metadata(), out);
}

}  // namespace casemetry
