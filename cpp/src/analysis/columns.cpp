// SPDX-License-Identifier: Apache-2.0
#include <casemetry/analysis.hpp>
#include <functional>

namespace casemetry {
namespace analysis {
namespace {

/// Columns of a row for each whole and class.
class Columns {
 public:
  explicit Columns(const Structure& structure) : structure_(structure) {}

  template <typename Values, typename Of>
  void add(const std::string& name, const Of& of) {
    Values values;
    for (const Whole& whole : structure_.wholes)
      for (std::size_t i = 0; i < whole.parts.size(); ++i) values.push_back(of(whole, i));
    columns_.push_back({name, std::move(values)});
  }

  std::vector<ArrowColumn> done() && { return std::move(columns_); }

 private:
  const Structure& structure_;
  std::vector<ArrowColumn> columns_;
};

using Texts = ArrowColumn::Texts;
using Integers = ArrowColumn::Integers;
using Doubles = ArrowColumn::Doubles;

std::optional<std::int64_t> exact(const Figure& figure) {
  return figure.low == figure.high ? std::optional(figure.low) : std::nullopt;
}

void add_names(Columns& columns, const Structure& structure) {
  for (std::size_t d = 0; d < structure.dimensions.size(); ++d)
    columns.add<Texts>(structure.dimensions[d], [d](const Whole& whole, std::size_t) { return whole.cell[d]; });
  columns.add<Texts>("period", [](const Whole& whole, std::size_t) { return whole.period; });
  columns.add<Texts>("class", [&](const Whole&, std::size_t i) { return structure.classes[i]; });
}

void add_numbers(Columns& columns) {
  columns.add<Integers>("count", [](const Whole& whole, std::size_t i) { return exact(whole.parts[i].count); });
  columns.add<Integers>("count_least", [](const Whole& whole, std::size_t i) { return whole.parts[i].count.low; });
  columns.add<Integers>("count_most", [](const Whole& whole, std::size_t i) { return whole.parts[i].count.high; });
  columns.add<Integers>("total", [](const Whole& whole, std::size_t) { return exact(whole.total); });
  columns.add<Integers>("unknown", [](const Whole& whole, std::size_t) { return whole.unknown; });
  columns.add<Doubles>("share", [](const Whole& whole, std::size_t i) { return whole.parts[i].share; });
  columns.add<Doubles>("least", [](const Whole& whole, std::size_t i) { return whole.parts[i].least; });
  columns.add<Doubles>("most", [](const Whole& whole, std::size_t i) { return whole.parts[i].most; });
  columns.add<Integers>("rounded", [](const Whole& whole, std::size_t i) { return whole.parts[i].rounded; });
}

void add_comparison(Columns& columns, const std::string& name, std::size_t k) {
  columns.add<Integers>(name + "_count",
                        [k](const Whole& whole, std::size_t i) { return whole.parts[i].changes[k].count; });
  const auto add = [&](const std::string& what, std::optional<double> PartChange::* member) {
    columns.add<Doubles>(name + what,
                         [=](const Whole& whole, std::size_t i) { return whole.parts[i].changes[k].*member; });
  };
  add("_share", &PartChange::share);
  add("_change", &PartChange::change);
  add("_from_own", &PartChange::from_own);
  add("_from_others", &PartChange::from_others);
}

}  // namespace
}  // namespace analysis

std::vector<ArrowColumn> Structure::columns() const {
  analysis::Columns columns(*this);
  analysis::add_names(columns, *this);
  analysis::add_numbers(columns);
  columns.add<analysis::Texts>("status", [](const Whole& whole, std::size_t) { return whole.flags.status(); });
  columns.add<analysis::Texts>("flags", [](const Whole& whole, std::size_t) { return whole.flags.text(); });
  for (std::size_t k = 0; k < comparisons.size(); ++k) analysis::add_comparison(columns, comparisons[k], k);
  return std::move(columns).done();
}

void Structure::to_arrow(ArrowArrayStream* out) const {
  casemetry::to_arrow(columns(), metadata, out);
}

}  // namespace casemetry
