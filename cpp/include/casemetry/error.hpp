// SPDX-License-Identifier: Apache-2.0
/// \file
/// What casemetry throws: one tree, so that a caller can catch all of it or just what he can mend.
///
/// A message says what was wrong, where (table, column, row or key), what was expected, the nearest valid name, and
/// what to do next.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <casemetry/export.hpp>

namespace casemetry {

/// The root of the tree.
class CASEMETRY_EXPORT Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
  Error(const Error&);
  ~Error() override;
};

/// A table, file or Arrow structure does not have the form it should have.
class CASEMETRY_EXPORT SchemaError : public Error {
 public:
  using Error::Error;
  SchemaError(const SchemaError&);
  ~SchemaError() override;
};

/// A column that a table does not have.
class CASEMETRY_EXPORT ColumnNotFoundError : public SchemaError {
 public:
  using SchemaError::SchemaError;
  ColumnNotFoundError(const ColumnNotFoundError&);
  ~ColumnNotFoundError() override;
};

/// Values that cannot be used: out of range, ambiguous, contradictory.
class CASEMETRY_EXPORT DataError : public Error {
 public:
  using Error::Error;
  DataError(const DataError&);
  ~DataError() override;
};

/// A question that a cube or a catalogue cannot be asked: an unknown indicator, a dimension it lacks, a period that is
/// none.
class CASEMETRY_EXPORT QueryError : public Error {
 public:
  using Error::Error;
  QueryError(const QueryError&);
  ~QueryError() override;
};

/// Cubes that do not fit together: other definitions, the same part twice, a part that is not inside.
class CASEMETRY_EXPORT MergeError : public Error {
 public:
  using Error::Error;
  MergeError(const MergeError&);
  ~MergeError() override;
};

/// One fault of a definition.
struct Fault {
  std::string path;                     ///< where: `indicator.non_arrest_rate.numerator`; empty for a lone expression
  std::string message;                  ///< what is wrong, what was expected, the nearest valid name
  std::optional<std::size_t> position;  ///< inside an expression or formula: code points from its beginning
};

/// A definition that is not valid; tells every fault at once.
class CASEMETRY_EXPORT DefinitionError : public Error {
 public:
  explicit DefinitionError(std::vector<Fault> faults);
  DefinitionError(const DefinitionError&);
  ~DefinitionError() override;
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

/// The candidate spelled most like `name` (edit distance over code points, width and case folded), if one is near
/// enough to be worth suggesting: at most a third of the letters differ, or one of two.
CASEMETRY_EXPORT std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);

/// `did you mean 'x'?` for the nearest candidate, else `known: a, b, c …` (at most eight), else nothing. For the end of
/// a message.
CASEMETRY_EXPORT std::string suggestion(std::string_view name, std::span<const std::string> candidates);

/// A message, and behind a semicolon the suggestion if there is one.
CASEMETRY_EXPORT std::string hinted(std::string message, std::string_view name,
                                    std::span<const std::string> candidates);

}  // namespace casemetry
