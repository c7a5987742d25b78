// SPDX-License-Identifier: Apache-2.0
#include "catalogue/rational.hpp"
#include "catalogue/text.hpp"
#include "catalogue/words.hpp"
#include "utf8.hpp"

namespace casemetry {
namespace definition {
namespace {

constexpr const char* formula_form = "a formula is a sum such as `arrested + 1/2 * refused`";
constexpr const char* opening = "opening";

// Reads `[-] [number *] name` joined by + and -, over code points; `opening(name)` may stand for a name.
class FormulaReader {
 public:
  explicit FormulaReader(std::u32string points) : points_(std::move(points)) {}

  Formula read() {
    Formula formula;
    skip_spaces();
    if (at_end()) fail(position_, std::string("empty: ") + formula_form);
    bool negative = take(U'-');
    while (true) {
      formula.terms.push_back(term(negative));
      if (at_end()) return formula;
      negative = next_sign();
    }
  }

 private:
  Formula::Term term(bool negative) {
    const std::size_t start = position_;
    const Rational sign{negative ? -1 : 1, 1};
    if (at_end()) fail(position_, "a name is missing at the end");
    if (begins_id(points_[position_])) return named(sign);
    const Rational factor = coefficient();
    if (!take(U'*')) fail(start, "a number stands alone: write it before a name, `2 * refused`");
    if (at_end() || !begins_id(points_[position_])) fail(position_, "after * comes the name of what is counted");
    const auto signed_factor = product(sign, factor);
    if (!signed_factor) fail(start, "the coefficient is too large");
    return named(*signed_factor);
  }

  Formula::Term named(const Rational& coefficient) {
    Formula::Term term{coefficient, name()};
    if (term.name != opening || !take(U'(')) return term;
    if (at_end() || !begins_id(points_[position_])) fail(position_, "opening(…) takes the name of what is pending");
    term = {coefficient, name(), true};
    if (!take(U')')) fail(position_, "opening(" + term.name + " is not closed: write )");
    return term;
  }

  Rational coefficient() {
    const std::size_t start = position_;
    std::string text = number();
    if (take(U'/')) text += "/" + number();
    const auto value = parse_rational(text);
    if (!value) fail(start, "'" + text + "' is no fraction that fits in 64 bits");
    return *value;
  }

  std::string number() {
    const std::size_t start = position_;
    while (!at_end() && ((points_[position_] >= U'0' && points_[position_] <= U'9') || points_[position_] == U'.'))
      ++position_;
    if (position_ == start) fail_at_symbol();
    std::string text = utf8(std::u32string_view(points_).substr(start, position_ - start));
    skip_spaces();
    return text;
  }

  std::string name() {
    const std::size_t start = position_;
    while (!at_end() && (continues_id(points_[position_]) || joins_ids())) ++position_;
    std::string text = utf8(std::u32string_view(points_).substr(start, position_ - start));
    skip_spaces();
    return text;
  }

  // In the name of what is made for a lead set: `supervision.filed.sources@origin`.
  bool joins_ids() const {
    const bool joins = points_[position_] == U'.' || points_[position_] == U'@';
    return joins && position_ + 1 < points_.size() && begins_id(points_[position_ + 1]);
  }

  bool next_sign() {
    if (take(U'+')) return false;
    if (take(U'-')) return true;
    fail_at_symbol();
  }

  [[noreturn]] void fail_at_symbol() const {
    if (at_end()) fail(position_, "a number is missing at the end");
    fail(position_,
         "'" + utf8(std::u32string_view(points_).substr(position_, 1)) + "' cannot stand here: " + formula_form);
  }

  [[noreturn]] static void fail(std::size_t position, std::string message) {
    throw DefinitionError({Fault{"", std::move(message), position}});
  }

  bool at_end() const { return position_ == points_.size(); }

  bool take(char32_t symbol) {
    if (at_end() || points_[position_] != symbol) return false;
    ++position_;
    skip_spaces();
    return true;
  }

  void skip_spaces() {
    constexpr std::u32string_view spaces = U" \t\r\n\u3000";
    while (!at_end() && spaces.find(points_[position_]) != std::u32string_view::npos) ++position_;
  }

  std::u32string points_;
  std::size_t position_ = 0;
};

std::string term_text(const Formula::Term& term, bool first) {
  const bool negative = term.coefficient.numerator < 0;
  std::string factor = text_of(term.coefficient);
  if (negative) factor.erase(0, 1);
  const std::string sign = first ? (negative ? "-" : "") : (negative ? " - " : " + ");
  const std::string name = term.opening ? opening + ("(" + term.name + ")") : term.name;
  return sign + (factor == "1" ? "" : factor + " * ") + name;
}

}  // namespace
}  // namespace definition

Formula Formula::parse(std::string_view text) {
  auto points = code_points(text);
  if (!points) throw DefinitionError({Fault{"", "the formula is not UTF-8", std::nullopt}});
  return definition::FormulaReader(std::move(*points)).read();
}

std::string Formula::text() const {
  std::string text;
  for (const Term& term : terms) text += definition::term_text(term, text.empty());
  return text;
}

std::string Identity::holds() const {
  return left.text() + " " + definition::relations()[static_cast<std::size_t>(relation)] + " " + right.text();
}

}  // namespace casemetry
