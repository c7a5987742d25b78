// SPDX-License-Identifier: Apache-2.0
// Record batches of the Arrow form: plain columns through the table room's reader; decimals of 128 bits and lists of
// days and counts, which it does not read, here. Every structure is checked before it is used.
#pragma once

#include <casemetry/cube.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "int128.hpp"

namespace casemetry::value {

/// The columns of a batch that a producer's schema names.
class ArrowBatchColumns {
 public:
  /// Both must outlive it; the batch's frame is checked.
  ArrowBatchColumns(const ArrowSchema& schema, ArrowArray& batch);

  std::size_t rows() const { return static_cast<std::size_t>(batch_.length); }
  /// A column of text, of integers, or of whatever else the table room reads.
  Column plain(const std::string& name) const;
  /// Its cells; nothing where they are missing. Throws SchemaError unless it is decimal128 with this scale.
  std::vector<std::optional<int128>> decimals(const std::string& name, int scale) const;

  /// Lists of (day, count) pairs: those of row i from offsets[i] to offsets[i + 1].
  struct DayLists {
    std::vector<std::size_t> offsets;
    std::vector<bool> there;
    Column days, counts;
  };
  DayLists day_lists(const std::string& name) const;

 private:
  std::size_t position(const std::string& name) const;
  const ArrowArray& array(const std::string& name) const;

  const ArrowSchema& schema_;
  ArrowArray& batch_;
};

/// Names of the columns of a schema, in their order. Throws SchemaError for one that is no record batch's.
std::vector<std::string> column_names(const ArrowSchema& schema);

/// The metadata of a schema by name.
std::map<std::string, std::string> metadata_of(const ArrowSchema& schema);

/// Hands every batch of a stream to `take`, and releases all. `begin` is given the schema first.
void for_each_batch(ArrowArrayStream* stream, const std::function<void(const ArrowSchema&)>& begin,
                    const std::function<void(const ArrowSchema&, ArrowArray&)>& take);

}  // namespace casemetry::value
