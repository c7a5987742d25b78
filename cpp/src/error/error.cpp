// SPDX-License-Identifier: Apache-2.0
#include <casemetry/error.hpp>
#include <utility>

namespace casemetry {
namespace {

std::string all_of(const std::vector<Fault>& faults) {
  std::string text;
  if (faults.size() > 1) text = std::to_string(faults.size()) + " faults:";
  for (const Fault& fault : faults) {
    if (faults.size() > 1) text += "\n- ";
    if (!fault.path.empty()) text += fault.path + ": ";
    text += fault.message;
    if (fault.position) text += " (at character " + std::to_string(*fault.position + 1) + ")";
  }
  return text;
}

}  // namespace

// Out of line, so that every exception has one home and can be caught across a shared library's border.
Error::Error(const Error&) = default;
Error::~Error() = default;
SchemaError::SchemaError(const SchemaError&) = default;
SchemaError::~SchemaError() = default;
ColumnNotFoundError::ColumnNotFoundError(const ColumnNotFoundError&) = default;
ColumnNotFoundError::~ColumnNotFoundError() = default;
DataError::DataError(const DataError&) = default;
DataError::~DataError() = default;
QueryError::QueryError(const QueryError&) = default;
QueryError::~QueryError() = default;
MergeError::MergeError(const MergeError&) = default;
MergeError::~MergeError() = default;

DefinitionError::DefinitionError(std::vector<Fault> faults) : Error(all_of(faults)), faults_(std::move(faults)) {}
DefinitionError::DefinitionError(const DefinitionError&) = default;
DefinitionError::~DefinitionError() = default;

}  // namespace casemetry
