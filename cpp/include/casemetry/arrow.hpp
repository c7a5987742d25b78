// SPDX-License-Identifier: Apache-2.0
/// \file
/// The Arrow C data interface: how columns come in and results go out, without a byte of Arrow's library.
///
/// The three structures are the published, stable ABI (https://arrow.apache.org/docs/format/CDataInterface.html); the
/// guard is the one that the specification asks for, so that they may stand beside another library's copy.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <casemetry/export.hpp>
#include <casemetry/wide.hpp>

extern "C" {

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif  // ARROW_C_STREAM_INTERFACE

}  // extern "C"

namespace casemetry {

/// A column to be handed out: its name and its values, null where empty.
struct ArrowColumn {
  using Texts = std::vector<std::optional<std::string>>;
  using Integers = std::vector<std::optional<std::int64_t>>;
  using Doubles = std::vector<std::optional<double>>;
  using Truths = std::vector<std::optional<bool>>;
  using Days = std::vector<std::optional<std::int32_t>>;  ///< since 1970-01-01
  /// Whole numbers of units of the last digit.
  struct Decimals {
    std::vector<std::optional<Wide>> digits;
    int scale = 0;
  };
  /// Codes into labels; a code outside them is null.
  struct Coded {
    std::vector<std::int32_t> codes;
    std::vector<std::string> labels;
  };
  /// Histograms of days: cell i has the (day, count) pairs from offsets[i] to offsets[i + 1], if it is there.
  struct Histograms {
    std::vector<std::int64_t> offsets{0};
    std::vector<bool> there;
    std::vector<std::int32_t> days;
    std::vector<std::int64_t> counts;
  };
  /// Lists of texts: cell i has the texts from offsets[i] to offsets[i + 1], if it is there.
  struct Lists {
    std::vector<std::int64_t> offsets{0};
    std::vector<bool> there;
    std::vector<std::string> texts;
  };
  std::string name;
  std::variant<Texts, Integers, Doubles, Coded, Truths, Days, Histograms, Decimals, Lists> values;
};

/// Hands out columns of one length as a stream of one record batch; the stream owns what it hands out. Texts go out as
/// `utf8`, integers as `int64`, doubles as `float64`, codes as a dictionary of `utf8`, truths as `bool`, days as
/// `date32`, decimals as `decimal128(38, scale)`, histograms as `list<struct<day: int32, count: int64>>`, lists of
/// texts as `list<utf8>`; `metadata` becomes the schema's.
CASEMETRY_EXPORT void to_arrow(std::vector<ArrowColumn> columns, const std::map<std::string, std::string>& metadata,
                               ArrowArrayStream* out);

}  // namespace casemetry
