// SPDX-License-Identifier: Apache-2.0
#include <casemetry/analysis.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "days.hpp"
#include "streams.hpp"

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

using ClassRow = std::tuple<std::string, std::string, py::object, py::object>;
using PublishedFigure = std::variant<std::int64_t, std::string, std::pair<std::int64_t, std::int64_t>>;

std::int32_t bound(const py::object& date) {
  const std::optional<Date> day = day_of(date);
  return day ? static_cast<std::int32_t>(day->time_since_epoch().count()) : missing_day;
}

std::vector<GroupedSource> dated_of(const std::vector<ClassRow>& rows) {
  std::vector<GroupedSource> dated;
  for (const auto& [label, name, from, to] : rows) dated.push_back({label, name, bound(from), bound(to)});
  return dated;
}

std::vector<SourceGroup> classes_of(std::vector<std::pair<std::string, std::vector<std::string>>> groups) {
  std::vector<SourceGroup> classes;
  for (auto& [name, labels] : groups) classes.push_back({std::move(name), std::move(labels)});
  return classes;
}

Figure figure_of(const PublishedFigure& figure, const std::string& unit) {
  if (const auto* text = std::get_if<std::string>(&figure)) return published(*text, unit);
  if (const auto* exact = std::get_if<std::int64_t>(&figure)) return Figure(*exact);
  const auto [least, most] = std::get<2>(figure);
  return {least, most};
}

py::dict columns(const Structure& structure) {
  py::dict columns;
  for (const ArrowColumn& column : structure.columns()) {
    const py::str name(column.name);
    if (const auto* texts = std::get_if<ArrowColumn::Texts>(&column.values)) columns[name] = py::cast(*texts);
    if (const auto* numbers = std::get_if<ArrowColumn::Integers>(&column.values)) columns[name] = py::cast(*numbers);
    if (const auto* shares = std::get_if<ArrowColumn::Doubles>(&column.values)) columns[name] = py::cast(*shares);
  }
  return columns;
}

std::vector<std::vector<std::vector<int>>> roundings(const Structure& structure) {
  std::vector<std::vector<std::vector<int>>> of_wholes;
  for (const Whole& whole : structure.wholes) of_wholes.push_back(whole.roundings);
  return of_wholes;
}

}  // namespace

void register_analysis(py::module_& module) {
  py::class_<Structure>(module, "Structure", "Wholes by cell and period, each with its classes.")
      .def_readonly("dimensions", &Structure::dimensions)
      .def_readonly("comparisons", &Structure::comparisons)
      .def_readonly("classes", &Structure::classes)
      .def_readonly("unmapped", &Structure::unmapped, "The place of the class of what is in none.")
      .def_readonly("metadata", &Structure::metadata)
      .def_readonly("identifies", &Structure::identifies, "Whether some dimension of the cube identifies persons.")
      .def_property_readonly("wholes", [](const Structure& self) { return self.wholes.size(); })
      .def_property_readonly("roundings", &roundings, "For each whole all ways in which its shares can be rounded.")
      .def("columns", &columns, "Plain values by column, a row for each whole and class; None where there is none.")
      .def("__arrow_c_stream__", &arrow_stream<Structure>, py::arg("requested_schema") = py::none());
  module.def(
      "structure",
      [](const Cube& cube, std::string of, std::string dimension, std::string groups,
         std::vector<std::pair<std::string, std::vector<std::string>>> classes, std::string rest,
         const std::vector<ClassRow>& dated, std::vector<std::string> by, std::optional<std::string> period,
         std::optional<std::string> every, std::optional<Expression> where, std::vector<std::string> compare) {
        const StructureQuery question{.of = std::move(of),
                                      .dimension = std::move(dimension),
                                      .groups = std::move(groups),
                                      .classes = classes_of(std::move(classes)),
                                      .rest = std::move(rest),
                                      .dated = dated_of(dated),
                                      .by = std::move(by),
                                      .period = std::move(period),
                                      .every = std::move(every),
                                      .where = std::move(where),
                                      .compare = std::move(compare)};
        const py::gil_scoped_release released;
        return structure(cube, question);
      },
      py::arg("cube"), py::arg("of"), py::kw_only(), py::arg("dimension"), py::arg("groups"), py::arg("classes"),
      py::arg("rest"), py::arg("dated"), py::arg("by"), py::arg("period"), py::arg("every"), py::arg("where"),
      py::arg("compare"), "Asks a cube what a count is made up of.");
  module.def(
      "structure_of",
      [](const std::vector<std::pair<std::string, PublishedFigure>>& figures, const std::string& unit) {
        std::vector<std::pair<std::string, Figure>> counts;
        for (const auto& [name, figure] : figures) counts.emplace_back(name, figure_of(figure, unit));
        const py::gil_scoped_release released;
        return structure(counts);
      },
      py::arg("figures"), py::arg("unit"), "Tells what figures make up: exact, as printed, or as ranges.");
}

}  // namespace casemetry::bindings
