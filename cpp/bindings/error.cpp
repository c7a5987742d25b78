// SPDX-License-Identifier: Apache-2.0
#include <casemetry/error.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

void raise(const char* name, const char* message) {
  const py::object type = py::module_::import("casemetry._errors").attr(name);
  PyErr_SetObject(type.ptr(), py::str(message).ptr());
}

void raise(const DefinitionError& error) {
  const py::module_ errors = py::module_::import("casemetry._errors");
  py::list faults;
  for (const Fault& fault : error.faults())
    faults.append(errors.attr("Fault")(fault.path, fault.message, fault.position));
  const py::object type = errors.attr("DefinitionError");
  PyErr_SetObject(type.ptr(), type(error.what(), py::tuple(faults)).ptr());
}

}  // namespace

// The exceptions themselves are Python's (casemetry/_errors.py), so that they can inherit from KeyError and carry their
// faults.
void register_error(py::module_&) {
  py::register_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const DefinitionError& error) {
      raise(error);
    } catch (const ColumnNotFoundError& error) {
      raise("ColumnNotFoundError", error.what());
    } catch (const SchemaError& error) {
      raise("SchemaError", error.what());
    } catch (const DataError& error) {
      raise("DataError", error.what());
    } catch (const QueryError& error) {
      raise("QueryError", error.what());
    } catch (const MergeError& error) {
      raise("MergeError", error.what());
    } catch (const Error& error) {
      raise("CasemetryError", error.what());
    }
  });
}

}  // namespace casemetry::bindings
