// SPDX-License-Identifier: Apache-2.0
#include "catalogue/tree.hpp"

#include "utf8.hpp"

namespace casemetry::definition {

std::string Tree::kind() const {
  static const std::vector<std::string> kinds{"nothing", "true or false", "a number",
                                              "text",    "a list",        "a group of keys"};
  return kinds[value.index()];
}

std::string below(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

std::string below(const std::string& path, std::size_t index) {
  return path + " #" + std::to_string(index + 1);
}

void validate_utf8(const Tree& tree, const std::string& path, Faults& faults) {
  if (const std::string* text = tree.text()) {
    if (!is_utf8(*text)) faults.tell_first(path, "the text is not UTF-8");
  } else if (const Tree::List* list = tree.list()) {
    for (std::size_t i = 0; i < list->size(); ++i) validate_utf8((*list)[i], below(path, i), faults);
  } else if (const Tree::Object* object = tree.object()) {
    for (const Member& member : *object) {
      if (!is_utf8(member.key)) faults.tell_first(path, "a key is not UTF-8");
      validate_utf8(member.value, below(path, member.key), faults);
    }
  }
}

}  // namespace casemetry::definition
