// SPDX-License-Identifier: Apache-2.0
// Reports of reading, as Python shows them.
#pragma once

#include <casemetry/table.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <vector>

namespace casemetry::bindings {

// The named tuple is Python's (casemetry/reading.py).
inline pybind11::list as_list(const std::vector<ColumnReport>& reports) {
  const pybind11::object type = pybind11::module_::import("casemetry.reading").attr("ColumnReport");
  pybind11::list list;
  for (const ColumnReport& r : reports)
    list.append(type(r.name, r.read_as, r.rows, r.missing, r.unreadable, r.unlisted,
                     pybind11::tuple(pybind11::cast(r.examples))));
  return list;
}

}  // namespace casemetry::bindings
