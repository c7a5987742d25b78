// SPDX-License-Identifier: Apache-2.0
/// \file
/// The tree that JSON and TOML spell: what stands between a text and the definitions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "catalogue/faults.hpp"

namespace casemetry::definition {

struct Member;

/// A value: nothing, true or false, a number as it was written (so that it stays exact), text, a list, or members in
/// their order.
struct Tree {
  struct Number {
    std::string text;
  };
  using List = std::vector<Tree>;
  using Object = std::vector<Member>;
  std::variant<std::monostate, bool, Number, std::string, List, Object> value;

  const List* list() const { return std::get_if<List>(&value); }
  const Object* object() const { return std::get_if<Object>(&value); }
  const std::string* text() const { return std::get_if<std::string>(&value); }
  const Number* number() const { return std::get_if<Number>(&value); }
  /// `text`, `a number`, `a list`: for messages.
  std::string kind() const;
};

struct Member {
  std::string key;
  Tree value;
};

/// `table.x.key`; the key alone at the root.
std::string below(const std::string& path, std::string_view key);
/// `aggregate #3`, counted from one.
std::string below(const std::string& path, std::size_t index);

/// Reads JSON. Text that is no JSON, a key that stands twice (the first is kept) and nesting beyond 32 levels are told;
/// nothing is returned if the text cannot be read to its end.
std::optional<Tree> parse_json(std::string_view text, Faults& faults);

/// The tree as JSON on one line.
std::string json(const Tree& tree);
/// A catalogue's tree as TOML.
std::string toml(const Tree& catalogue);

/// Tells every text and key that is not UTF-8.
void validate_utf8(const Tree& tree, const std::string& path, Faults& faults);

}  // namespace casemetry::definition
