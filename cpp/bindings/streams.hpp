// SPDX-License-Identifier: Apache-2.0
// Arrow streams, as Python hands them around: in capsules.
#pragma once

#include <casemetry/arrow.hpp>

#include <pybind11/pybind11.h>

#include <memory>

namespace casemetry::bindings {

/// Whatever has `to_arrow`, as a capsule for `__arrow_c_stream__`; it is handed out as it is, whatever schema is
/// requested. The capsule releases what nobody took out of it.
template <class Source>
pybind11::object arrow_stream(const Source& source, const pybind11::object& /*requested_schema*/) {
  constexpr const char* name = "arrow_array_stream";
  auto stream = std::make_unique<ArrowArrayStream>();
  {
    const pybind11::gil_scoped_release released;
    source.to_arrow(stream.get());
  }
  PyObject* capsule = PyCapsule_New(stream.get(), name, [](PyObject* held) {
    auto* left = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(held, name));
    if (left->release != nullptr) left->release(left);
    delete left;
  });
  if (capsule == nullptr) {
    stream->release(stream.get());
    throw pybind11::error_already_set();
  }
  stream.release();
  return pybind11::reinterpret_steal<pybind11::object>(capsule);
}

}  // namespace casemetry::bindings
