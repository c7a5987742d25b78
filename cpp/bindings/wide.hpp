// SPDX-License-Identifier: Apache-2.0
// 128-bit integers as Python's.
#pragma once

#include <casemetry/wide.hpp>

#include <pybind11/pybind11.h>

namespace casemetry::bindings {

inline pybind11::int_ as_int(const Wide& wide) {
  const pybind11::object high = pybind11::int_(wide.high).attr("__lshift__")(64);
  return pybind11::int_(high.attr("__or__")(wide.low));
}

}  // namespace casemetry::bindings
