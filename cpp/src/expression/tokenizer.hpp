// SPDX-License-Identifier: Apache-2.0
// Text of the language, one token at a time.
#pragma once

#include <casemetry/expression.hpp>
#include <string>
#include <string_view>

#include "utf8.hpp"

namespace casemetry::language {

enum class TokenKind { name, literal, list, sign, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;          // of a name, a list (without @), a sign or keyword
  Literal value;             // of a literal
  std::size_t position = 0;  // in code points
  std::string spelling;      // as written, for messages

  bool is(std::string_view sign) const { return kind == TokenKind::sign && text == sign; }
};

// Throws DefinitionError for what is no token of the language; Chinese punctuation, `=`, `&&` and the like are
// recognised and told what to write instead.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text);
  // Reads the next token into `token`.
  void next(Token& token);

 private:
  bool at_end() const { return byte_ == text_.size(); }
  CodePoint point() const;
  char byte(std::size_t ahead = 0) const { return byte_ + ahead < text_.size() ? text_[byte_ + ahead] : '\0'; }
  CodePoint advance();
  void skip_spaces();
  std::string_view since(std::size_t begin) const { return text_.substr(begin, byte_ - begin); }
  bool begins_number() const;

  Token read();
  Token number();
  Token word();
  Token list();
  Token sign();
  std::string closed_by(char quote, std::string_view what);
  char32_t escape();

  std::string_view text_;
  std::size_t byte_ = 0;
  std::size_t position_ = 0;
};

}  // namespace casemetry::language
