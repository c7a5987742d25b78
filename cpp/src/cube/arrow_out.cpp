// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "cube/arrow_form.hpp"
#include "int128.hpp"
#include "written.hpp"

namespace casemetry::value {
namespace {

/// Columns of all blocks under one another, filled block by block.
class Form {
 public:
  explicit Form(const Cube::Data& cube) : cube_(cube) {
    for (const Block& block : cube.blocks) rows_ += block.cells();
  }

  std::vector<ArrowColumn> columns() && {
    add_names();
    for (std::size_t d = 0; d < cube_.dimensions.size(); ++d) add_dimension(d);
    add_periods();
    std::size_t begin = 0;
    for (const Block& block : cube_.blocks) {
      for_each_arrow_column(block, cube_.catalogue,
                            [&](const auto& holder, const auto& column) { fill(block, begin, holder, column); });
      begin += block.cells();
    }
    for (ArrowColumn& column : columns_)
      if (auto* histograms = std::get_if<ArrowColumn::Histograms>(&column.values)) fill_up(*histograms, rows_);
    refuse_repeats();
    return std::move(columns_);
  }

 private:
  using Coded = ArrowColumn::Coded;

  void add_names() {
    Coded units;
    Coded dates;
    for (const Block& block : cube_.blocks) {
      append(units, block.unit, block.cells());
      append(dates, block.date, block.cells());
    }
    columns_.push_back({"unit", std::move(units)});
    columns_.push_back({"date", std::move(dates)});
  }

  // The same label for so many cells; an empty one is null.
  static void append(Coded& column, const std::string& label, std::size_t cells) {
    const auto known = std::ranges::find(column.labels, label);
    const auto code = static_cast<std::int32_t>(known - column.labels.begin());
    if (known == column.labels.end() && !label.empty()) column.labels.push_back(label);
    column.codes.insert(column.codes.end(), cells, label.empty() ? -1 : code);
  }

  void add_dimension(std::size_t d) {
    Coded column{.codes = {}, .labels = cube_.dimensions[d].labels};
    column.codes.reserve(rows_);
    for (const Block& block : cube_.blocks)
      for (std::size_t i = d; i < block.codes.size(); i += cube_.dimensions.size())
        column.codes.push_back(block.has_dimension[d] ? static_cast<std::int32_t>(block.codes[i]) : -1);
    columns_.push_back({cube_.dimensions[d].id, std::move(column)});
  }

  void add_periods() {
    Coded column;
    std::set<std::int32_t> months;
    for (const Block& block : cube_.blocks) months.insert(block.months.begin(), block.months.end());
    months.erase(undated);
    std::unordered_map<std::int32_t, std::int32_t> codes{{undated, -1}};
    for (const std::int32_t month : months) {
      codes.emplace(month, static_cast<std::int32_t>(column.labels.size()));
      column.labels.push_back(month_text(month));
    }
    for (const Block& block : cube_.blocks)
      for (const std::int32_t month : block.months) column.codes.push_back(codes.at(month));
    columns_.push_back({"period", std::move(column)});
  }

  template <class Values>
  Values& values_of(const std::string& name, Values empty) {
    const auto [place, is_new] = places_.emplace(name, columns_.size());
    if (is_new) columns_.push_back({name, std::move(empty)});
    return std::get<Values>(columns_[place->second].values);
  }

  template <class Holder>
  void fill(const Block& block, std::size_t begin, const Holder& holder, const Numbers<Holder, std::int64_t>& column) {
    const auto& numbers = holder.*column.cells;
    auto& cells = values_of(column_name(holder, column), ArrowColumn::Integers(rows_));
    for (std::size_t i = 0; i < block.cells(); ++i) cells[begin + i] = numbers.empty() ? 0 : numbers[i];
  }

  void fill(const Block& block, std::size_t begin, const AggregateCounts& holder,
            const Numbers<AggregateCounts, Wide>& column) {
    const std::string name = column_name(holder, column);
    const auto& numbers = holder.*column.cells;
    ArrowColumn::Decimals empty{.digits = std::vector<std::optional<Wide>>(rows_), .scale = scale_of(holder, column)};
    auto& cells = values_of(name, std::move(empty)).digits;
    for (std::size_t i = 0; i < block.cells(); ++i) {
      const Wide number = numbers.empty() ? Wide{} : numbers[i];
      if (as_int128(number) >= most_decimal() || as_int128(number) <= -most_decimal())
        throw DataError(name_of(holder) + ": its '" + column.name +
                        "' has more than the 38 digits of an Arrow decimal");
      cells[begin + i] = number;
    }
  }

  template <class Holder>
  void fill(const Block& block, std::size_t begin, const Holder& holder, const Histograms<Holder>& column) {
    auto& cells = values_of(column_name(holder, column), ArrowColumn::Histograms{});
    const auto& offsets = holder.*column.offsets;
    fill_up(cells, begin);
    for (std::size_t i = 0; i < block.cells(); ++i) {
      if (!offsets.empty())
        for (auto k = static_cast<std::size_t>(offsets[i]); k < static_cast<std::size_t>(offsets[i + 1]); ++k) {
          cells.days.push_back((holder.*column.days)[k]);
          cells.counts.push_back((holder.*column.counts)[k]);
        }
      cells.offsets.push_back(static_cast<std::int64_t>(cells.days.size()));
    }
    cells.there.resize(begin + block.cells(), true);
  }

  // Rows of units that have no such histogram.
  static void fill_up(ArrowColumn::Histograms& cells, std::size_t rows) {
    cells.offsets.resize(rows + 1, cells.offsets.back());
    cells.there.resize(rows);
  }

  static int128 most_decimal() {
    int128 most = 1;
    for (int digit = 0; digit < 38; ++digit) most *= 10;
    return most;
  }

  void refuse_repeats() const {
    std::set<std::string> names;
    for (const ArrowColumn& column : columns_)
      if (!names.insert(column.name).second)
        throw DataError(
            "dimension '" + column.name +
            "' has the name of another column of the Arrow form; declare it as a dimension of another name");
  }

  const Cube::Data& cube_;
  std::size_t rows_ = 0;
  std::vector<ArrowColumn> columns_;
  std::unordered_map<std::string, std::size_t> places_;  // of counts
};

}  // namespace

void write_arrow(const Cube::Data& cube, ArrowArrayStream* out) {
  to_arrow(Form(cube).columns(), metadata_of(cube), out);
}

}  // namespace casemetry::value
