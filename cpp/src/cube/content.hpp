// SPDX-License-Identifier: Apache-2.0
// What a cell holds, column by column: the one list that everyone walks who treats a cube as a value (canonical bytes
// and their reader, adding, rolling up, the Arrow form, the checks). A new kind of count is a member of its struct in
// cube.hpp and a line here, and nothing else; what a cube holds besides its cells is listed in transfer.hpp.
#pragma once

#include <casemetry/cube.hpp>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace casemetry::value {

/// Kinds of aggregates.
using Kinds = unsigned;
inline constexpr Kinds every_kind = ~0U;
constexpr Kinds of_kinds(auto... kinds) {
  return ((1U << static_cast<unsigned>(kinds)) | ...);
}

/// A number a cell; an empty vector stands for zeros. `kinds`: of the aggregates that have it.
template <class Holder, class Number>
struct Numbers {
  const char* name;
  std::vector<Number> Holder::* cells;
  Kinds kinds = every_kind;
};

/// A histogram of days a cell; empty vectors stand for none.
template <class Holder>
struct Histograms {
  const char* name;
  std::vector<std::int64_t> Holder::* offsets;
  std::vector<std::int32_t> Holder::* days;
  std::vector<std::int64_t> Holder::* counts;
  Kinds kinds = every_kind;
};

inline constexpr auto columns_of(const Block*) {
  return std::tuple(Numbers<Block, std::int64_t>{"units", &Block::units});
}

inline constexpr auto columns_of(const AggregateCounts*) {
  using Of = AggregateCounts;
  using enum Aggregate::Kind;
  return std::tuple(Numbers<Of, std::int64_t>{"true", &Of::yes}, Numbers<Of, std::int64_t>{"unknown", &Of::unknown},
                    Numbers<Of, std::int64_t>{"not_applicable", &Of::not_applicable},
                    Numbers<Of, std::int64_t>{"n", &Of::n, of_kinds(sum)},
                    Numbers<Of, Wide>{"sum", &Of::sum, of_kinds(sum)},
                    Numbers<Of, Wide>{"sum_of_squares", &Of::sum_of_squares, of_kinds(sum)},
                    Histograms<Of>{"days", &Of::offsets, &Of::days, &Of::day_counts, of_kinds(days, pending)});
}

inline constexpr auto columns_of(const JointCounts*) {
  using Of = JointCounts;
  return std::tuple(Numbers<Of, std::int64_t>{"both_true", &Of::both_true},
                    Numbers<Of, std::int64_t>{"known", &Of::known},
                    Numbers<Of, std::int64_t>{"numerator_unknown", &Of::numerator_unknown},
                    Numbers<Of, std::int64_t>{"both_unknown", &Of::both_unknown},
                    Numbers<Of, std::int64_t>{"denominator_unknown_n_false", &Of::denominator_unknown_n_false},
                    Numbers<Of, std::int64_t>{"denominator_unknown_n_true", &Of::denominator_unknown_n_true});
}

/// Calls `visit` with each column of a holder (Block, AggregateCounts, JointCounts), in their order.
template <class Holder, class Visit>
void for_each_column(const Visit& visit) {
  std::apply([&](const auto&... column) { (visit(column), ...); }, columns_of(static_cast<const Holder*>(nullptr)));
}

/// What messages call a holder.
inline std::string name_of(const Block& block) {
  return "'" + block.unit + "'";
}
inline std::string name_of(const AggregateCounts& counts) {
  return "aggregate '" + counts.aggregate + "'";
}
inline std::string name_of(const JointCounts& counts) {
  return "joint counts of '" + counts.numerator + "' and '" + counts.denominator + "'";
}

/// A holder of the same name without counts.
inline Block without_counts(const Block& block) {
  return {.unit = block.unit, .date = block.date, .has_dimension = block.has_dimension};
}
inline AggregateCounts without_counts(const AggregateCounts& counts) {
  return {.aggregate = counts.aggregate, .scale = counts.scale};
}
inline JointCounts without_counts(const JointCounts& counts) {
  return {.numerator = counts.numerator, .denominator = counts.denominator};
}

/// Calls `visit(holder, column)` with every column of a block and of its aggregates and proportions.
template <class Visit>
void for_all_columns(const Block& block, const Visit& visit) {
  const auto of = [&]<class Holder>(const Holder& holder) {
    for_each_column<Holder>([&](const auto& column) { visit(holder, column); });
  };
  of(block);
  for (const AggregateCounts& counts : block.aggregates) of(counts);
  for (const JointCounts& counts : block.proportions) of(counts);
}

}  // namespace casemetry::value
