// SPDX-License-Identifier: Apache-2.0
/// \file
/// The faults of a catalogue as they are found, to be told all at once.
#pragma once

#include <algorithm>
#include <casemetry/error.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casemetry::definition {

class Faults {
 public:
  void tell(std::string path, std::string message, std::optional<std::size_t> position = std::nullopt) {
    list_.push_back({std::move(path), std::move(message), position});
  }
  /// Tells what may only follow from a fault that is told at the same place already.
  void tell_first(const std::string& path, std::string message) {
    if (!told(path)) tell(path, std::move(message));
  }
  bool told(std::string_view path) const {
    return std::ranges::any_of(list_, [path](const Fault& fault) { return fault.path == path; });
  }
  std::vector<Fault>& list() { return list_; }
  void throw_if_any() && {
    if (!list_.empty()) throw DefinitionError(std::move(list_));
  }

 private:
  std::vector<Fault> list_;
};

}  // namespace casemetry::definition
