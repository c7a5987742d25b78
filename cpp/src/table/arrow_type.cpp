// SPDX-License-Identifier: Apache-2.0
#include "table/arrow_type.hpp"

#include <array>
#include <casemetry/error.hpp>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "table/numbers.hpp"
#include "table/text.hpp"

namespace casemetry {
namespace {

using Kind = ArrowType::Kind;

struct Format {
  std::string_view format;
  ArrowType type;
};

constexpr std::int64_t day_seconds = 86400;

constexpr std::array read_formats{
    Format{"n", {.kind = Kind::none}},
    Format{"b", {.kind = Kind::boolean}},
    Format{"c", {.kind = Kind::integer, .width = 1}},
    Format{"C", {.kind = Kind::integer, .width = 1, .is_signed = false}},
    Format{"s", {.kind = Kind::integer, .width = 2}},
    Format{"S", {.kind = Kind::integer, .width = 2, .is_signed = false}},
    Format{"i", {.kind = Kind::integer, .width = 4}},
    Format{"I", {.kind = Kind::integer, .width = 4, .is_signed = false}},
    Format{"l", {.kind = Kind::integer, .width = 8}},
    Format{"L", {.kind = Kind::integer, .width = 8, .is_signed = false}},
    Format{"f", {.kind = Kind::floating, .width = 4}},
    Format{"g", {.kind = Kind::floating, .width = 8}},
    Format{"tdD", {.kind = Kind::day, .width = 4}},
    Format{"tdm", {.kind = Kind::moment, .width = 8, .per_day = day_seconds * 1000}},
    Format{"u", {.kind = Kind::text, .layout = ArrowType::Layout::small}},
    Format{"U", {.kind = Kind::text, .layout = ArrowType::Layout::large}},
    Format{"vu", {.kind = Kind::text, .layout = ArrowType::Layout::view}},
};

struct Refused {
  std::string_view prefix;
  std::string_view words;
  std::string_view advice;
};

constexpr std::string_view to_columns = "make it columns of its own, or a table with a row each";
constexpr std::string_view to_list = "cast it to a list (of texts it is a set), or make it a table with a row each";
constexpr std::string_view members_to_text =
    "make its members text first (a list of texts is a set), or make it a table with a row each";
constexpr std::string_view to_text = "make it text first";

// In this order: a longer prefix stands before a shorter one. A list gets here as the values of a dictionary only.
constexpr std::array refused_formats{
    Refused{"+vl", "a list view", to_list},
    Refused{"+vL", "a large list view", to_list},
    Refused{"+w:", "a fixed-size list", to_list},
    Refused{"+l", "a list", "decode the dictionary first"},
    Refused{"+L", "a large list", "decode the dictionary first"},
    Refused{"+s", "a struct", to_columns},
    Refused{"+m", "a map", to_columns},
    Refused{"+ud:", "a dense union", to_columns},
    Refused{"+us:", "a sparse union", to_columns},
    Refused{"+r", "run-end encoded", "decode it first"},
    Refused{"vz", "a binary view", to_text},
    Refused{"w:", "fixed-size binary", to_text},
    Refused{"z", "binary", to_text},
    Refused{"Z", "large binary", to_text},
    Refused{"tt", "a time of day", "keep the date, or make it an integer of minutes"},
    Refused{"tD", "a duration", "make it an integer of days"},
    Refused{"ti", "an interval", "make it an integer of days"},
    Refused{"e", "half-precision floating point", "cast it to float64"},
    Refused{"d:", "a decimal that is not held in 32, 64 or 128 bits with 0 to 18 digits after the point",
            "cast it to decimal128 with at most 18 digits after the point"},
};

[[noreturn]] void refuse(const std::string& place, const std::string& what, std::string_view advice) {
  throw SchemaError(place + " is " + what + ", which is not read; " + std::string(advice));
}

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// `d:precision,scale` or `d:precision,scale,bits`
std::optional<ArrowType> decimal_type(std::string_view format) {
  if (!format.starts_with("d:")) return std::nullopt;
  std::vector<std::optional<int>> parts;
  for (std::size_t begin = 2; begin <= format.size();) {
    const std::size_t end = std::min(format.find(',', begin), format.size());
    parts.push_back(whole_number(format.substr(begin, end - begin)));
    begin = end + 1;
  }
  if (parts.size() == 2) parts.emplace_back(128);
  if (parts.size() != 3 || !parts[0] || !parts[1] || !parts[2]) return std::nullopt;
  const int scale = *parts[1];
  const int bits = *parts[2];
  if (*parts[0] < 1 || scale < 0 || scale > greatest_scale || (bits != 32 && bits != 64 && bits != 128))
    return std::nullopt;
  return ArrowType{.kind = Kind::decimal, .width = bits / 8, .scale = scale};
}

bool is_utc(std::string_view zone) {
  const std::string plain = plain_form(zone);
  for (const std::string_view name : {"", "utc", "etc/utc", "gmt", "etc/gmt", "z", "+00:00", "zulu", "etc/zulu"})
    if (plain == name) return true;
  return false;
}

// `tss:`, `tsm:`, `tsu:`, `tsn:` and a zone.
std::optional<ArrowType> timestamp_type(std::string_view format, const std::string& place) {
  if (!format.starts_with("ts") || format.size() < 4 || format[3] != ':') return std::nullopt;
  const std::size_t unit = std::string_view("smun").find(format[2]);
  if (unit == std::string_view::npos) return std::nullopt;
  const std::string_view zone = format.substr(4);
  if (!is_utc(zone))
    throw SchemaError(place + " holds moments of the zone " + in_quotes(zone) +
                      " as UTC, so the day as it was written is not in it; drop the zone and keep the local wall time "
                      "first (pandas: .dt.tz_localize(None); polars: .dt.replace_time_zone(None))");
  std::int64_t per_day = day_seconds;
  for (std::size_t thousand = 0; thousand < unit; ++thousand) per_day *= 1000;
  return ArrowType{.kind = Kind::moment, .width = 8, .per_day = per_day};
}

ArrowType plain_type(std::string_view format, const std::string& place) {
  for (const Format& known : read_formats)
    if (format == known.format) return known.type;
  if (const auto type = decimal_type(format)) return *type;
  if (const auto type = timestamp_type(format, place)) return *type;
  for (const Refused& known : refused_formats)
    if (format.starts_with(known.prefix)) refuse(place, std::string(known.words), known.advice);
  throw SchemaError(place + " has the Arrow format " + in_quotes(format) + ", which is none; the producer is at fault");
}

// The metadata that the interface lays down: a count, then lengths and bytes by turns. Its own length is nowhere said,
// so that only lengths beyond reason can be told to be false.
std::string extension_name(const char* metadata, const std::string& place) {
  constexpr std::int32_t most_pairs = 1000;
  constexpr std::int32_t most_bytes = 1 << 20;
  if (metadata == nullptr) return {};
  const auto number = [&](std::int32_t most) {
    std::int32_t value = 0;
    std::memcpy(&value, metadata, sizeof value);
    metadata += sizeof value;
    if (value < 0 || value > most)
      throw SchemaError(place + " has metadata of a false length; the producer is at fault");
    return value;
  };
  const auto bytes = [&] {
    const auto length = static_cast<std::size_t>(number(most_bytes));
    return std::string_view(std::exchange(metadata, metadata + length), length);
  };
  for (std::int32_t pair = number(most_pairs); pair > 0; --pair) {
    const std::string_view key = bytes();
    const std::string_view value = bytes();
    if (key == "ARROW:extension:name") return std::string(value);
  }
  return {};
}

// A list of texts is a set.
std::optional<ArrowType> list_type(const ArrowSchema& schema, const std::string& place) {
  const std::string_view format = schema.format;
  if (format != "+l" && format != "+L") return std::nullopt;
  if (schema.n_children != 1 || schema.children == nullptr || schema.children[0] == nullptr)
    throw SchemaError(place + " is a list, but its schema does not say of what; the producer is at fault");
  const ArrowType members = arrow_type(*schema.children[0], place + " (the members of its lists)");
  if (members.kind != Kind::text && members.kind != Kind::none)
    refuse(place, "a list of what is not text", members_to_text);
  const bool large = format == "+L";
  return ArrowType{.kind = Kind::list, .layout = large ? ArrowType::Layout::large : ArrowType::Layout::small};
}

ArrowType dictionary_type(ArrowType index, const ArrowSchema& dictionary, const std::string& place) {
  if (index.kind != Kind::integer) throw SchemaError(place + " is a dictionary whose index is not an integer");
  if (dictionary.release == nullptr || dictionary.format == nullptr)
    throw SchemaError(place + " is a dictionary without values; the producer is at fault");
  if (dictionary.dictionary != nullptr) refuse(place, "a dictionary of a dictionary", "decode it first");
  const ArrowType values = plain_type(dictionary.format, place + " (the values of its dictionary)");
  if (values.kind != Kind::text) refuse(place, "a dictionary of values that are not text", "decode it first");
  index.kind = Kind::text;
  index.layout = values.layout;
  index.coded = true;
  return index;
}

}  // namespace

ArrowType arrow_type(const ArrowSchema& schema, const std::string& place) {
  if (schema.release == nullptr || schema.format == nullptr)
    throw SchemaError(place + ": its schema has been released or has no format; the producer is at fault");
  const std::string extension = extension_name(schema.metadata, place);
  if (!extension.empty())
    refuse(place, "of the extension type " + in_quotes(extension), "cast it to its storage type or to text first");
  if (const auto lists = list_type(schema, place)) return *lists;
  const ArrowType type = plain_type(schema.format, place);
  return schema.dictionary == nullptr ? type : dictionary_type(type, *schema.dictionary, place);
}

}  // namespace casemetry
