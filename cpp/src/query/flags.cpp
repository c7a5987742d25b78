// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <casemetry/query.hpp>

namespace casemetry {
namespace question {
namespace {

// In the order of Flag, gravest first.
constexpr std::array<std::string_view, 11> flag_words{
    "not_available",  "protected",          "no_denominator", "exceeds_denominator", "not_determined", "immature",
    "partial_period", "definition_changed", "small",          "no_interval",         "unlisted"};

}  // namespace
}  // namespace question

std::string Flags::text() const {
  std::string joined;
  for (std::size_t i = 0; i < question::flag_words.size(); ++i) {
    if (!has(static_cast<Flag>(i))) continue;
    if (!joined.empty()) joined += ',';
    joined += question::flag_words[i];
  }
  return joined;
}

std::string Flags::status() const {
  const std::string all = text();
  return all.empty() ? "ok" : all.substr(0, all.find(','));
}

}  // namespace casemetry
