// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which class a label is in, at any time.
#pragma once

#include <casemetry/analysis.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace casemetry::analysis {

class Classes {
 public:
  /// Throws QueryError for two ways at once, an unknown grouping, a label in two classes at one time, and one that the
  /// dimension does not list.
  Classes(const Cube& cube, const StructureQuery& question);

  /// The names of the classes, in declared order; those of labels as they are met.
  const std::vector<std::string>& names() const { return names_; }
  /// Whether classes hold for days.
  bool is_dated() const { return is_dated_; }
  /// The class of a label in a reporting month; its place among the names, or nothing if it is in none.
  std::optional<std::size_t> of(const std::optional<std::string_view>& label, std::optional<std::int32_t> month);

 private:
  struct Dated {
    std::size_t place;
    std::int32_t from, to;  // days since 1970-01-01
  };
  void read(const Cube& cube, const StructureQuery& question);
  void add(std::span<const SourceGroup> classes, const std::string& rest);
  void add(std::span<const GroupedSource> rows);
  void add(const std::string& label, const Dated& dated);
  std::size_t place(const std::string& name);
  void check_listed(const Cube& cube, const StructureQuery& question) const;

  const Calendar& calendar_;
  std::vector<std::string> names_;
  std::map<std::string, std::vector<Dated>, std::less<>> classes_;  // by label
  std::optional<std::size_t> rest_;
  bool are_labels_ = false;
  bool is_dated_ = false;
};

}  // namespace casemetry::analysis
