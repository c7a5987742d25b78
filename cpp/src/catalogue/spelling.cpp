// SPDX-License-Identifier: Apache-2.0
// The tree as JSON and as TOML. Both quote text alike: TOML's basic strings are JSON's, and DEL is escaped for TOML.
#include <array>
#include <cstdio>

#include "catalogue/tree.hpp"

namespace casemetry::definition {
namespace {

std::string escaped(char character) {
  switch (character) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(character);
  if (byte >= 0x20 && byte != 0x7F) return {character};
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "\\u%04X", static_cast<unsigned>(byte));
  return text.data();
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char character : text) result += escaped(character);
  return result + "\"";
}

std::string toml_key(const std::string& key) {
  constexpr std::string_view bare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return !key.empty() && key.find_first_not_of(bare) == std::string::npos ? key : in_quotes(key);
}

// How a syntax writes members: `{"key": value}` or `{ key = value }`.
struct Syntax {
  std::string_view open, close, between;
  std::string (*key)(const std::string&);
};

const Syntax json_syntax{"{", "}", ": ", [](const std::string& key) { return in_quotes(key); }};
const Syntax toml_syntax{"{ ", " }", " = ", toml_key};

std::string spelled(const Tree& tree, const Syntax& syntax);

std::string spelled(const Tree::List& list, const Syntax& syntax) {
  std::string text = "[";
  for (const Tree& item : list) text += (text.size() == 1 ? "" : ", ") + spelled(item, syntax);
  return text + "]";
}

std::string spelled(const Member& member, const Syntax& syntax) {
  return syntax.key(member.key) + std::string(syntax.between) + spelled(member.value, syntax);
}

std::string spelled(const Tree::Object& object, const Syntax& syntax) {
  if (object.empty()) return "{}";
  std::string text;
  for (const Member& member : object) text += (text.empty() ? "" : ", ") + spelled(member, syntax);
  return std::string(syntax.open) + text + std::string(syntax.close);
}

std::string spelled(const Tree& tree, const Syntax& syntax) {
  if (const auto* truth = std::get_if<bool>(&tree.value)) return *truth ? "true" : "false";
  if (const Tree::Number* number = tree.number()) return number->text;
  if (const std::string* text = tree.text()) return in_quotes(*text);
  if (const Tree::List* list = tree.list()) return spelled(*list, syntax);
  if (const Tree::Object* object = tree.object()) return spelled(*object, syntax);
  return "null";
}

std::string lines(const Tree::Object& object) {
  std::string text;
  for (const Member& member : object) text += spelled(member, toml_syntax) + "\n";
  return text;
}

// `[table.x]`, then `[table.x.columns]`, a line a column, and `[unit.x.lookup.y]`, one for each lookup.
std::string table(const std::string& name, const Tree::Object& object) {
  std::string head = "\n[" + name + "]\n";
  std::string sections;
  for (const Member& member : object) {
    const bool is_group = member.value.object() != nullptr;
    if (member.key == "columns" && is_group) {
      sections += "\n[" + name + ".columns]\n" + lines(*member.value.object());
    } else if (member.key == "lookup" && is_group) {
      for (const Member& lookup : *member.value.object())
        sections += table(name + ".lookup." + toml_key(lookup.key), *lookup.value.object());
    } else {
      head += spelled(member, toml_syntax) + "\n";
    }
  }
  return head + sections;
}

// `[table.x]`: sections of which there is one for each name.
bool is_named(std::string_view key) {
  return key == "table" || key == "unit" || key == "dimension" || key == "lead" || key == "grouping";
}

bool is_list_of_groups(const Member& member) {
  const Tree::List* list = member.value.list();
  return list != nullptr && !list->empty() && list->front().object() != nullptr;
}

// `[[indicator]]`, then `[[indicator.version]]`, one for each version.
std::string item(const std::string& name, const Tree::Object& object) {
  std::string head = "\n[[" + name + "]]\n";
  std::string sections;
  for (const Member& member : object) {
    if (is_list_of_groups(member)) {
      for (const Tree& part : *member.value.list()) sections += item(name + "." + member.key, *part.object());
    } else {
      head += spelled(member, toml_syntax) + "\n";
    }
  }
  return head + sections;
}

std::string section(const Member& member) {
  std::string text;
  if (const Tree::List* list = member.value.list()) {
    for (const Tree& part : *list) text += item(member.key, *part.object());
  } else if (is_named(member.key)) {
    for (const Member& part : *member.value.object())
      text += table(member.key + "." + toml_key(part.key), *part.value.object());
  } else {
    text += "\n[" + member.key + "]\n" + lines(*member.value.object());
  }
  return text;
}

bool is_section(const Member& member) {
  return member.value.list() != nullptr || (member.value.object() != nullptr && member.key != "label");
}

}  // namespace

std::string json(const Tree& tree) {
  return spelled(tree, json_syntax);
}

std::string toml(const Tree& catalogue) {
  std::string head;
  std::string sections;
  for (const Member& member : *catalogue.object()) {
    if (is_section(member)) {
      sections += section(member);
    } else {
      head += spelled(member, toml_syntax) + "\n";
    }
  }
  return head + sections;
}

}  // namespace casemetry::definition
