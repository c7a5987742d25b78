// SPDX-License-Identifier: Apache-2.0
#include <casemetry/query.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "days.hpp"
#include "streams.hpp"
#include "wide.hpp"

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

using FigureOrRange = std::variant<std::int64_t, std::pair<std::int64_t, std::int64_t>>;

Counts counts_of(const std::map<std::string, FigureOrRange>& given) {
  Counts counts;
  for (const auto& [aggregate, figure] : given) {
    if (const auto* exact = std::get_if<std::int64_t>(&figure)) {
      counts.emplace(aggregate, Figure(*exact));
    } else {
      const auto [low, high] = std::get<1>(figure);
      counts.emplace(aggregate, Figure(low, high));
    }
  }
  return counts;
}

py::object number(const std::optional<Number>& number) {
  if (!number) return py::none();
  return number->is_whole() ? py::object(py::int_(number->whole())) : py::object(py::float_(double{*number}));
}

template <typename Value>
py::object plain(const std::vector<Value>& values) {
  return py::cast(values);
}

py::object plain(const ArrowColumn::Coded& coded) {
  const py::list labels = py::cast(coded.labels);
  py::list values(coded.codes.size());
  for (std::size_t i = 0; i < coded.codes.size(); ++i) {
    const auto code = static_cast<std::size_t>(coded.codes[i]);
    values[i] = code < labels.size() ? py::object(labels[code]) : py::object(py::none());
  }
  return std::move(values);
}

py::object plain(const ArrowColumn::Decimals& decimals) {
  const py::object number = py::module_::import("decimal").attr("Decimal");
  py::list values;
  for (const auto& digits : decimals.digits)
    values.append(digits ? number(as_int(*digits)).attr("scaleb")(-decimals.scale) : py::none());
  return std::move(values);
}

py::object plain(const ArrowColumn::Histograms& histograms) {
  py::list values;
  for (std::size_t i = 0; i < histograms.there.size(); ++i) {
    py::dict counts;
    for (auto k = static_cast<std::size_t>(histograms.offsets[i]);
         k < static_cast<std::size_t>(histograms.offsets[i + 1]); ++k)
      counts[py::int_(histograms.days[k])] = histograms.counts[k];
    values.append(histograms.there[i] ? py::object(counts) : py::object(py::none()));
  }
  return std::move(values);
}

py::object plain(const ArrowColumn::Lists& lists) {
  py::list values;
  for (std::size_t i = 0; i < lists.there.size(); ++i) {
    py::list texts;
    for (auto k = static_cast<std::size_t>(lists.offsets[i]); k < static_cast<std::size_t>(lists.offsets[i + 1]); ++k)
      texts.append(py::str(lists.texts[k]));
    values.append(lists.there[i] ? py::object(texts) : py::object(py::none()));
  }
  return std::move(values);
}

py::dict columns(const Result& result) {
  py::dict columns;
  for (const ArrowColumn& column : result.columns())
    columns[py::str(column.name)] = std::visit([](const auto& values) { return plain(values); }, column.values);
  return columns;
}

Result ask(const Cube& cube, Query question) {
  const py::gil_scoped_release released;
  return query(cube, question);
}

void register_result(py::module_& module) {
  py::class_<Query>(module, "Query", "What was asked.")
      .def_readonly("indicators", &Query::indicators)
      .def_readonly("by", &Query::by)
      .def_readonly("period", &Query::period)
      .def_readonly("every", &Query::every)
      .def_property_readonly(
          "where", [](const Query& self) { return self.where ? std::optional(self.where->text()) : std::nullopt; })
      .def_readonly("compare", &Query::compare)
      .def_readonly("versions", &Query::versions)
      .def_readonly("level", &Query::level);
  py::class_<Result>(module, "Result", "A table of evaluated cells, one row per indicator, cell and period.")
      .def_property_readonly("rows", &Result::rows)
      .def_property_readonly("dimensions",
                             [](const Result& self) {
                               return std::vector<std::string>(self.dimensions().begin(), self.dimensions().end());
                             })
      .def_property_readonly("comparisons",
                             [](const Result& self) {
                               return std::vector<std::string>(self.comparisons().begin(), self.comparisons().end());
                             })
      .def_property_readonly("metadata", &Result::metadata, "What travels with it, as text by name.")
      .def_property_readonly("catalogue", &Result::catalogue, "The definitions it was asked of.")
      .def_property_readonly("query", &Result::query, "What was asked, with all indicators named.")
      .def_property_readonly("identifies", &Result::identifies,
                             "Whether it is by a dimension that identifies persons, and not protected.")
      .def("columns", &columns, "Plain values by column; None where there is none.")
      .def("__len__", &Result::rows)
      .def("__arrow_c_stream__", &arrow_stream<Result>, py::arg("requested_schema") = py::none(),
           "The table as an Arrow stream; it is handed out as it is, whatever schema is requested.");
}

py::object shown(const py::object& self) {
  constexpr auto form =
      "Evaluation(value={0.value}, numerator={0.numerator}, denominator={0.denominator}, unknown={0.unknown}, "
      "low={0.low}, high={0.high}, least={0.least}, most={0.most}, status='{0.status}')";
  return py::str(form).format(self);
}

void register_evaluation(py::module_& module) {
  py::class_<Evaluation>(module, "Evaluation", "A value with all that it rests on.")
      .def_readonly("value", &Evaluation::value)
      .def_property_readonly("numerator", [](const Evaluation& self) { return number(self.numerator); })
      .def_property_readonly("denominator", [](const Evaluation& self) { return number(self.denominator); })
      .def_readonly("unknown", &Evaluation::unknown)
      .def_readonly("low", &Evaluation::low)
      .def_readonly("high", &Evaluation::high)
      .def_readonly("least", &Evaluation::least)
      .def_readonly("most", &Evaluation::most)
      .def_property_readonly("status", [](const Evaluation& self) { return self.flags.status(); })
      .def_property_readonly("flags", [](const Evaluation& self) { return self.flags.text(); })
      .def("__repr__", &shown);
}

}  // namespace

void register_query(py::module_& module) {
  register_result(module);
  register_evaluation(module);
  module.def(
      "query",
      [](const Cube& cube, std::vector<std::string> indicators, std::vector<std::string> by,
         std::optional<std::string> period, std::optional<std::string> every, std::optional<Expression> where,
         std::vector<std::string> compare, std::string versions, double level) {
        return ask(cube, {.indicators = std::move(indicators),
                          .by = std::move(by),
                          .period = std::move(period),
                          .every = std::move(every),
                          .where = std::move(where),
                          .compare = std::move(compare),
                          .versions = std::move(versions),
                          .level = level});
      },
      py::arg("cube"), py::kw_only(), py::arg("indicators") = std::vector<std::string>{},
      py::arg("by") = std::vector<std::string>{}, py::arg("period") = py::none(), py::arg("every") = py::none(),
      py::arg("where") = py::none(), py::arg("compare") = std::vector<std::string>{},
      py::arg("versions") = std::string{}, py::arg("level") = 0.95, "Asks a cube.");
  module.def(
      "top",
      [](const Cube& cube, Query question, std::size_t n, std::string by, bool others) {
        question.top = Top{n, std::move(by), others};
        return ask(cube, std::move(question));
      },
      py::arg("cube"), py::arg("question"), py::arg("n"), py::kw_only(), py::arg("by") = std::string{},
      py::arg("others") = true, "Asks the same of the largest cells, and of the others as one.");
  module.def(
      "protect",
      [](const std::vector<Result>& published, std::int64_t k, std::string base, bool zeros) {
        const py::gil_scoped_release released;
        return protect(published, {.k = k, .base = std::move(base), .zeros = zeros});
      },
      py::arg("published"), py::arg("k"), py::kw_only(), py::arg("base") = std::string{}, py::arg("zeros") = false,
      "Hides what is small in results that are published together, and what would tell it.");
  module.def(
      "drill",
      [](const Cube& cube, const Query& question, const std::map<std::string, std::optional<std::string>>& cell) {
        return ask(cube, drill(cube, question, cell));
      },
      py::arg("cube"), py::arg("question"), py::arg("cell"), "Asks one level down, inside a cell.");
  module.def(
      "rows",
      [](const Tables& tables, const Catalogue& catalogue, std::string indicator, std::string side,
         std::optional<std::string> period, bool undated, std::optional<Expression> where,
         std::map<std::string, std::optional<std::string>> cell, std::string versions, const py::object& as_of) {
        const BuildOptions options{.as_of = day_of(as_of)};
        const CellSelector selector{.indicator = std::move(indicator),
                                    .side = std::move(side),
                                    .period = std::move(period),
                                    .undated = undated,
                                    .versions = std::move(versions),
                                    .where = std::move(where),
                                    .cell = std::move(cell)};
        const py::gil_scoped_release released;
        return rows(tables, catalogue, options, selector);
      },
      py::arg("tables"), py::arg("catalogue"), py::kw_only(), py::arg("indicator"), py::arg("side") = "numerator",
      py::arg("period") = py::none(), py::arg("undated") = false, py::arg("where") = py::none(),
      py::arg("cell") = std::map<std::string, std::optional<std::string>>{}, py::arg("versions") = std::string{},
      py::arg("as_of") = py::none(), "Gives the rows behind a figure.");
  module.def(
      "evaluate",
      [](const Catalogue& catalogue, const std::string& indicator, const std::map<std::string, FigureOrRange>& counts,
         double level, const py::object& at) {
        const std::optional<Date> day = day_of(at);
        return day ? evaluate(catalogue, indicator, counts_of(counts), level, *day)
                   : evaluate(catalogue, indicator, counts_of(counts), level);
      },
      py::arg("catalogue"), py::arg("indicator"), py::arg("counts"), py::kw_only(), py::arg("level") = 0.95,
      py::arg("at") = py::none(),
      "Evaluates an indicator on given integers: a figure for each aggregate, or the least and the most it can be.");
}

}  // namespace casemetry::bindings
