// SPDX-License-Identifier: Apache-2.0
/// \file
/// The members of one group of keys, read by type. What is absent reads as the default; what has the wrong type is told
/// and reads as the default.
#pragma once

#include <casemetry/catalogue.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catalogue/faults.hpp"
#include "catalogue/tree.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {

class Fields {
 public:
  /// Tells a tree that is no group of keys, and every key that is not one of `known`.
  Fields(const Tree& tree, std::string path, const Words& known, Faults& faults);

  /// Tells a tree that is no group of keys; any keys may stand in it.
  Fields(const Tree& tree, std::string path, Faults& faults);

  std::string path(const std::string& key) const { return below(path_, key); }
  Faults& faults() const { return faults_; }
  /// All of them, in their order.
  const Tree::Object& members() const;
  /// The value of a key, or null.
  const Tree* find(const std::string& key) const;

  std::string text(const std::string& key) const;
  std::vector<std::string> texts(const std::string& key) const;
  std::map<std::string, std::string> pairs(const std::string& key) const;
  std::optional<std::int64_t> integer(const std::string& key) const;
  std::vector<std::int64_t> integers(const std::string& key) const;
  bool boolean(const std::string& key) const;
  Label label(const std::string& key) const;
  /// A number, or a fraction as text: `"1/3"`.
  std::optional<Rational> rational(const std::string& key) const;
  std::optional<std::pair<Rational, Rational>> range(const std::string& key) const;
  /// The place of a word among those that are known.
  std::optional<std::size_t> word(const std::string& key, const Words& known) const;
  std::optional<Expression> expression(const std::string& key) const;
  Formula formula(const std::string& key) const;
  /// A day, as text: `2024-03-01`.
  std::optional<Date> date(const std::string& key) const;
  /// The members of a group, or the items of a list.
  const Tree::Object& object(const std::string& key) const;
  const Tree::List& list(const std::string& key) const;

 private:
  void tell_kind(const std::string& key, const std::string& wanted, const Tree& found) const;
  // Tells the faults of a text at the path of its key.
  void tell(const std::string& key, const DefinitionError& error) const;

  const Tree::Object* object_ = nullptr;
  std::string path_;
  Faults& faults_;
};

}  // namespace casemetry::definition
