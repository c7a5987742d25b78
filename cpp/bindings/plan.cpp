// SPDX-License-Identifier: Apache-2.0
#include <casemetry/cube.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <utility>
#include <vector>

#include "days.hpp"

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

const char* name_of(Aggregate::Kind kind) {
  switch (kind) {
    case Aggregate::Kind::count:
      return "count";
    case Aggregate::Kind::sum:
      return "sum";
    case Aggregate::Kind::days:
      return "days";
    case Aggregate::Kind::pending:
      return "pending";
  }
  return "";
}

std::vector<std::pair<std::string, std::uint64_t>> axes_of(const Plan::Block& block) {
  std::vector<std::pair<std::string, std::uint64_t>> axes;
  for (const Plan::Axis& axis : block.axes) axes.emplace_back(axis.name, axis.values);
  return axes;
}

void register_parts(py::module_& module) {
  py::class_<Plan::Read>(module, "PlannedTable", "A table, and which of its columns are read.")
      .def_readonly("table", &Plan::Read::table)
      .def_readonly("rows", &Plan::Read::rows)
      .def_readonly("columns", &Plan::Read::columns);
  py::class_<Plan::Unit>(module, "PlannedUnit", "What is counted, and what it is made from.")
      .def_readonly("id", &Plan::Unit::id)
      .def_property_readonly(
          "from_", [](const Plan::Unit& unit) { return unit.from; }, "A table or another unit.")
      .def_readonly("pattern", &Plan::Unit::pattern, "Of leads by the pattern of their sources: how it is made.")
      .def_readonly("key", &Plan::Unit::key)
      .def_readonly("units", &Plan::Unit::units);
  py::class_<Plan::Cost>(module, "PlannedAggregate", "What an aggregate costs.")
      .def_readonly("aggregate", &Plan::Cost::aggregate)
      .def_property_readonly("kind", [](const Plan::Cost& cost) { return std::string(name_of(cost.kind)); })
      .def_readonly("lanes", &Plan::Cost::lanes)
      .def_readonly("computed", &Plan::Cost::computed);
  py::class_<Plan::Block>(module, "PlannedBlock", "A pass over the units of one kind, placed by one date.")
      .def_readonly("unit", &Plan::Block::unit)
      .def_readonly("date", &Plan::Block::date)
      .def_property_readonly("axes", &axes_of, "How many values each dimension, and the month, may have.")
      .def_readonly("cells", &Plan::Block::cells)
      .def_readonly("numbers_cells", &Plan::Block::numbers_cells)
      .def_readonly("lanes", &Plan::Block::lanes)
      .def_readonly("proportions", &Plan::Block::proportions)
      .def_readonly("morsels", &Plan::Block::morsels)
      .def_readonly("bytes", &Plan::Block::bytes)
      .def_readonly("aggregates", &Plan::Block::aggregates);
}

}  // namespace

void register_plan(py::module_& module) {
  register_parts(module);
  py::class_<Plan>(module, "Plan", "What a build would do.")
      .def_readonly("tables", &Plan::tables)
      .def_readonly("units", &Plan::units)
      .def_readonly("blocks", &Plan::blocks)
      .def_readonly("not_available", &Plan::not_available)
      .def_readonly("morsel", &Plan::morsel)
      .def_property_readonly("cells", &Plan::cells)
      .def_property_readonly("bytes", &Plan::bytes);
  module.def(
      "plan",
      [](const Tables& tables, const Catalogue& catalogue, std::vector<std::string> by, const py::object& as_of,
         std::vector<std::string> indicators, std::size_t morsel, std::optional<std::vector<std::string>> groupings) {
        const BuildOptions options{.by = std::move(by),
                                   .as_of = day_of(as_of),
                                   .indicators = std::move(indicators),
                                   .morsel = morsel,
                                   .groupings = std::move(groupings)};
        const py::gil_scoped_release released;
        return plan(tables, catalogue, options);
      },
      py::arg("tables"), py::arg("catalogue"), py::kw_only(), py::arg("by") = std::vector<std::string>{},
      py::arg("as_of") = py::none(), py::arg("indicators") = std::vector<std::string>{},
      py::arg("morsel") = BuildOptions{}.morsel, py::arg("groupings") = py::none(),
      "Plans a build, and does not count.");
}

}  // namespace casemetry::bindings
