// SPDX-License-Identifier: Apache-2.0
#include "table/builders.hpp"

#include <algorithm>

#include "table/text.hpp"
#include "utf8.hpp"

namespace casemetry {
namespace {

// Codes in a wider type; what stood for missing stands for missing there.
template <class Wide, class Narrow>
std::vector<Wide> widened(const std::vector<Narrow>& codes) {
  std::vector<Wide> wide(codes.size());
  std::ranges::transform(codes, wide.begin(), [](Narrow code) {
    return code == std::numeric_limits<Narrow>::max() ? std::numeric_limits<Wide>::max() : static_cast<Wide>(code);
  });
  return wide;
}

}  // namespace

TextBuilder::TextBuilder(std::string_view table, std::string name) : table_(table), name_(std::move(name)) {
  pending_.reserve(block);
}

std::uint32_t TextBuilder::code(std::string_view text) {
  if (text.empty() || without_blanks(text).empty()) return missing;
  const std::size_t known = labels_.size();
  const std::uint32_t code = labels_.code(text);
  if (labels_.size() > known && !is_utf8(text))
    throw SchemaError(
        place_of(table_, name_) + ", row " + std::to_string(rows_ + static_cast<std::int64_t>(pending_.size()) + 1) +
        ": the text is not UTF-8; read the file with its own encoding first (GB18030 for most Chinese files)");
  return code;
}

template <class Code>
void TextBuilder::append_as() {
  if (!std::holds_alternative<std::vector<Code>>(kept_)) {
    kept_ = std::visit(
        [](const auto& narrow) -> ColumnData::Cells {
          if constexpr (sizeof(narrow[0]) < sizeof(Code)) return widened<Code>(narrow);
          return std::vector<Code>{};
        },
        kept_);
  }
  auto& codes = std::get<std::vector<Code>>(kept_);
  for (const std::uint32_t code : pending_) codes.push_back(static_cast<Code>(code));  // missing becomes the greatest
}

void TextBuilder::flush() {
  missing_ += std::ranges::count(pending_, missing);
  rows_ += static_cast<std::int64_t>(pending_.size());
  if (labels_.size() <= std::numeric_limits<std::uint8_t>::max()) {
    append_as<std::uint8_t>();
  } else if (labels_.size() <= std::numeric_limits<std::uint16_t>::max()) {
    append_as<std::uint16_t>();
  } else {
    append_as<std::uint32_t>();
  }
  pending_.clear();
}

ColumnData TextBuilder::finish() && {
  flush();
  ColumnData data;
  data.name = name_;
  data.labels = std::move(labels_).take();
  data.listed = data.labels.size();
  data.report = {.name = name_, .read_as = type_name(Type::text), .rows = rows_, .missing = missing_, .examples = {}};
  std::visit(
      [&](auto& codes) {
        using Code = std::ranges::range_value_t<decltype(codes)>;
        std::ranges::replace(codes, std::numeric_limits<Code>::max(), static_cast<Code>(data.labels.size()));
      },
      kept_);
  data.cells = std::move(kept_);
  return data;
}

ColumnData BooleanBuilder::finish() && {
  ColumnData data = std::move(cells_).finish();
  data.labels = {"false", "true"};
  data.listed = 2;
  return data;
}

}  // namespace casemetry
