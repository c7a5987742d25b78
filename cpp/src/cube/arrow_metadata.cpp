// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "cube/arrow_form.hpp"
#include "cube/flaw.hpp"
#include "cube/hierarchy.hpp"
#include "cube/identity.hpp"
#include "written.hpp"

namespace casemetry::value {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* arrow_form = "1";

Json json_of(const ColumnReport& report) {
  return {{"name", report.name},        {"read_as", report.read_as},       {"rows", report.rows},
          {"missing", report.missing},  {"unreadable", report.unreadable}, {"unlisted", report.unlisted},
          {"examples", report.examples}};
}

ColumnReport report_of(const Json& json) {
  return {.name = json.at("name").get<std::string>(),
          .read_as = json.at("read_as").get<std::string>(),
          .rows = json.at("rows").get<std::int64_t>(),
          .missing = json.at("missing").get<std::int64_t>(),
          .unreadable = json.at("unreadable").get<std::int64_t>(),
          .unlisted = json.at("unlisted").get<std::int64_t>(),
          .examples = json.at("examples").get<std::vector<std::string>>()};
}

Json json_of(const UnitReport& report) {
  Json columns = Json::array();
  for (const auto& [column, disagreeing, skipped] : report.columns) columns.push_back({column, disagreeing, skipped});
  Json lookups = Json::array();
  for (const auto& [lookup, found, not_found, duplicates] : report.lookups)
    lookups.push_back({lookup, found, not_found, duplicates});
  return {{"unit", report.unit},
          {"rows", report.rows},
          {"units", report.units},
          {"columns", std::move(columns)},
          {"lookups", std::move(lookups)}};
}

UnitReport unit_report_of(const Json& json) {
  UnitReport report{.unit = json.at("unit").get<std::string>(),
                    .rows = json.at("rows").get<std::int64_t>(),
                    .units = json.at("units").get<std::int64_t>()};
  for (const Json& column : json.at("columns"))
    report.columns.push_back(
        {column.at(0).get<std::string>(), column.at(1).get<std::int64_t>(), column.at(2).get<std::int64_t>()});
  for (const Json& lookup : json.at("lookups"))
    report.lookups.push_back({lookup.at(0).get<std::string>(), lookup.at(1).get<std::int64_t>(),
                              lookup.at(2).get<std::int64_t>(), lookup.at(3).get<std::int64_t>()});
  return report;
}

Json json_of(const std::vector<HierarchyCode>& hierarchy) {
  Json codes = Json::array();
  for (const HierarchyCode& code : hierarchy) codes.push_back({code.code, code.parent, code.name});
  return codes;
}

std::optional<std::vector<HierarchyCode>> codes_of_hierarchy(const Json& json) {
  if (json.is_null()) return std::nullopt;
  std::vector<HierarchyCode> hierarchy;
  for (const Json& code : json)
    hierarchy.push_back({code.at(0).get<std::string>(), code.at(1).get<std::string>(), code.at(2).get<std::string>()});
  if (const auto flaw = flaw_of(hierarchy)) throw SchemaError("the Arrow form of a cube: " + *flaw);
  return hierarchy;
}

Json json_of(const std::vector<GroupedSource>& rows) {
  Json list = Json::array();
  for (const auto& [source, group, valid_from, valid_to] : rows) list.push_back({source, group, valid_from, valid_to});
  return list;
}

std::vector<GroupedSource> groups_of(const Json& json) {
  std::vector<GroupedSource> rows;
  for (const Json& row : json)
    rows.push_back({.source = row.at(0).get<std::string>(),
                    .group = row.at(1).get<std::string>(),
                    .valid_from = row.at(2).get<std::int32_t>(),
                    .valid_to = row.at(3).get<std::int32_t>()});
  return rows;
}

Json json_of(const DimensionLabels& dimension) {
  return {{"id", dimension.id},
          {"declared", dimension.declared},
          {"closed_in", dimension.closed_in},
          {"identifies", dimension.identifies},
          {"hierarchy", dimension.hierarchy ? json_of(*dimension.hierarchy) : Json(nullptr)}};
}

DimensionLabels dimension_of(const Json& json) {
  return {.id = json.at("id").get<std::string>(),
          .identifies = json.at("identifies").get<bool>(),
          .declared = json.at("declared").get<std::vector<std::string>>(),
          .closed_in = json.at("closed_in").get<std::vector<std::string>>(),
          .hierarchy = codes_of_hierarchy(json.at("hierarchy"))};
}

Json json_of(const Block& block) {
  Json aggregates = Json::array();
  for (const AggregateCounts& counts : block.aggregates) aggregates.push_back({counts.aggregate, counts.scale});
  Json proportions = Json::array();
  for (const JointCounts& counts : block.proportions) proportions.push_back({counts.numerator, counts.denominator});
  return {{"unit", block.unit},
          {"date", block.date},
          {"has_dimension", block.has_dimension},
          {"aggregates", std::move(aggregates)},
          {"proportions", std::move(proportions)}};
}

Block block_of(const Json& json) {
  Block block{.unit = json.at("unit").get<std::string>(),
              .date = json.at("date").get<std::string>(),
              .has_dimension = json.at("has_dimension").get<std::vector<bool>>()};
  for (const Json& counts : json.at("aggregates"))
    block.aggregates.push_back({.aggregate = counts.at(0).get<std::string>(), .scale = counts.at(1).get<int>()});
  for (const Json& counts : json.at("proportions"))
    block.proportions.push_back(
        {.numerator = counts.at(0).get<std::string>(), .denominator = counts.at(1).get<std::string>()});
  return block;
}

Json json_of(const Cube::Data& cube) {
  Json json;
  json["dimensions"] = Json::array();
  for (const DimensionLabels& dimension : cube.dimensions) json["dimensions"].push_back(json_of(dimension));
  json["blocks"] = Json::array();
  for (const Block& block : cube.blocks) json["blocks"].push_back(json_of(block));
  json["hashes"] = hashes_of(cube);
  json["indicators"] = cube.indicators;
  json["partitioned_by"] = cube.partitioned_by;
  json["parts"] = cube.parts;
  json["whole"] = cube.whole;
  json["holidays"] = cube.holidays;
  for (const auto& [grouping, rows] : cube.groupings) json["groupings"][grouping] = json_of(rows);
  json["rows"] = cube.rows;
  json["not_available"] = cube.not_available;
  json["reports"] = Json::object();
  for (const auto& [table, reports] : cube.reports) {
    Json& columns = json["reports"][table] = Json::array();
    for (const ColumnReport& report : reports) columns.push_back(json_of(report));
  }
  json["unit_reports"] = Json::array();
  for (const UnitReport& report : cube.unit_reports) json["unit_reports"].push_back(json_of(report));
  if (cube.as_of) json["as_of"] = cube.as_of->time_since_epoch().count();
  return json;
}

std::optional<Date> day_of(const Json& json) {
  const auto days = json.get<std::int64_t>();
  const Date first{std::chrono::year{1} / 1 / 1};
  const Date last{std::chrono::year{9999} / 12 / 31};
  if (days < first.time_since_epoch().count() || days > last.time_since_epoch().count())
    throw SchemaError("the Arrow form of a cube: its `as_of` is outside the years 1 to 9999");
  return Date{std::chrono::days{days}};
}

void read_json(const Json& json, Cube::Data& cube) {
  for (const Json& dimension : json.at("dimensions")) cube.dimensions.push_back(dimension_of(dimension));
  for (const Json& block : json.at("blocks")) cube.blocks.push_back(block_of(block));
  cube.indicators = json.at("indicators").get<std::vector<std::string>>();
  cube.partitioned_by = json.at("partitioned_by").get<std::vector<std::string>>();
  cube.parts = json.at("parts").get<std::set<std::string>>();
  cube.whole = json.at("whole").get<std::set<std::string>>();
  cube.holidays = json.at("holidays").get<std::vector<std::int32_t>>();
  if (json.contains("groupings"))
    for (const auto& [grouping, rows] : json.at("groupings").items()) cube.groupings[grouping] = groups_of(rows);
  cube.rows = json.at("rows").get<std::map<std::string, std::int64_t>>();
  cube.not_available = json.at("not_available").get<std::map<std::string, std::string>>();
  for (const auto& [table, columns] : json.at("reports").items())
    for (const Json& report : columns) cube.reports[table].push_back(report_of(report));
  for (const Json& report : json.at("unit_reports")) cube.unit_reports.push_back(unit_report_of(report));
  if (json.contains("as_of")) cube.as_of = day_of(json.at("as_of"));
}

[[noreturn]] void refuse_metadata(const std::string& what) {
  throw SchemaError("this Arrow table is no cube: " + what);
}

const std::string& entry(const std::map<std::string, std::string>& metadata, const char* key) {
  const auto found = metadata.find(key);
  if (found == metadata.end())
    refuse_metadata("its schema has no metadata '" + std::string(key) +
                    "'; keep the schema's metadata through every step (`replace_schema_metadata`)");
  return found->second;
}

}  // namespace

std::map<std::string, std::string> metadata_of(const Cube::Data& cube) {
  return {{"casemetry.form", arrow_form},
          {"casemetry.catalogue", cube.catalogue.json()},
          {"casemetry.cube", json_of(cube).dump(-1, ' ', false, Json::error_handler_t::replace)}};
}

Cube::Data cube_of_metadata(const std::map<std::string, std::string>& metadata) {
  const std::string& form = entry(metadata, "casemetry.form");
  if (form != arrow_form)
    refuse_metadata("it is of form '" + form + "', but this version of casemetry reads form " + arrow_form);
  Cube::Data cube{.catalogue = Catalogue::from_json(entry(metadata, "casemetry.catalogue"))};
  try {
    const Json json = Json::parse(entry(metadata, "casemetry.cube"));
    read_json(json, cube);
    if (const auto flaw = flaw_of(cube)) refuse_metadata(*flaw);
    if (json.at("hashes") != hashes_of(cube)) refuse_metadata("its definitions are not those that it was counted by");
  } catch (const Json::exception& error) {
    refuse_metadata(std::string("its metadata 'casemetry.cube' cannot be read: ") + error.what());
  }
  return cube;
}

}  // namespace casemetry::value
