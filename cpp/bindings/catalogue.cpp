// SPDX-License-Identifier: Apache-2.0
#include <casemetry/catalogue.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <array>

#include "days.hpp"

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

constexpr std::array kinds{"count", "sum", "proportion", "ratio", "mean", "quantile", "stock", "contribution"};
constexpr std::array formats{"automatic", "percent", "count", "one_to", "per_100", "days", "decimal"};

py::object fraction(const Rational& value) {
  return py::module_::import("fractions").attr("Fraction")(value.numerator, value.denominator);
}

py::object range_of(const Indicator& indicator) {
  if (!indicator.range) return py::none();
  return py::make_tuple(fraction(indicator.range->first), fraction(indicator.range->second));
}

template <typename Item>
std::vector<std::string> ids(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.id);
  return names;
}

constexpr std::array relations{"==", "<=", ">="};

std::optional<std::string> text_of(const std::optional<Formula>& formula) {
  return formula ? std::optional(formula->text()) : std::nullopt;
}

void register_version(py::module_& module) {
  py::class_<Version>(module, "Version", "What an indicator was before: what it replaces of today's definition.")
      .def_property_readonly("valid_from", [](const Version& self) { return date_of(self.valid_from); })
      .def_property_readonly("valid_to", [](const Version& self) { return date_of(self.valid_to); })
      .def_property_readonly("of", [](const Version& self) { return text_of(self.of); })
      .def_property_readonly("numerator", [](const Version& self) { return text_of(self.numerator); })
      .def_property_readonly("denominator", [](const Version& self) { return text_of(self.denominator); })
      .def_property_readonly("note_zh", [](const Version& self) { return self.note.zh; })
      .def_property_readonly("note_en", [](const Version& self) { return self.note.en; });
}

void register_identity(py::module_& module) {
  py::class_<Identity>(module, "Identity", "What must hold between counts.")
      .def_readonly("id", &Identity::id)
      .def_property_readonly("label_zh", [](const Identity& self) { return self.label.zh; })
      .def_property_readonly("label_en", [](const Identity& self) { return self.label.en; })
      .def_property_readonly("holds", &Identity::holds)
      .def_property_readonly("left", [](const Identity& self) { return self.left.text(); })
      .def_property_readonly("relation",
                             [](const Identity& self) { return relations[static_cast<std::size_t>(self.relation)]; })
      .def_property_readonly("right", [](const Identity& self) { return self.right.text(); })
      .def_property_readonly("every", [](const Identity& self) { return self.every.empty() ? "month" : self.every; })
      .def_property_readonly("note_zh", [](const Identity& self) { return self.note.zh; })
      .def_property_readonly("note_en", [](const Identity& self) { return self.note.en; });
}

void register_indicator(py::module_& module) {
  py::class_<Indicator>(module, "Indicator", "A measure: a formula over aggregates, and how it is read.")
      .def_readonly("id", &Indicator::id)
      .def_property_readonly("label_zh", [](const Indicator& self) { return self.label.zh; })
      .def_property_readonly("label_en", [](const Indicator& self) { return self.label.en; })
      .def_property_readonly("kind", [](const Indicator& self) { return kinds[static_cast<std::size_t>(self.kind)]; })
      .def_property_readonly("of", [](const Indicator& self) { return self.of.text(); })
      .def_property_readonly("numerator", [](const Indicator& self) { return self.numerator.text(); })
      .def_property_readonly("denominator", [](const Indicator& self) { return self.denominator.text(); })
      .def_property_readonly("q",
                             [](const Indicator& self) -> py::typing::Optional<py::object> {
                               return self.kind == Indicator::Kind::quantile ? fraction(self.q) : py::none();
                             })
      .def_readonly("at", &Indicator::at)
      .def_readonly("group", &Indicator::group)
      .def_readonly("rule", &Indicator::rule)
      .def_readonly("groups", &Indicator::groups)
      .def_readonly("lead", &Indicator::lead)
      .def_readonly("stage", &Indicator::stage)
      .def_readonly("over", &Indicator::over)
      .def_readonly("interval", &Indicator::interval)
      .def_property_readonly("format",
                             [](const Indicator& self) { return formats[static_cast<std::size_t>(self.format)]; })
      .def_readonly("decimals", &Indicator::decimals)
      .def_readonly("direction", &Indicator::direction)
      .def_property_readonly("range", &range_of)
      .def_readonly("paired_with", &Indicator::paired_with)
      .def_readonly("min_n", &Indicator::min_n)
      .def_readonly("mature_after", &Indicator::mature_after)
      .def_readonly("evidence", &Indicator::evidence)
      .def_readonly("reference", &Indicator::reference)
      .def_property_readonly("note_zh", [](const Indicator& self) { return self.note.zh; })
      .def_property_readonly("note_en", [](const Indicator& self) { return self.note.en; })
      .def_readonly("versions", &Indicator::versions);
}

// What is asked of the catalogue is there: a Binding names only tables and columns that it declares.
std::vector<Spelling> spellings(const Catalogue& catalogue, const Table& table, const std::string& column,
                                const std::string& declared_table, const std::string& declared) {
  const ColumnDefinition* definition = catalogue.column(declared_table, declared);
  if (definition == nullptr)
    throw SchemaError("the catalogue declares no column '" + declared + "' of table '" + declared_table + "'");
  const py::gil_scoped_release released;
  return table.column(column).spellings(*definition);
}

}  // namespace

void register_catalogue(py::module_& module) {
  register_version(module);
  register_identity(module);
  register_indicator(module);
  py::class_<Catalogue>(module, "Catalogue", "A valid set of definitions.")
      .def_static("from_json", &Catalogue::from_json, py::arg("json"))
      .def_static("shipped", &Catalogue::shipped, py::arg("id"))
      .def("spellings", &spellings, py::arg("table"), py::arg("column"), py::arg("declared_table"), py::arg("declared"),
           "Tell the spellings of a column of a table, each with what a declared column reads it as.")
      .def_property_readonly("id", [](const Catalogue& self) { return self.definitions().id; })
      .def_property_readonly("label_zh", [](const Catalogue& self) { return self.definitions().label.zh; })
      .def_property_readonly("label_en", [](const Catalogue& self) { return self.definitions().label.en; })
      .def_property_readonly("indicators", [](const Catalogue& self) { return ids(self.definitions().indicators); })
      .def_property_readonly("aggregates", [](const Catalogue& self) { return ids(self.definitions().aggregates); })
      .def_property_readonly("tables", [](const Catalogue& self) { return ids(self.definitions().tables); })
      .def_property_readonly("units", [](const Catalogue& self) { return ids(self.definitions().units); })
      .def_property_readonly("dimensions", [](const Catalogue& self) { return ids(self.definitions().dimensions); })
      .def_property_readonly("leads", [](const Catalogue& self) { return ids(self.definitions().leads); })
      .def_property_readonly("groupings", [](const Catalogue& self) { return ids(self.definitions().groupings); })
      .def_property_readonly("identities", [](const Catalogue& self) { return ids(self.definitions().identities); })
      .def("indicator", &Catalogue::indicator, py::arg("id"), py::return_value_policy::copy)
      .def("identity", &Catalogue::identity, py::arg("id"), py::return_value_policy::copy)
      .def(
          "at",
          [](const Catalogue& self, std::string_view indicator, const py::object& day) {
            return self.at(indicator, day_of(day).value());
          },
          py::arg("indicator"), py::arg("day"))
      .def("columns", &Catalogue::columns, py::arg("table"))
      .def(
          "needs",
          [](const Catalogue& self, std::string_view indicator) { return self.needs(self.indicator(indicator)); },
          py::arg("indicator"))
      .def(
          "only",
          [](const Catalogue& self, const std::vector<std::string>& indicators) { return self.only(indicators); },
          py::arg("indicators"))
      .def("json", &Catalogue::json)
      .def("toml", &Catalogue::toml)
      .def("definition_hash", &Catalogue::definition_hash, py::arg("indicator"))
      .def("count_hash", &Catalogue::count_hash, py::arg("aggregate"));
  module.def("catalogue_schema", &catalogue_schema);
}

}  // namespace casemetry::bindings
