// SPDX-License-Identifier: Apache-2.0
// What a binder makes of questions about sets: each is answered once a set.
#include <unordered_set>
#include <utility>

#include "expression/binder.hpp"
#include "expression/logic.hpp"

namespace casemetry::language {
namespace {

// The texts that a set is asked for.
std::unordered_set<std::string_view> members_sought(const Expression::Node& node, const NamedLists& lists) {
  if (node.operation == Operation::has) return {std::get<std::string>(node.children[1].node().value)};
  std::unordered_set<std::string_view> texts;
  for (const Literal& literal : node.name.empty() ? node.values : lists.find(node.name)->second)
    texts.insert(std::get<std::string>(literal));
  return texts;
}

// What the members of a set of one column are to those that are sought. One that is not listed could be any.
class MemberTest {
 public:
  MemberTest(const Column& column, const std::unordered_set<std::string_view>& sought) {
    const auto labels = column.labels();
    for (std::size_t label = 0; label < labels.size(); ++label)
      is_sought_.push_back(sought.contains(labels[label]) ? Outcome::yes
                           : label < column.listed()      ? Outcome::no
                                                          : Outcome::unknown);
  }
  Outcome meets(std::span<const std::uint32_t> members) const { return joined<AnyOf>(members, Outcome::no); }
  Outcome within(std::span<const std::uint32_t> members) const {
    return members.empty() ? Outcome::no : joined<AllOf>(members, Outcome::yes);
  }

 private:
  template <class Join>
  Outcome joined(std::span<const std::uint32_t> members, Outcome outcome) const {
    for (const std::uint32_t member : members) outcome = Join::join(outcome, is_sought_[member]);
    return outcome;
  }
  std::vector<Outcome> is_sought_;  // each label
};

}  // namespace

// Once a set: of an expression that is a set, which is a column.
SourceOf<Outcome> Binder::tested_set(const Expression& expression, const SetTest& test) {
  const Column& column = columns_.column(expression.node().name);
  const Sets& sets = column.sets();
  std::vector<Outcome> outcomes;
  for (std::size_t set = 0; set < sets.size(); ++set) outcomes.push_back(test(sets[set]));
  outcomes.push_back(Outcome::unknown);
  return by_code(column, std::move(outcomes));
}

SourceOf<Outcome> Binder::set_test(const Node& node) {
  const Expression& set = node.children[0];
  const MemberTest test(columns_.column(set.node().name), members_sought(node, *scope_.lists));
  if (node.operation == Operation::within)
    return tested_set(set, [&](std::span<const std::uint32_t> members) { return test.within(members); });
  return tested_set(set, [&](std::span<const std::uint32_t> members) { return test.meets(members); });
}

Binder::Number Binder::set_size(const Expression& expression) {
  const Column& column = columns_.column(expression.node().name);
  std::vector<std::int64_t> sizes;
  for (std::size_t set = 0; set < column.sets().size(); ++set)
    sizes.push_back(static_cast<std::int64_t>(column.sets()[set].size()));
  sizes.push_back(missing_number);
  return {by_code(column, std::move(sizes))};
}

}  // namespace casemetry::language
