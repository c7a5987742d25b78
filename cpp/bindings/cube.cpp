// SPDX-License-Identifier: Apache-2.0
#include <casemetry/cube.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "days.hpp"
#include "reports.hpp"
#include "streams.hpp"
#include "wide.hpp"

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

py::dict dimensions(const Cube& cube) {
  py::dict labels;
  for (const DimensionLabels& dimension : cube.dimensions()) labels[py::str(dimension.id)] = dimension.labels;
  return labels;
}

py::dict levels(const Cube& cube) {
  py::dict labels;
  for (const DimensionLevel& level : cube.levels()) labels[py::str(level.labels.id)] = level.labels.labels;
  return labels;
}

py::list labels_of(const Cube& cube, const Block& block, std::size_t cell) {
  const auto all = cube.dimensions();
  py::list labels;
  for (std::size_t d = 0; d < all.size(); ++d) {
    const std::uint32_t code = block.codes[cell * all.size() + d];
    const bool is_label = block.has_dimension[d] && code < all[d].labels.size();
    labels.append(is_label ? py::object(py::str(all[d].labels[code])) : py::none());
  }
  return labels;
}

py::list cells_of(const Cube& cube, const Block& block) {
  py::list cells;
  for (std::size_t cell = 0; cell < block.cells(); ++cell) {
    const std::int32_t month = block.months[cell];
    const py::object shown = month == undated ? py::object(py::none()) : py::int_(month);
    cells.append(py::make_tuple(py::tuple(labels_of(cube, block, cell)), shown));
  }
  return cells;
}

std::vector<std::int64_t> with_zeros(const std::vector<std::int64_t>& counts, const Block& block) {
  return counts.empty() ? std::vector<std::int64_t>(block.cells()) : counts;
}

py::list sums(const std::vector<Wide>& sums, const Block& block) {
  py::list values;
  for (std::size_t cell = 0; cell < block.cells(); ++cell) values.append(as_int(sums.empty() ? Wide{} : sums[cell]));
  return values;
}

py::list histograms(const AggregateCounts& counts, const Block& block) {
  py::list cells;
  for (std::size_t cell = 0; cell < block.cells(); ++cell) {
    py::dict histogram;
    if (!counts.offsets.empty())
      for (auto i = static_cast<std::size_t>(counts.offsets[cell]);
           i < static_cast<std::size_t>(counts.offsets[cell + 1]); ++i)
        histogram[py::int_(counts.days[i])] = counts.day_counts[i];
    cells.append(histogram);
  }
  return cells;
}

py::dict counts_of(const AggregateCounts& counts, const Block& block) {
  py::dict values;
  values["yes"] = with_zeros(counts.yes, block);
  values["unknown"] = with_zeros(counts.unknown, block);
  values["not_applicable"] = with_zeros(counts.not_applicable, block);
  values["n"] = with_zeros(counts.n, block);
  values["sum"] = sums(counts.sum, block);
  values["sum_of_squares"] = sums(counts.sum_of_squares, block);
  values["days"] = histograms(counts, block);
  return values;
}

py::dict counts_of(const JointCounts& counts, const Block& block) {
  py::dict values;
  values["both_true"] = with_zeros(counts.both_true, block);
  values["known"] = with_zeros(counts.known, block);
  values["numerator_unknown"] = with_zeros(counts.numerator_unknown, block);
  values["both_unknown"] = with_zeros(counts.both_unknown, block);
  values["denominator_unknown_n_false"] = with_zeros(counts.denominator_unknown_n_false, block);
  values["denominator_unknown_n_true"] = with_zeros(counts.denominator_unknown_n_true, block);
  return values;
}

py::dict values_of(const Cube& cube, const Block& block) {
  py::dict aggregates;
  for (const AggregateCounts& counts : block.aggregates)
    aggregates[py::str(counts.aggregate)] = counts_of(counts, block);
  py::dict proportions;
  for (const JointCounts& counts : block.proportions)
    proportions[py::make_tuple(counts.numerator, counts.denominator)] = counts_of(counts, block);
  py::dict values;
  values["unit"] = block.unit;
  values["date"] = block.date;
  values["cells"] = cells_of(cube, block);
  values["units"] = block.units;
  values["aggregates"] = aggregates;
  values["proportions"] = proportions;
  return values;
}

py::dict reports(const Cube& cube) {
  py::dict by_table;
  for (const auto& [table, columns] : cube.reports()) by_table[py::str(table)] = as_list(columns);
  return by_table;
}

std::vector<UnitReport> as_vector(std::span<const UnitReport> reports) {
  return {reports.begin(), reports.end()};
}

py::list blocks(const Cube& cube) {
  py::list values;
  for (const Block& block : cube.blocks()) values.append(values_of(cube, block));
  return values;
}

using Names = std::vector<std::string>;

Cube build_cube(const Tables& tables, const Catalogue& catalogue, Names by, const py::object& as_of, Names indicators,
                int threads, std::size_t morsel, Names partitioned_by, std::string part, Names whole,
                std::optional<Names> groupings) {
  const BuildOptions options{.by = std::move(by),
                             .as_of = day_of(as_of),
                             .indicators = std::move(indicators),
                             .threads = threads,
                             .morsel = morsel,
                             .partitioned_by = std::move(partitioned_by),
                             .part = std::move(part),
                             .whole = std::move(whole),
                             .groupings = std::move(groupings)};
  const py::gil_scoped_release released;
  return build(tables, catalogue, options);
}

std::set<std::string> aggregates(const Cube& cube) {
  std::set<std::string> ids;
  for (const Block& block : cube.blocks())
    for (const AggregateCounts& counts : block.aggregates) ids.insert(counts.aggregate);
  return ids;
}

Cube sum(const Cube& left, const Cube& right) {
  return left + right;
}
Cube difference(const Cube& left, const Cube& right) {
  return left - right;
}
Cube from_bytes(const py::bytes& bytes, const std::string& name) {
  const auto view = static_cast<std::string_view>(bytes);
  const py::gil_scoped_release released;
  return Cube::from_bytes(view, name);
}
py::bytes bytes_of(const Cube& cube) {
  std::string bytes;
  {
    const py::gil_scoped_release released;
    bytes = cube.bytes();
  }
  return py::bytes(bytes);
}

Cube from_arrow(const py::object& source) {
  const py::object capsule = stream_capsule(source);
  auto* stream = inside<ArrowArrayStream>(capsule, "arrow_array_stream");
  const py::gil_scoped_release released;
  return Cube::from_arrow(stream);
}

void register_value(py::class_<Cube>& cube) {
  using Free = py::call_guard<py::gil_scoped_release>;
  cube.def("plus", &sum, py::arg("other"), Free(), "The cube of the rows of both.")
      .def("minus", &difference, py::arg("other"), Free(), "The cube of its rows without those of the other.")
      .def(
          "same_as", [](const Cube& self, const Cube& other) { return self == other; }, py::arg("other"), Free(),
          "Whether they count the same by the same definitions.")
      .def(
          "keep", [](const Cube& self, const Names& aggregates) { return self.keep(aggregates); },
          py::arg("aggregates"), Free(), "The part that counts these aggregates.")
      .def(
          "roll_up", [](const Cube& self, const Names& by) { return self.roll_up(by); }, py::arg("by"), Free(),
          "The same counts by fewer dimensions.")
      .def("fingerprint", &Cube::fingerprint, Free(), "SHA-256 of the canonical bytes.")
      .def("bytes", &bytes_of, "The whole cube in a checked container.")
      .def_static("from_bytes", &from_bytes, py::arg("bytes"), py::kw_only(), py::arg("name") = "these bytes",
                  "Reads them back.")
      .def("__arrow_c_stream__", &arrow_stream<Cube>, py::arg("requested_schema") = py::none(),
           "The Arrow form as a stream; it is handed out as it is, whatever schema is requested.")
      .def_static("from_arrow", &from_arrow, py::arg("source"),
                  "Reads the Arrow form: a capsule, or an object with ``__arrow_c_stream__``.")
      .def_property_readonly("aggregates", &aggregates, "The ids of the aggregates that it holds, sorted.")
      .def_property_readonly("indicators", &Cube::indicators, "What a question that names none asks for.")
      .def_property_readonly("parts", &Cube::parts, "The names of the parts that were added up.")
      .def_property_readonly("whole", &Cube::whole, "The tables of which every part was given all rows.")
      .def_property_readonly("partitioned_by", [](const Cube& self) {
        return Names(self.partitioned_by().begin(), self.partitioned_by().end());
      });
}

}  // namespace

void register_cube(py::module_& module) {
  py::class_<Cube> cube(module, "Cube", "Sufficient statistics: the cells that occur, and what was counted in each.");
  cube.def_property_readonly("catalogue", &Cube::catalogue)
      .def_property_readonly("dimensions", &dimensions, "The labels of each dimension, in canonical order.")
      .def_property_readonly("levels", &levels, "The labels of each level of a hierarchy, coarsest first.")
      .def_property_readonly(
          "identifies",
          [](const Cube& self) { return std::ranges::any_of(self.dimensions(), &DimensionLabels::identifies); },
          "Whether some dimension identifies persons.")
      .def_property_readonly("cells", &Cube::cells, "How many cells occur, over all units.")
      .def_property_readonly("rows", &Cube::rows, "How many rows were read, by table.")
      .def_property_readonly("not_available", &Cube::not_available,
                             "The indicators that the tables do not allow, and why.")
      .def_property_readonly("as_of", [](const Cube& cube) { return date_of(cube.as_of()); })
      .def("reports", &reports, "What became of the cells of the columns that were read, by table.")
      .def_property_readonly(
          "unit_reports", [](const Cube& cube) { return as_vector(cube.unit_reports()); },
          "What became of the rows of the units that were made.")
      .def("blocks", &blocks, "All counts as plain values: a dict for each unit and date.");
  register_value(cube);
  module.def("build", &build_cube, py::arg("tables"), py::arg("catalogue"), py::kw_only(), py::arg("by") = Names{},
             py::arg("as_of") = py::none(), py::arg("indicators") = Names{}, py::arg("threads") = 0,
             py::arg("morsel") = BuildOptions{}.morsel, py::arg("partitioned_by") = Names{}, py::arg("part") = "",
             py::arg("whole") = Names{}, py::arg("groupings") = py::none(),
             "Builds a cube in one parallel pass over each table.");
}

}  // namespace casemetry::bindings
