// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <casemetry/rules.hpp>
#include <charconv>
#include <utility>

#include "rules/grouped.hpp"

namespace casemetry {
namespace rule {
namespace {

constexpr std::string_view no_sources = "[]";
constexpr std::string_view separator = ", ";

[[noreturn]] void refuse(std::string_view text) {
  throw DataError("'" + std::string(text) +
                  "' is no pattern: expected groups with their members, as 'digital 2, traditional 1', or '[]'");
}

constexpr std::string_view escaped = "\"\\\n\r\t";
constexpr std::string_view escapes = "\"\\nrt";  // in the same order

bool needs_quotes(std::string_view name) {
  return name.empty() || name.front() == ' ' || name.back() == ' ' ||
         name.find_first_of(",\"\n\r\t") != std::string_view::npos;
}

std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (const char character : name) {
    const std::size_t place = escaped.find(character);
    if (place == std::string_view::npos) {
      text += character;
    } else {
      text += {'\\', escapes[place]};
    }
  }
  return text + '"';
}

/// Reads a pattern from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), rest_(text) {}

  Pattern read() {
    Pattern pattern;
    do {
      std::string name = rest_.starts_with('"') ? quoted_name() : plain_name();
      if (!pattern.members.emplace(std::move(name), count()).second) refuse(text_);
    } while (goes_on());
    return pattern;
  }

 private:
  std::string quoted_name() {
    std::string name;
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      if (rest_[at] == '"') {
        rest_.remove_prefix(at + 1);
        return name;
      }
      name += rest_[at] == '\\' ? meant(++at) : rest_[at];
    }
    refuse(text_);
  }

  char meant(std::size_t at) const {
    const std::size_t place = at < rest_.size() ? escapes.find(rest_[at]) : std::string_view::npos;
    if (place == std::string_view::npos) refuse(text_);
    return escaped[place];
  }

  // Up to the last blank before the next comma.
  std::string plain_name() {
    const std::size_t blank = rest_.substr(0, rest_.find(',')).rfind(' ');
    if (blank == std::string_view::npos || blank == 0) refuse(text_);
    const std::string name(rest_.substr(0, blank));
    rest_.remove_prefix(blank);
    return name;
  }

  // ` 2`
  std::int64_t count() {
    const std::string_view digits = rest_.substr(0, rest_.find(','));
    std::int64_t count = 0;
    const char* end = digits.data() + digits.size();
    if (!digits.starts_with(' ')) refuse(text_);
    const auto [stop, error] = std::from_chars(digits.data() + 1, end, count);
    if (error != std::errc{} || stop != end || count < 1) refuse(text_);
    rest_.remove_prefix(digits.size());
    return count;
  }

  bool goes_on() {
    if (rest_.empty()) return false;
    if (!rest_.starts_with(separator)) refuse(text_);
    rest_.remove_prefix(separator.size());
    return true;
  }

  std::string_view text_, rest_;
};

std::vector<std::string> grouped_sources(const Grouping& grouping) {
  std::vector<std::string> sources;
  for (const SourceGroup& group : grouping.groups)
    sources.insert(sources.end(), group.sources.begin(), group.sources.end());
  return sources;
}

}  // namespace

const std::string& group_of(std::string_view source, const Grouping& grouping) {
  if (!grouping.table.empty())
    throw QueryError("grouping '" + grouping.id + "' is told by the rows of table '" + grouping.table +
                     "': a source has its group there by date; name a grouping that lists its sources");
  for (const SourceGroup& group : grouping.groups)
    if (std::ranges::find(group.sources, source) != group.sources.end()) return group.name;
  if (grouping.rest.empty())
    throw DataError(hinted(
        "source '" + std::string(source) + "' is in no group of '" + grouping.id +
            "': put it into one, or say where the others go: rest = \"…\", in Python ... in the place of its sources",
        source, grouped_sources(grouping)));
  return grouping.rest;
}

}  // namespace rule

std::int64_t Pattern::size() const {
  std::int64_t sum = 0;
  for (const auto& [group, count] : members)
    if (__builtin_add_overflow(sum, count, &sum)) throw DataError("a pattern has more members than fit 64 bits");
  return sum;
}

std::int64_t Pattern::of(std::string_view group) const {
  const auto found = members.find(group);
  return found == members.end() ? 0 : found->second;
}

std::string Pattern::text() const {
  if (members.empty()) return std::string(rule::no_sources);
  std::string text;
  for (const auto& [group, count] : members) {
    if (!text.empty()) text += rule::separator;
    text += (rule::needs_quotes(group) ? rule::quoted(group) : group) + " " + std::to_string(count);
  }
  return text;
}

Pattern Pattern::parse(std::string_view text) {
  return text == rule::no_sources ? Pattern{} : rule::Reader(text).read();
}

Pattern pattern_of(std::span<const std::string> sources, const Grouping& grouping) {
  Pattern pattern;
  for (const std::string& source : sources) ++pattern.members[rule::group_of(source, grouping)];
  return pattern;
}

}  // namespace casemetry
