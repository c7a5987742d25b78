// SPDX-License-Identifier: Apache-2.0
#include <casemetry/expression.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

constexpr const char* no_truth =
    "a condition has no truth value before it meets a table: join conditions by &, | and ~, each comparison in "
    "parentheses, instead of by and, or and not, and write between() for a chain of comparisons";

bool is_instance(const py::handle& value, const char* module, const char* type) {
  return py::isinstance(value, py::module_::import(module).attr(type));
}

// As its digits are written, so that every number is exact and checked in one place.
Literal number_of(const py::handle& value) {
  const py::object decimal = py::module_::import("decimal").attr("Decimal")(value);
  if (!py::cast<bool>(decimal.attr("is_finite")()))
    throw DefinitionError({Fault{{}, py::cast<std::string>(py::str(value)) + " is not a number", std::nullopt}});
  return Expression::parse(py::cast<std::string>(decimal.attr("__format__")("f"))).node().value;
}

Literal literal_of(const py::handle& value) {
  if (py::isinstance<py::bool_>(value)) return py::cast<bool>(value);
  if (py::isinstance<py::str>(value)) return py::cast<std::string>(value);
  if (py::isinstance<py::float_>(value)) return number_of(py::repr(py::float_(py::cast<double>(value))));
  if (py::isinstance<py::int_>(value) || is_instance(value, "decimal", "Decimal")) return number_of(value);
  if (is_instance(value, "datetime", "date"))
    return Date(std::chrono::year(py::cast<int>(value.attr("year"))) /
                std::chrono::month(py::cast<unsigned>(value.attr("month"))) /
                std::chrono::day(py::cast<unsigned>(value.attr("day"))));
  if (is_instance(value, "numpy", "generic")) return literal_of(value.attr("item")());
  if (value.is_none())
    throw py::type_error("None is no value to compare with: a missing value is asked for by is_null()");
  throw py::type_error("a constant is a str, int, Decimal, float, bool or date, not " +
                       py::cast<std::string>(py::type::of(value).attr("__name__")) +
                       "; several values stand in isin([...])");
}

Expression operand(const py::handle& value) {
  return py::isinstance<Expression>(value) ? py::cast<Expression>(value) : lit(literal_of(value));
}

// `a == 1 & b == 2` is `a == (1 & b) == 2` to Python.
Expression condition(const py::handle& value) {
  if (py::isinstance<Expression>(value) || py::isinstance<py::bool_>(value)) return operand(value);
  throw py::type_error("& and | join conditions; put each comparison in parentheses: (a == 1) & (b == 2)");
}

template <Operation operation>
Expression joined(const Expression& left, const py::object& right) {
  return call(operation, {left, operand(right)});
}

template <Operation operation>
Expression joined_conditions(const Expression& left, const py::object& right) {
  return call(operation, {left, condition(right)});
}

template <Operation operation>
Expression joined_conditions_reversed(const Expression& right, const py::object& left) {
  return call(operation, {condition(left), right});
}

// A set has no order, but a definition has one text.
std::vector<Literal> literals_of(const py::iterable& values) {
  std::vector<Literal> literals;
  for (const py::handle& value : values) literals.push_back(literal_of(value));
  if (py::isinstance<py::anyset>(values))
    std::ranges::sort(literals, {}, [](const Literal& literal) { return lit(literal).text(); });
  return literals;
}

using OfValues = Expression(Expression, std::vector<Literal>);
using OfList = Expression(Expression, std::string_view);

// A function of values, or of a list by its name.
template <OfValues of_values, OfList of_list>
Expression among(const Expression& self, const py::object& values) {
  if (!py::isinstance<py::str>(values)) return of_values(self, literals_of(py::cast<py::iterable>(values)));
  const std::string list = py::cast<std::string>(values);
  if (!list.starts_with('@')) throw py::type_error("write the values as a list, or the name of a list as '@name'");
  return of_list(self, std::string_view(list).substr(1));
}

Expression pattern_of(const Expression& self, const std::string& grouping, const py::object& by) {
  return by.is_none() ? pattern(self, grouping) : pattern(self, grouping, operand(by));
}

// The face of a table holds the core's table. A handle of its own, which lives while the GIL is released.
Table table_of(const py::object& table) {
  return py::cast<Table>(py::hasattr(table, "_core") ? table.attr("_core") : table);
}

Holidays holidays_of(const py::object& table) {
  return table.is_none() ? Holidays() : Holidays(table_of(table));
}

std::vector<Outcome> outcomes_of(const Expression& expression, const Table& table, const Holidays& holidays) {
  const py::gil_scoped_release released;
  const BoundPredicate predicate(expression, [&](std::string_view name) { return table.column(name); }, {}, holidays);
  std::vector<Outcome> outcomes(static_cast<std::size_t>(table.rows()));
  predicate.outcomes(0, outcomes);
  return outcomes;
}

std::optional<bool> truth_of(Outcome outcome) {
  return outcome == Outcome::unknown ? std::nullopt : std::optional(outcome == Outcome::yes);
}

std::vector<std::optional<bool>> outcomes(const Expression& expression, const py::object& table,
                                          const py::object& holidays) {
  const std::vector<Outcome> found = outcomes_of(expression, table_of(table), holidays_of(holidays));
  std::vector<std::optional<bool>> truths;
  std::ranges::transform(found, std::back_inserter(truths), truth_of);
  return truths;
}

void register_operators(py::class_<Expression>& type) {
  type.def("__eq__", &joined<Operation::equal>, py::is_operator())
      .def("__ne__", &joined<Operation::not_equal>, py::is_operator())
      .def("__lt__", &joined<Operation::less>, py::is_operator())
      .def("__le__", &joined<Operation::less_equal>, py::is_operator())
      .def("__gt__", &joined<Operation::greater>, py::is_operator())
      .def("__ge__", &joined<Operation::greater_equal>, py::is_operator())
      .def("__and__", &joined_conditions<Operation::logical_and>, py::is_operator())
      .def("__rand__", &joined_conditions_reversed<Operation::logical_and>, py::is_operator())
      .def("__or__", &joined_conditions<Operation::logical_or>, py::is_operator())
      .def("__ror__", &joined_conditions_reversed<Operation::logical_or>, py::is_operator())
      .def(
          "__invert__", [](const Expression& operand) { return !operand; }, py::is_operator())
      .def("__bool__", [](const Expression&) -> bool { throw py::type_error(no_truth); });
  type.attr("__array_ufunc__") = py::none();  // a NumPy scalar on the left leaves the comparison to us
}

void register_methods(py::class_<Expression>& type) {
  type.def("isin", &among<in, in_list>, py::arg("values"), R"(
Whether it is one of the values, or of a named list, ``'@refusals'``.

Examples
--------
>>> import casemetry as cm
>>> cm.col("decision").isin(["approved", "decided"])
expression("decision in ['approved', 'decided']")
>>> print(cm.col("decision").isin("@refusals"))
decision in @refusals
)")
      .def("not_in", &among<not_in, not_in_list>, py::arg("values"), R"(
Whether it is none of the values, nor of a named list, ``'@refusals'``. Of a missing value it is unknown.

Examples
--------
>>> import casemetry as cm
>>> print(cm.col("decision").not_in(["withdrawn"]))
decision not in ['withdrawn']
)")
      .def(
          "between",
          [](const Expression& self, const py::object& low, const py::object& high) {
            return call(Operation::between, {self, operand(low), operand(high)});
          },
          py::arg("low"), py::arg("high"), R"(
Whether it lies between two values, both included.

Examples
--------
>>> import datetime as dt
>>> import casemetry as cm
>>> print(cm.col("decided_on").between(dt.date(2024, 1, 1), dt.date(2024, 12, 31)))
between(decided_on, 2024-01-01, 2024-12-31)
)")
      .def("is_null", &is_null, R"(
Whether it is missing. Never unknown; a value that a closed category does not list is not missing.

Examples
--------
>>> import casemetry as cm
>>> print(~cm.col("decided_on").is_null())
not is_null(decided_on)
)")
      .def("starts_with", &starts_with, py::arg("text"), R"(
Whether a text begins with another.

Examples
--------
>>> import casemetry as cm
>>> print(cm.col("case_type").starts_with("刑事"))
starts_with(case_type, '刑事')
)")
      .def("contains", &contains, py::arg("text"), R"(
Whether a text contains another.

Examples
--------
>>> import casemetry as cm
>>> print(cm.col("charge").contains("诈骗"))
contains(charge, '诈骗')
)")
      .def(
          "days_until", [](const Expression& self, const py::object& other) { return days(self, operand(other)); },
          py::arg("other"), R"(
The days from this date to another: negative if the other is earlier.

Examples
--------
>>> import casemetry as cm
>>> print(cm.col("filed_on").days_until(cm.col("decided_on")) <= 7)
days(filed_on, decided_on) <= 7
)");
}

void register_questions_of_sets(py::class_<Expression>& type) {
  type.def("has", &has, py::arg("member"), R"(
Whether a set (集合) has a member. A member that is not listed could be any other: what hangs on it is unknown.

Examples
--------
>>> import casemetry as cm
>>> leads = cm.read({"sources": [["hotline", "model_1"], [], None]})
>>> by_hotline = cm.col("sources").has("hotline")
>>> print(by_hotline)
has(sources, 'hotline')
>>> by_hotline.outcomes(leads)
[True, False, None]
)")
      .def("meets", &among<meets, meets_list>, py::arg("members"), R"(
Whether a set has any of these members, or of a named list, ``'@digital'``.

Examples
--------
>>> import casemetry as cm
>>> print(cm.col("sources").meets(["model_1", "model_2"]))
meets(sources, ['model_1', 'model_2'])
>>> print(cm.col("sources").meets("@digital"))
meets(sources, @digital)
)")
      .def("within", &among<within, within_list>, py::arg("members"), R"(
Whether a set has members, and all of them are among these, or in a named list, ``'@digital'``.

Examples
--------
>>> import casemetry as cm
>>> leads = cm.read({"sources": [["hotline", "model_1"], ["model_1"], [], None]})
>>> cm.col("sources").within(["model_1", "model_2"]).outcomes(leads)
[False, True, False, None]
)")
      .def("size", &size, R"(
How many members a set has: a number to compare. What stands in a bag twice counts twice.

Examples
--------
>>> import casemetry as cm
>>> print(cm.col("sources").size() >= 2)
size(sources) >= 2
)")
      .def("pattern", &pattern_of, py::arg("grouping"), py::kw_only(), py::arg("by") = py::none(), R"(
What a set is made of, group by group: a category such as ``digital 2, traditional 1``, for a column of a unit.

Parameters
----------
grouping : str
    A grouping of the catalogue, without ``@``; ``source`` puts each source in a group of its own.
by : Expression or date, optional
    When the groups are asked for, if the grouping is told by a dated table.

Examples
--------
>>> import casemetry as cm
>>> print(cm.col("sources").pattern("origin"))
pattern(sources, @origin)
>>> print(cm.col("sources").pattern("origin", by=cm.col("filed_on")))
pattern(sources, @origin by filed_on)
)");
}

void register_whole(py::class_<Expression>& type) {
  type.def_property_readonly("text", &Expression::text,
                             "The text of the expression, which reads back as the same tree.")
      .def_property_readonly("columns", &Expression::columns, "The names of the columns it reads, sorted.")
      .def_property_readonly("lists", &Expression::lists, "The named lists it refers to, without ``@``, sorted.")
      .def_property_readonly("collapse_calls", &collapse_calls,
                             "Its collapse calls, such as ``min(decided_on)``, each different one once.")
      .def("__str__", &Expression::text)
      .def("__repr__",
           [](const Expression& self) {
             return "expression(" + py::cast<std::string>(py::repr(py::cast(self.text()))) + ")";
           })
      .def(py::pickle([](const Expression& self) { return self.text(); },
                      [](const std::string& text) { return Expression::parse(text); }))
      .def("same_as", &Expression::same_as, py::arg("other"), R"(
Whether two expressions are the same tree; ``==`` makes a comparison of them.

Examples
--------
>>> import casemetry as cm
>>> (cm.col("age") >= 18).same_as(cm.expression("age>=18"))
True
)")
      .def("outcomes", &outcomes, py::arg("table"), py::kw_only(), py::arg("holidays") = py::none(), R"(
What the expression says about each row of a table.

Columns are taken as the table holds them; a text column is read as dates where it meets a date.

Parameters
----------
table : Table
    A table with the columns that the expression reads.
holidays : Table, optional
    The days of which the weekday does not tell whether they work: columns ``date`` and ``works`` (true for a working
    Saturday). ``workdays`` and ``add_workdays`` need it.

Returns
-------
list of bool or None
    True, False, or None where it is unknown: a value is missing, or a closed category does not list it.

Raises
------
ColumnNotFoundError
    If the table lacks a column.
DefinitionError
    If the expression is no condition, compares what cannot be compared, or asks for working days without holidays.
DataError
    If the holidays leave a day open, or tell it in two ways.

Examples
--------
>>> import casemetry as cm
>>> table = cm.read({"decision": ["refused", "approved", None]})
>>> (cm.col("decision") == "refused").outcomes(table)
[True, False, None]
)");
}

}  // namespace

void register_expression(py::module_& module) {
  py::class_<Expression> type(module, "Expression", R"(
A condition or a derived value, from :func:`col` and operators or from text by :func:`expression`.

Comparisons are written ``== != < <= > >=``; conditions are joined by ``&``, ``|`` and ``~``, each in parentheses.
Constants are str, int, Decimal, float (the decimal that it prints), bool and dates. About a row a condition is true,
false or unknown: what is compared with a missing value is unknown.

Examples
--------
>>> import casemetry as cm
>>> minor = (cm.col("age") < 18) & (cm.col("decision") != "withdrawn")
>>> minor
expression("age < 18 and decision != 'withdrawn'")
>>> minor.columns
['age', 'decision']
)");
  register_operators(type);
  register_methods(type);
  register_questions_of_sets(type);
  register_whole(type);
  module.def("col", &col, py::arg("name"), R"(
A column of a table, to build a condition from.

Examples
--------
>>> import casemetry as cm
>>> cm.col("decision") == "refused"
expression("decision == 'refused'")
>>> print(cm.col("审查 结论") == "不捕")
`审查 结论` == '不捕'
)");
  module.def("expression", &Expression::parse, py::arg("text"), R"(
Reads an expression from its text.

Raises
------
DefinitionError
    With the position and what to write instead.

Examples
--------
>>> import casemetry as cm
>>> cm.expression("decision in ['approved', 'decided'] and age >= 18").columns
['age', 'decision']
>>> cm.expression("decision = 'refused'")
Traceback (most recent call last):
casemetry._errors.DefinitionError: '=': write == to compare (at character 10)
)");
}

}  // namespace casemetry::bindings
