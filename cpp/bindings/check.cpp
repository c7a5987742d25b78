// SPDX-License-Identifier: Apache-2.0
#include <casemetry/check.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <utility>
#include <vector>

#include "days.hpp"
#include "reports.hpp"

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

py::object figure(const Number& number) {
  return number.is_whole() ? py::object(py::int_(number.whole())) : py::object(py::float_(double{number}));
}

CheckOptions options_of(const py::object& as_of, const py::object& first_day, std::vector<std::string> by,
                        std::optional<std::string> period, std::size_t examples, int threads) {
  CheckOptions options{.as_of = day_of(as_of),
                       .by = std::move(by),
                       .period = std::move(period),
                       .examples = examples,
                       .threads = threads};
  if (const auto first = day_of(first_day)) options.first_day = *first;
  return options;
}

void register_findings(py::module_& module) {
  py::class_<Finding::Example>(module, "FindingExample", "A row in which it is so, or a spelling.")
      .def_readonly("row", &Finding::Example::row, "Its number, counted from 0; None of what is no row.")
      .def_readonly("key", &Finding::Example::key, "Its key, without columns that identify persons.")
      .def_readonly("value", &Finding::Example::value, "What stands in it.");
  py::class_<Finding>(module, "Finding", "Something that is wrong with rows of a table.")
      .def_property_readonly("kind", [](const Finding& self) { return word(self.kind); })
      .def_readonly("table", &Finding::table)
      .def_readonly("column", &Finding::column)
      .def_readonly("other", &Finding::other, "The second column, of kinds that have one.")
      .def_readonly("rows", &Finding::rows, "In how many rows it is so.")
      .def_readonly("of", &Finding::of, "Of how many rows that could be so.")
      .def_readonly("keys", &Finding::keys, "Of repeated keys and conflicts: how many keys.")
      .def_readonly("examples", &Finding::examples);
}

void register_details(py::module_& module) {
  py::class_<CheckedColumn>(module, "CheckedColumn", "A column of a table: what became of its cells.")
      .def_readonly("table", &CheckedColumn::table)
      .def_property_readonly("report", [](const CheckedColumn& self) { return py::object(as_list({self.report})[0]); })
      .def_readonly("before_first_day", &CheckedColumn::before_first_day)
      .def_readonly("after_as_of", &CheckedColumn::after_as_of);
  py::class_<Lateness::Band>(module, "LatenessBand", "Rows that were entered so many days after their day.")
      .def_readonly("first", &Lateness::Band::from)
      .def_readonly("last", &Lateness::Band::to)
      .def_readonly("rows", &Lateness::Band::rows);
  py::class_<Lateness>(module, "Lateness", "How long after a day rows were entered.")
      .def_readonly("table", &Lateness::table)
      .def_readonly("date", &Lateness::date)
      .def_readonly("entered", &Lateness::entered)
      .def_readonly("rows", &Lateness::rows, "Both days are known.")
      .def_readonly("late", &Lateness::late, "Entered in a later reporting month.")
      .def_readonly("bands", &Lateness::bands);
  py::class_<AlikeLabels>(module, "AlikeLabels", "Labels that differ by width, case or spaces only.")
      .def_readonly("table", &AlikeLabels::table)
      .def_readonly("column", &AlikeLabels::column)
      .def_readonly("labels", &AlikeLabels::labels, "With their rows; first the one to keep.");
}

void register_losses(py::module_& module) {
  py::class_<Loss::Cause>(module, "LossCause", "Why an outcome or a day is unknown.")
      .def_property_readonly("kind", [](const Loss::Cause& self) { return word(self.kind); })
      .def_readonly("table", &Loss::Cause::table)
      .def_readonly("column", &Loss::Cause::column)
      .def_readonly("units", &Loss::Cause::units);
  py::class_<Loss>(module, "Loss", "What an indicator loses of one kind of unit.")
      .def_readonly("indicator", &Loss::indicator)
      .def_readonly("unit", &Loss::unit)
      .def_readonly("units", &Loss::units)
      .def_readonly("unknown", &Loss::unknown)
      .def_readonly("undated", &Loss::undated)
      .def_readonly("causes", &Loss::causes, "Most units first; a unit may have several.");
  py::class_<CheckedIdentity::Failure>(module, "IdentityFailure", "A cell and period in which it does not hold.")
      .def_readonly("cell", &CheckedIdentity::Failure::cell)
      .def_readonly("period", &CheckedIdentity::Failure::period)
      .def_property_readonly("left", [](const CheckedIdentity::Failure& self) { return figure(self.left); })
      .def_property_readonly("right", [](const CheckedIdentity::Failure& self) { return figure(self.right); })
      .def_property_readonly("difference", [](const CheckedIdentity::Failure& self) { return figure(self.difference); })
      .def_readonly("unknown", &CheckedIdentity::Failure::unknown);
  py::class_<CheckedIdentity>(module, "CheckedIdentity", "Where an identity was looked at.")
      .def_readonly("identity", &CheckedIdentity::identity)
      .def_readonly("cells", &CheckedIdentity::cells, "Cells times periods that were looked at.")
      .def_readonly("failures", &CheckedIdentity::failures)
      .def_readonly("not_available", &CheckedIdentity::not_available, "Why it could not be looked at; else empty.");
}

}  // namespace

void register_check(py::module_& module) {
  register_findings(module);
  register_details(module);
  register_losses(module);
  py::class_<Check>(module, "Check", "What a check found.")
      .def_readonly("rows", &Check::rows)
      .def_readonly("columns", &Check::columns)
      .def_readonly("findings", &Check::findings)
      .def_readonly("lateness", &Check::lateness)
      .def_readonly("alike", &Check::alike)
      .def_readonly("losses", &Check::losses)
      .def_readonly("identities", &Check::identities)
      .def_readonly("identifies", &Check::identifies, "Whether it tells of cells by who persons are.")
      .def_readonly("not_available", &Check::not_available);
  module.def(
      "check",
      [](const Tables& tables, const Catalogue& catalogue, const py::object& as_of, const py::object& first_day,
         std::vector<std::string> by, std::optional<std::string> period, std::size_t examples, int threads) {
        const CheckOptions options = options_of(as_of, first_day, std::move(by), std::move(period), examples, threads);
        const py::gil_scoped_release released;
        return check(tables, catalogue, options);
      },
      py::arg("tables"), py::arg("catalogue"), py::kw_only(), py::arg("as_of") = py::none(),
      py::arg("first_day") = py::none(), py::arg("by") = std::vector<std::string>{}, py::arg("period") = py::none(),
      py::arg("examples") = CheckOptions{}.examples, py::arg("threads") = 0, "Checks tables by a catalogue.");
  module.def(
      "finding_rows",
      [](const Tables& tables, const Catalogue& catalogue, const Finding& finding, const py::object& as_of,
         const py::object& first_day) {
        const CheckOptions options = options_of(as_of, first_day, {}, {}, 0, 0);
        const py::gil_scoped_release released;
        return rows(tables, catalogue, options, finding);
      },
      py::arg("tables"), py::arg("catalogue"), py::arg("finding"), py::kw_only(), py::arg("as_of") = py::none(),
      py::arg("first_day") = py::none(), "Gives the rows of a finding.");
}

}  // namespace casemetry::bindings
