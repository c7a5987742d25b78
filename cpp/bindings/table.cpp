// SPDX-License-Identifier: Apache-2.0
#include <casemetry/table.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "arrays.hpp"
#include "days.hpp"
#include "reports.hpp"
#include "streams.hpp"

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

using Names = std::vector<std::string>;

Table from_stream(const py::object& source, std::string name, std::optional<Names> columns, bool guess_types) {
  const ReadOptions options{std::move(name), std::move(columns).value_or(Names{}), guess_types};
  if (!py::hasattr(source, "__arrow_c_stream__") && py::hasattr(source, "__arrow_c_array__")) {
    const py::tuple pair = source.attr("__arrow_c_array__")();
    auto* schema = inside<ArrowSchema>(pair[0], "arrow_schema");
    auto* array = inside<ArrowArray>(pair[1], "arrow_array");
    const py::gil_scoped_release released;
    return Table::from_arrow(schema, array, options);
  }
  const py::object capsule = stream_capsule(source);
  auto* stream = inside<ArrowArrayStream>(capsule, "arrow_array_stream");
  const py::gil_scoped_release released;
  return Table::from_arrow(stream, options);
}

GivenArray given_array(const py::handle& entry) {
  return {py::cast<std::string>(entry.attr("name")), py::cast<std::string>(entry.attr("kind")), entry.attr("values"),
          entry.attr("labels"), entry.attr("missing")};
}

// A record batch around lent columns, which their owner releases.
Table from_arrays(const py::sequence& arrays, std::string name) {
  std::vector<std::unique_ptr<LentColumn>> columns;
  for (const py::handle entry : arrays) columns.push_back(std::make_unique<LentColumn>(given_array(entry)));
  std::vector<ArrowSchema*> schemas;
  std::vector<ArrowArray*> lent;
  for (const auto& column : columns) {
    schemas.push_back(column->schema());
    lent.push_back(column->array());
    if (column->array()->length != lent.front()->length)
      throw SchemaError("table '" + name + "': the columns '" + schemas.front()->name + "' and '" +
                        column->schema()->name + "' have different lengths");
  }
  const auto n = static_cast<std::int64_t>(columns.size());
  const void* no_bitmap = nullptr;
  ArrowSchema schema{"+s",   "", nullptr, 0, n, schemas.data(), nullptr, [](ArrowSchema* s) { s->release = nullptr; },
                     nullptr};
  const std::int64_t length = lent.empty() ? 0 : lent.front()->length;
  ArrowArray batch{length, 0, 0, 1, n, &no_bitmap, lent.data(), nullptr, [](ArrowArray* a) { a->release = nullptr; },
                   nullptr};
  const ReadOptions options{.name = std::move(name)};
  const py::gil_scoped_release released;
  return Table::from_arrow(&schema, &batch, options);
}

py::object coded_cell(const Column& column, std::size_t row) {
  const auto code = std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes());
  if (code == column.labels().size()) return py::none();
  return column.type() == Type::boolean ? py::object(py::bool_(code == 1)) : py::str(column.labels()[code]);
}

py::object set_cell(const Column& column, std::size_t row) {
  const auto code = std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes());
  if (code == column.missing_code()) return py::none();
  py::list members;
  for (const std::uint32_t member : column.sets()[code]) members.append(py::str(column.labels()[member]));
  return members;
}

py::object day_cell(std::int32_t day) {
  return is_day(day) ? date_of(day) : py::object(py::none());
}

py::object number_cell(std::int64_t number, int scale) {
  if (number == missing_number) return py::none();
  if (scale == 0) return py::int_(number);
  return py::module_::import("decimal").attr("Decimal")(number).attr("scaleb")(-scale);
}

py::object cell(const Column& column, std::size_t row) {
  if (column.coded()) return coded_cell(column, row);
  if (column.type() == Type::set) return set_cell(column, row);
  if (column.type() == Type::date) return day_cell(column.days()[row]);
  return number_cell(column.numbers()[row], column.scale());
}

py::list values(const Table& table, const std::string& name, std::optional<std::int64_t> first) {
  const Column& column = table.column(name);
  const std::int64_t rows = std::clamp<std::int64_t>(first.value_or(table.rows()), 0, table.rows());
  py::list cells;
  for (std::int64_t row = 0; row < rows; ++row) cells.append(cell(column, static_cast<std::size_t>(row)));
  return cells;
}

}  // namespace

void register_table(py::module_& module) {
  py::class_<Spelling>(module, "Spelling", "A spelling that occurs in a column, and what it is read as.")
      .def_readonly("written", &Spelling::written)
      .def_readonly("rows", &Spelling::rows)
      .def_readonly("value", &Spelling::value, "None if it is not listed, or neither yes nor no.");
  py::class_<Table>(module, "Table", "Columns of one length, as the core holds them.")
      .def_static("from_stream", &from_stream, py::arg("source"), py::kw_only(), py::arg("name") = "table",
                  py::arg("columns") = py::none(), py::arg("guess_types") = false,
                  "Read an Arrow stream: a capsule, or an object with ``__arrow_c_stream__`` or ``__arrow_c_array__``.")
      .def_static("from_arrays", &from_arrays, py::arg("arrays"), py::kw_only(), py::arg("name") = "table",
                  "Read columns of NumPy arrays, codes with labels, or text (``casemetry._frames.GivenArray``).")
      .def_static(
          "stacked",
          [](const std::vector<Table>& tables, std::string name) {
            const py::gil_scoped_release released;
            return Table::stacked(tables, std::move(name));
          },
          py::arg("tables"), py::kw_only(), py::arg("name") = "table",
          "Put tables of the same columns one below the other.")
      .def(
          "renamed",
          [](const Table& table, const std::vector<std::pair<std::string, std::string>>& names, std::string name) {
            return table.renamed(names, std::move(name));
          },
          py::arg("names"), py::kw_only(), py::arg("name"), "Give these columns other names; cells are shared.")
      .def_property_readonly("name", &Table::name)
      .def_property_readonly("rows", &Table::rows)
      .def_property_readonly("column_names", &Table::column_names)
      .def(
          "report", [](const Table& table) { return as_list(table.report()); },
          "Return what became of the cells of each column.")
      .def("values", &values, py::arg("column"), py::arg("first") = py::none(),
           "Return the cells of a column, or the first of them, as Python values; a missing one is None.")
      .def("__arrow_c_stream__", &arrow_stream<Table>, py::arg("requested_schema") = py::none(),
           "The table as an Arrow stream; it is handed out as it is, whatever schema is requested.");
}

}  // namespace casemetry::bindings
