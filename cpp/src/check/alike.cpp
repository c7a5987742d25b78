// SPDX-License-Identifier: Apache-2.0
// Labels that are one word spelled in several ways: by width (Ａ, A), case (a, A) or spaces.
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "check/at_hand.hpp"
#include "utf8.hpp"

namespace casemetry::quality {
namespace {

bool is_space(char32_t point) {
  if (point <= U' ' || point == 0xA0 || point == 0x3000 || point == 0xFEFF) return true;
  return (point >= 0x2000 && point <= 0x200F) || point == 0x202F || point == 0x205F || point == 0x2060;
}

// Full-width signs as ASCII ones, capitals as small letters.
char32_t folded(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;
  return point >= U'A' && point <= U'Z' ? point + (U'a' - U'A') : point;
}

std::string folded(std::string_view label) {
  std::string text;
  for (std::size_t at = 0; at < label.size();) {
    const auto [point, length] = code_point_at(label, at).value_or(CodePoint{0xFFFD, 1});
    if (!is_space(point)) append_code_point(text, folded(point));
    at += length;
  }
  return text;
}

using CodeList = std::vector<std::uint32_t>;

// CodeList whose labels have one hash, so that few texts are compared.
std::vector<CodeList> of_one_hash(std::span<const std::string> labels) {
  std::vector<std::pair<std::size_t, std::uint32_t>> hashes(labels.size());
  tbb::parallel_for(std::size_t{0}, labels.size(), [&](std::size_t code) {
    hashes[code] = {std::hash<std::string>()(folded(labels[code])), static_cast<std::uint32_t>(code)};
  });
  tbb::parallel_sort(hashes.begin(), hashes.end());
  std::vector<CodeList> groups;
  for (std::size_t i = 1; i < hashes.size(); ++i) {
    if (hashes[i].first != hashes[i - 1].first) continue;
    const bool begins = i == 1 || hashes[i - 1].first != hashes[i - 2].first;
    if (begins) groups.push_back({hashes[i - 1].second});
    groups.back().push_back(hashes[i].second);
  }
  return groups;
}

std::vector<std::int64_t> rows_of_codes(const Column& column) {
  std::vector<std::int64_t> rows(column.missing_code() + 1);
  std::visit(
      [&](auto codes) {
        for (const auto code : codes) ++rows[code];
      },
      column.codes());
  return rows;
}

/// The labels of one column that are spelled alike.
class Spellings {
 public:
  Spellings(const TableAtHand& table, const Column& column)
      : table_(table), column_(column), is_closed_(column.listed() < column.labels().size()) {}

  std::vector<AlikeLabels> alike() {
    const std::vector<CodeList> groups = of_one_hash(column_.labels());
    if (groups.empty()) return {};
    rows_ = rows_of_codes(column_);
    std::map<std::string, CodeList> by_text;
    for (const CodeList& group : groups)
      for (const std::uint32_t code : group)
        if (rows_[code] > 0 || is_listed(code)) by_text[folded(column_.labels()[code])].push_back(code);
    std::vector<AlikeLabels> all;
    for (auto& [text, codes] : by_text)
      if (codes.size() > 1) add(std::move(codes), all);
    return all;
  }

 private:
  bool is_listed(std::uint32_t code) const { return is_closed_ && code < column_.listed(); }

  void add(CodeList codes, std::vector<AlikeLabels>& all) const {
    std::ranges::sort(codes, {}, [&](std::uint32_t code) {
      return std::tuple(!is_listed(code), -rows_[code], std::string_view(column_.labels()[code]));
    });
    if (std::ranges::all_of(codes.begin() + 1, codes.end(), [&](std::uint32_t code) { return rows_[code] == 0; }))
      return;
    AlikeLabels& labels = all.emplace_back(AlikeLabels{table_.id(), column_.name(), {}});
    for (const std::uint32_t code : codes) labels.labels.emplace_back(column_.labels()[code], rows_[code]);
  }

  const TableAtHand& table_;
  const Column& column_;
  bool is_closed_;
  std::vector<std::int64_t> rows_;
};

// Whether the label is one of those that should be spelled otherwise.
RowTest is_misspelled(const Column& column, const std::vector<AlikeLabels>& alike) {
  std::vector<std::string> wrong;
  for (const AlikeLabels& labels : alike)
    if (labels.column == column.name())
      for (std::size_t i = 1; i < labels.labels.size(); ++i) wrong.push_back(labels.labels[i].first);
  std::ranges::sort(wrong);
  std::vector<bool> is_so(column.missing_code() + 1);
  for (std::size_t code = 0; code < column.missing_code(); ++code)
    is_so[code] = std::ranges::binary_search(wrong, column.labels()[code]);
  return std::visit(
      [&](auto codes) -> RowTest {
        return [codes, column, is_so = std::move(is_so)](std::size_t row) { return bool{is_so[codes[row]]}; };
      },
      column.codes());
}

}  // namespace

std::vector<AlikeLabels> alike_labels(const TableAtHand& table) {
  std::vector<AlikeLabels> all;
  for (const Column& column : table.columns())
    if (column.type() == Type::text || column.type() == Type::category)
      std::ranges::move(Spellings(table, column).alike(), std::back_inserter(all));
  return all;
}

std::vector<Suspicion> suspicious_spellings(const TableAtHand& table, const std::vector<AlikeLabels>& alike) {
  std::vector<Suspicion> suspicions;
  for (const Column& column : table.columns()) {
    const bool has_some = std::ranges::find(alike, column.name(), &AlikeLabels::column) != alike.end();
    if (!has_some) continue;
    Suspicion& suspicion = suspicions.emplace_back(Suspicion{
        .finding = {.kind = Finding::Kind::alike, .table = table.id(), .column = column.name(), .of = table.rows()},
        .test = is_misspelled(column, alike)});
    if (!table.identifies(column.name()))
      suspicion.value = [column](std::size_t row) { return cell_text(column, row); };
  }
  return suspicions;
}

}  // namespace casemetry::quality
