// SPDX-License-Identifier: Apache-2.0
// Arrow streams, as Python hands them around: in capsules.
#pragma once

#include <casemetry/arrow.hpp>

#include <pybind11/pybind11.h>

#include <memory>

namespace casemetry::bindings {

/// What is inside a capsule. It stays the capsule's own: reading leaves it released.
template <class Structure>
Structure* inside(const pybind11::object& capsule, const char* name) {
  auto* structure = static_cast<Structure*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (structure == nullptr) throw pybind11::error_already_set();
  return structure;
}

/// The capsule of an object with `__arrow_c_stream__`, or the object itself if it is one.
inline pybind11::object stream_capsule(const pybind11::object& source) {
  return PyCapsule_CheckExact(source.ptr()) ? source : pybind11::object(source.attr("__arrow_c_stream__")());
}

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
