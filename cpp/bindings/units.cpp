// SPDX-License-Identifier: Apache-2.0
#include <casemetry/units.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

Table unit_table(const Tables& tables, const Catalogue& catalogue, const std::string& unit,
                 std::vector<std::string> columns, int threads, std::size_t morsel) {
  const UnitOptions options{.columns = std::move(columns), .threads = threads, .morsel = morsel};
  const py::gil_scoped_release released;
  return units(tables, catalogue, unit, options);
}

std::string number_of(std::int64_t number, const char* what) {
  return number == 0 ? "" : " " + std::to_string(number) + what + ",";
}

void add_numbers(std::string& text, const std::string& name, const std::string& numbers) {
  if (!numbers.empty()) text += "; " + name + ":" + numbers.substr(0, numbers.size() - 1);
}

// In a line, numbers that are zero left out.
std::string in_a_line(const UnitReport& report) {
  std::string text =
      report.unit + ": " + std::to_string(report.units) + " units of " + std::to_string(report.rows) + " rows";
  for (const UnitReport::Collapsed& column : report.columns)
    add_numbers(text, column.column,
                number_of(column.disagreeing, " disagreeing") + number_of(column.skipped, " skipped"));
  for (const UnitReport::LookedUp& lookup : report.lookups)
    add_numbers(text, lookup.lookup,
                number_of(lookup.found, " found") + number_of(lookup.not_found, " not found") +
                    number_of(lookup.duplicates, " duplicates"));
  return "UnitReport(" + text + ")";
}

}  // namespace

void register_units(py::module_& module) {
  using Collapsed = UnitReport::Collapsed;
  using LookedUp = UnitReport::LookedUp;
  py::class_<Collapsed>(module, "CollapsedReport", "What became of the rows that a column was collapsed from.")
      .def_readonly("column", &Collapsed::column)
      .def_readonly("disagreeing", &Collapsed::disagreeing, "Units whose rows disagree under ``only``: missing.")
      .def_readonly("skipped", &Collapsed::skipped, "Rows whose condition, or what is counted, is unknown.");
  py::class_<LookedUp>(module, "LookupReport", "What became of the rows that a lookup was made for.")
      .def_readonly("lookup", &LookedUp::lookup)
      .def_readonly("found", &LookedUp::found)
      .def_readonly("not_found", &LookedUp::not_found)
      .def_readonly("duplicates", &LookedUp::duplicates, "Units whose key stands twice on the other side: unknown.");
  py::class_<UnitReport>(module, "UnitReport", "What became of rows when a unit was made.")
      .def_readonly("unit", &UnitReport::unit)
      .def_readonly("rows", &UnitReport::rows, "How many rows its source has.")
      .def_readonly("units", &UnitReport::units, "How many units were made of them.")
      .def_readonly("columns", &UnitReport::columns)
      .def_readonly("lookups", &UnitReport::lookups)
      .def("__repr__", &in_a_line);
  module.def("units", &unit_table, py::arg("tables"), py::arg("catalogue"), py::arg("unit"), py::kw_only(),
             py::arg("columns") = std::vector<std::string>{}, py::arg("threads") = 0,
             py::arg("morsel") = UnitOptions{}.morsel,
             "Make a unit as a table: its key, what it looked up and its own columns, sorted by key.");
}

}  // namespace casemetry::bindings
