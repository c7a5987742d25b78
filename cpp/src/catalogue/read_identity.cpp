// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reader.hpp"
#include "utf8.hpp"

namespace casemetry::definition {
namespace {

// Where the relation of an identity stands in its text, and which it is.
struct Sign {
  std::size_t at = std::string::npos;
  Identity::Relation relation = Identity::Relation::equal;
};

Sign sign_in(const std::string& text) {
  for (std::size_t i = 0; i < relations().size(); ++i)
    if (const std::size_t at = text.find(relations()[i]); at != std::string::npos)
      return {at, static_cast<Identity::Relation>(i)};
  return {};
}

std::size_t points_in(std::string_view text) {
  const auto points = code_points(text);
  return points ? points->size() : 0;
}

// A part of the text, with faults at their place in all of it.
Formula read_side(std::string_view before, std::string_view side, const std::string& path, Faults& faults) {
  try {
    return Formula::parse(side);
  } catch (const DefinitionError& error) {
    for (const Fault& fault : error.faults())
      faults.tell(path, fault.message, points_in(before) + fault.position.value_or(0));
    return {};
  }
}

void read_holds(const Fields& fields, Identity& identity) {
  const std::string text = fields.text("holds");
  const std::string path = fields.path("holds");
  if (text.empty())
    return fields.faults().tell_first(path, "nothing that holds: write holds = \"accepted == criminal + civil\"");
  const Sign sign = sign_in(text);
  if (sign.at == std::string::npos)
    return fields.faults().tell(path, "two formulas are compared by ==, <= or >=: accepted == criminal + civil");
  const std::string_view whole = text;
  identity.relation = sign.relation;
  identity.left = read_side("", whole.substr(0, sign.at), path, fields.faults());
  identity.right = read_side(whole.substr(0, sign.at + 2), whole.substr(sign.at + 2), path, fields.faults());
}

}  // namespace

Identity read_identity(const Tree& tree, const std::string& path, Faults& faults) {
  const Fields fields(tree, path, {"id", "label", "holds", "every", "note"}, faults);
  Identity identity;
  if (tree.object() == nullptr) return identity;
  identity.id = fields.text("id");
  identity.label = fields.label("label");
  read_holds(fields, identity);
  identity.every = fields.text("every");
  identity.note = fields.label("note");
  return identity;
}

}  // namespace casemetry::definition
