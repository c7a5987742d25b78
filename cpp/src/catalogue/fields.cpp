// SPDX-License-Identifier: Apache-2.0
#include "catalogue/fields.hpp"

#include "catalogue/canonical.hpp"
#include "catalogue/rational.hpp"

namespace casemetry::definition {
namespace {

std::optional<Rational> rational_of(const Tree& tree) {
  if (const Tree::Number* number = tree.number()) return parse_rational(number->text);
  if (const std::string* text = tree.text()) return parse_rational(*text);
  return std::nullopt;
}

}  // namespace

Fields::Fields(const Tree& tree, std::string path, Faults& faults)
    : object_(tree.object()), path_(std::move(path)), faults_(faults) {
  if (object_ == nullptr) faults_.tell(path_, "should be a group of keys, and is " + tree.kind());
}

Fields::Fields(const Tree& tree, std::string path, const Words& known, Faults& faults)
    : Fields(tree, std::move(path), faults) {
  for (const Member& member : members())
    if (!is_one_of(member.key, known))
      faults_.tell(below(path_, member.key), hinted("unknown key '" + member.key + "'", member.key, known));
}

const Tree::Object& Fields::members() const {
  static const Tree::Object none;
  return object_ != nullptr ? *object_ : none;
}

const Tree* Fields::find(const std::string& key) const {
  if (object_ == nullptr) return nullptr;
  const auto found = std::ranges::find(*object_, key, &Member::key);
  return found == object_->end() ? nullptr : &found->value;
}

void Fields::tell_kind(const std::string& key, const std::string& wanted, const Tree& found) const {
  faults_.tell(path(key), "should be " + wanted + ", and is " + found.kind());
}

void Fields::tell(const std::string& key, const DefinitionError& error) const {
  for (const Fault& fault : error.faults()) faults_.tell(path(key), fault.message, fault.position);
}

std::string Fields::text(const std::string& key) const {
  const Tree* tree = find(key);
  if (tree == nullptr) return {};
  if (const std::string* text = tree->text()) {
    if (text->empty()) faults_.tell(path(key), "empty text: leave the key out, or write something");
    return *text;
  }
  tell_kind(key, "text", *tree);
  return {};
}

std::vector<std::string> Fields::texts(const std::string& key) const {
  std::vector<std::string> texts;
  for (const Tree& item : list(key)) {
    if (const std::string* text = item.text()) {
      texts.push_back(*text);
    } else {
      tell_kind(key, "a list of texts", item);
      return {};
    }
  }
  return texts;
}

std::map<std::string, std::string> Fields::pairs(const std::string& key) const {
  std::map<std::string, std::string> pairs;
  for (const Member& member : object(key)) {
    if (const std::string* text = member.value.text()) {
      pairs[member.key] = *text;
    } else {
      faults_.tell(below(path(key), member.key), "should be text, and is " + member.value.kind());
    }
  }
  return pairs;
}

std::optional<std::int64_t> Fields::integer(const std::string& key) const {
  const Tree* tree = find(key);
  if (tree == nullptr) return std::nullopt;
  const Tree::Number* number = tree->number();
  if (number == nullptr) {
    tell_kind(key, "a whole number", *tree);
    return std::nullopt;
  }
  const auto value = parse_rational(number->text);
  if (value && value->denominator == 1) return value->numerator;
  faults_.tell(path(key), number->text + " is not a whole number of 64 bits");
  return std::nullopt;
}

std::vector<std::int64_t> Fields::integers(const std::string& key) const {
  std::vector<std::int64_t> integers;
  for (const Tree& item : list(key)) {
    const auto value = item.number() != nullptr ? parse_rational(item.number()->text) : std::nullopt;
    if (!value || value->denominator != 1) {
      tell_kind(key, "a list of whole numbers", item);
      return {};
    }
    integers.push_back(value->numerator);
  }
  return integers;
}

bool Fields::boolean(const std::string& key) const {
  const Tree* tree = find(key);
  if (tree == nullptr) return false;
  if (const bool* truth = std::get_if<bool>(&tree->value)) return *truth;
  tell_kind(key, "true or false", *tree);
  return false;
}

Label Fields::label(const std::string& key) const {
  const Tree* tree = find(key);
  if (tree == nullptr) return {};
  if (tree->text() != nullptr) return {text(key), {}};
  if (tree->object() == nullptr) {
    tell_kind(key, "text, or { zh = …, en = … }", *tree);
    return {};
  }
  const Fields languages(*tree, path(key), {"zh", "en"}, faults_);
  return {languages.text("zh"), languages.text("en")};
}

std::optional<Rational> Fields::rational(const std::string& key) const {
  const Tree* tree = find(key);
  if (tree == nullptr) return std::nullopt;
  const auto value = rational_of(*tree);
  if (!value) faults_.tell(path(key), "should be a number such as 0.25, or a fraction such as \"1/3\"");
  return value;
}

std::optional<std::pair<Rational, Rational>> Fields::range(const std::string& key) const {
  const Tree* tree = find(key);
  if (tree == nullptr) return std::nullopt;
  const Tree::List* ends = tree->list();
  if (ends != nullptr && ends->size() == 2) {
    const auto low = rational_of(ends->front());
    const auto high = rational_of(ends->back());
    if (low && high) return std::pair(*low, *high);
  }
  faults_.tell(path(key), "should be two numbers: [low, high]");
  return std::nullopt;
}

std::optional<std::size_t> Fields::word(const std::string& key, const Words& known) const {
  const std::string written = text(key);
  if (written.empty()) return std::nullopt;
  const auto found = place(written, known);
  if (!found) faults_.tell(path(key), not_one_of(written, known));
  return found;
}

std::optional<Expression> Fields::expression(const std::string& key) const {
  const std::string written = text(key);
  if (written.empty()) return std::nullopt;
  try {
    return Expression::parse(written);
  } catch (const DefinitionError& error) {
    tell(key, error);
    return std::nullopt;
  }
}

Formula Fields::formula(const std::string& key) const {
  const std::string written = text(key);
  if (written.empty()) return {};
  try {
    return Formula::parse(written);
  } catch (const DefinitionError& error) {
    tell(key, error);
    return {};
  }
}

std::optional<Date> Fields::date(const std::string& key) const {
  const std::string written = text(key);
  if (written.empty()) return std::nullopt;
  const auto day = parse_date(written);
  if (!day) faults_.tell(path(key), "'" + written + "' is no day of the calendar: write it as 2024-03-01");
  return day;
}

const Tree::Object& Fields::object(const std::string& key) const {
  static const Tree::Object none;
  const Tree* tree = find(key);
  if (tree == nullptr) return none;
  if (const Tree::Object* object = tree->object()) return *object;
  tell_kind(key, "a group of keys", *tree);
  return none;
}

const Tree::List& Fields::list(const std::string& key) const {
  static const Tree::List none;
  const Tree* tree = find(key);
  if (tree == nullptr) return none;
  if (const Tree::List* list = tree->list()) return *list;
  tell_kind(key, "a list", *tree);
  return none;
}

}  // namespace casemetry::definition
