// SPDX-License-Identifier: Apache-2.0
#include <casemetry/version.hpp>

#include <pybind11/pybind11.h>

namespace casemetry::bindings {

// One function a room, in the file of the room's name; a room after those whose types it names.
void register_error(pybind11::module_& module);
void register_statistics(pybind11::module_& module);
void register_table(pybind11::module_& module);
void register_expression(pybind11::module_& module);
void register_catalogue(pybind11::module_& module);
void register_units(pybind11::module_& module);
void register_cube(pybind11::module_& module);
void register_plan(pybind11::module_& module);
void register_query(pybind11::module_& module);
void register_leads(pybind11::module_& module);
void register_analysis(pybind11::module_& module);
void register_check(pybind11::module_& module);

}  // namespace casemetry::bindings

PYBIND11_MODULE(_core, module) {
  namespace bindings = casemetry::bindings;
  module.doc() = "The C++ core of casemetry.";
  module.attr("__version__") = CASEMETRY_VERSION;
  bindings::register_error(module);
  bindings::register_statistics(module);
  bindings::register_table(module);
  bindings::register_expression(module);
  bindings::register_catalogue(module);
  bindings::register_units(module);
  bindings::register_cube(module);
  bindings::register_plan(module);
  bindings::register_query(module);
  bindings::register_leads(module);
  bindings::register_analysis(module);
  bindings::register_check(module);
}
