// SPDX-License-Identifier: Apache-2.0
#include <casemetry/catalogue.hpp>

namespace casemetry {

// The form only: what the words mean, and whether names lead anywhere, is checked by Catalogue.
std::string catalogue_schema() {
  return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "casemetry catalogue",
  "description": "Definitions of what is counted and what is measured. TOML and JSON spell the same tree.",
  "type": "object",
  "required": ["schema"],
  "additionalProperties": false,
  "properties": {
    "schema": {"description": "The version of this form.", "const": 1, "examples": [1]},
    "id": {"description": "Of the catalogue; a hyphen may stand in it.", "type": "string", "minLength": 1, "examples": ["cook-county"]},
    "label": {"$ref": "#/$defs/label", "examples": [{"zh": "审查逮捕", "en": "Arrest review"}]},
    "list": {
      "description": "Named values, used in expressions as @name. Text that reads as a date is a date.",
      "type": "object",
      "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": ["string", "number", "boolean"]}},
      "examples": [{"refusals": ["refused_no_crime", "refused_evidence"]}]
    },
    "calendar": {"$ref": "#/$defs/calendar", "examples": [{"month_starts_on": 26}]},
    "table": {
      "description": "The tables that are read, by name. Their rows can be counted as they are.",
      "type": "object",
      "additionalProperties": {"$ref": "#/$defs/table"},
      "examples": [{"arrests": {"counts": "person", "columns": {"decision": {"type": "category"}}}}]
    },
    "unit": {
      "description": "What is counted, if it is not the rows of a table: rows collapsed by a key, columns looked up and derived.",
      "type": "object",
      "additionalProperties": {"$ref": "#/$defs/unit"},
      "examples": [{"arrested_person": {"from": "arrests", "one_row_per": ["case_id", "person_id"], "columns": {"decision": "only(decision)"}}}]
    },
    "dimension": {
      "description": "One dimension, whatever each unit calls its column.",
      "type": "object",
      "additionalProperties": {"$ref": "#/$defs/dimension"},
      "examples": [{"office": {"from": {"arrests": "office", "prosecutions": "unit_code"}}}]
    },
    "lead": {
      "description": "What a contribution is asked about: leads, the columns that hold their sources, the stages they pass.",
      "type": "object",
      "additionalProperties": {"$ref": "#/$defs/lead"},
      "examples": [{"supervision": {"unit": "lead", "sources": "sources", "stages": [["registered", "registered_on"], ["filed", "filed_on"]]}}]
    },
    "grouping": {
      "description": "Groups of sources, each source in one; used in expressions as @name.",
      "type": "object",
      "additionalProperties": {"$ref": "#/$defs/grouping"},
      "examples": [{"origin": {"digital": ["model_001", "model_002"], "rest": "traditional"}}]
    },
    "aggregate": {
      "description": "What is counted: the columns of a cube.",
      "type": "array",
      "items": {"$ref": "#/$defs/aggregate"},
      "examples": [[{"id": "refused", "unit": "arrests", "date": "decided_on", "where": "decision in @refusals"}]]
    },
    "indicator": {
      "description": "What is measured: formulas over aggregates.",
      "type": "array",
      "items": {"$ref": "#/$defs/indicator"},
      "examples": [[{"id": "non_arrest_rate", "kind": "proportion", "numerator": "refused", "denominator": "arrested + refused"}]]
    },
    "identity": {
      "description": "What must hold between counts (数据勾稽). It changes no figure; a check tells where it does not hold.",
      "type": "array",
      "items": {"$ref": "#/$defs/identity"},
      "examples": [[{"id": "stock_and_flow", "holds": "opening(pending_cases) + accepted - concluded == pending_cases"}]]
    }
  },
  "$defs": {
    "id": {"description": "Letters of any script, digits and _, not beginning with a digit.", "type": "string", "minLength": 1},
    "text": {"type": "string", "minLength": 1},
    "texts": {"type": "array", "items": {"type": "string"}},
    "pairs": {"type": "object", "additionalProperties": {"type": "string"}},
    "label": {
      "description": "What a thing is called: Chinese, or both languages.",
      "oneOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/languages"}]
    },
    "counts": {
      "description": "What a row or unit is: person 人, case 件, occasion 件次, lead 条; or a label of its own.",
      "oneOf": [{"enum": ["person", "case", "occasion", "lead"]}, {"$ref": "#/$defs/languages"}]
    },
    "languages": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "zh": {"description": "Chinese.", "type": "string", "minLength": 1, "examples": ["不捕率"]},
        "en": {"description": "English.", "type": "string", "minLength": 1, "examples": ["Non-arrest rate"]}
      }
    },
    "expression": {"description": "A predicate over a row: decision == 'refused' and age >= 18.", "type": "string", "minLength": 1},
    "formula": {"description": "A sum of terms with exact coefficients: arrested + 1/2 * refused; opening(x) is what was pending at the beginning.", "type": "string", "minLength": 1},
    "day": {"description": "A day of the calendar.", "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "rational": {
      "description": "A number, or a fraction as text.",
      "oneOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9.]+(/[0-9.]+)?$"}]
    },
    "range": {"type": "array", "prefixItems": [{"$ref": "#/$defs/rational"}, {"$ref": "#/$defs/rational"}], "minItems": 2, "maxItems": 2},
)json"
         R"json(    "calendar": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "month_starts_on": {"description": "The day a reporting month begins; it bears the name of the month it ends in.", "type": "integer", "minimum": 1, "maximum": 28, "examples": [26]},
        "year_starts_on": {"description": "The month a year begins.", "type": "integer", "minimum": 1, "maximum": 12, "examples": [4]},
        "holidays": {"description": "A declared table with the columns date and works (true for a working Saturday).", "$ref": "#/$defs/text", "examples": ["holidays"]}
      }
    },
    "table": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "label": {"$ref": "#/$defs/label", "examples": ["审查逮捕"]},
        "counts": {"$ref": "#/$defs/counts", "examples": ["person"]},
        "key": {"description": "The columns that name a row.", "$ref": "#/$defs/texts", "examples": [["case_id", "person_id"]]},
        "also": {"description": "Names that a site may use for it.", "$ref": "#/$defs/texts", "examples": [["审查逮捕案卡"]]},
        "in_order": {
          "description": "Date columns that follow each other, the earliest first: a check tells the rows that do not.",
          "type": "array",
          "items": {"type": "array", "items": {"$ref": "#/$defs/text"}, "minItems": 2},
          "examples": [[["received_on", "decided_on"]]]
        },
        "entered": {"description": "The date column that says when a row was entered: a check tells late ones.", "$ref": "#/$defs/text", "examples": ["entered_on"]},
        "columns": {
          "description": "Its columns. A table without any takes whatever types its data have.",
          "type": "object",
          "additionalProperties": {"$ref": "#/$defs/column"},
          "examples": [{"decided_on": {"type": "date"}}]
        }
      }
    },
    "column": {
      "type": "object",
      "required": ["type"],
      "additionalProperties": false,
      "properties": {
        "type": {"description": "What it holds.", "type": "string", "pattern": "^(text|category|date|integer|decimal\\((1?[0-9])\\)|boolean|set)$", "examples": ["decimal(2)"]},
        "values": {"description": "Closes a category: these values, in this order.", "$ref": "#/$defs/texts", "examples": [["approved", "refused"]]},
        "aliases": {"description": "Old spelling → value, applied when read.", "$ref": "#/$defs/pairs", "examples": [{"批准逮捕": "approved"}]},
        "format": {"description": "Of dates, where a spelling can be read two ways.", "enum": ["month/day/year", "day/month/year"], "examples": ["month/day/year"]},
        "range": {"description": "Numbers outside are unreadable.", "$ref": "#/$defs/range", "examples": [[0, 120]]},
        "empty": {"description": "Of dates: a blank means not yet, later than any date.", "const": "not_yet", "examples": ["not_yet"]},
        "identifies": {"description": "Whether it identifies a person.", "type": "boolean", "examples": [true]},
        "label": {"$ref": "#/$defs/label", "examples": ["审查逮捕结果"]},
        "also": {"description": "Names that a site may use for it.", "$ref": "#/$defs/texts", "examples": [["审查结论"]]}
      }
    },
    "unit": {
      "type": "object",
      "required": ["from"],
      "additionalProperties": false,
      "properties": {
        "label": {"$ref": "#/$defs/label", "examples": [{"zh": "被捕人员", "en": "Arrested person"}]},
        "from": {"description": "A table, or another unit.", "$ref": "#/$defs/text", "examples": ["arrests"]},
        "counts": {"$ref": "#/$defs/counts", "examples": ["person"]},
        "one_row_per": {"description": "The key to which rows are collapsed; without it each row is a unit.", "$ref": "#/$defs/texts", "examples": [["case_id", "person_id"]]},
        "take": {"description": "Without a key: the columns of the source that it keeps; all if it is left out.", "$ref": "#/$defs/texts", "examples": [["case_id", "decided_on"]]},
        "lookup": {
          "description": "Columns of another unit or table, found by key, many to one.",
          "type": "object",
          "additionalProperties": {"$ref": "#/$defs/lookup"},
          "examples": [{"arrest": {"from": "arrested_person", "on": ["case_id", "person_id"], "take": ["arrested"]}}]
        },
        "columns": {
          "description": "Name → expression. Inside a collapse call names are the source's, outside it the unit's own.",
          "type": "object",
          "additionalProperties": {"$ref": "#/$defs/expression"},
          "examples": [{"arrested": "any(decision in ['approved', 'decided'])", "decided_on": "max(decided_on)"}]
        }
      }
    },
    "lookup": {
      "type": "object",
      "required": ["from", "on"],
      "additionalProperties": false,
      "properties": {
        "from": {"description": "The unit or table that is looked into.", "$ref": "#/$defs/text", "examples": ["arrested_person"]},
        "on": {
          "description": "The columns to go by: those of both sides, or this side's with the other's.",
          "oneOf": [{"$ref": "#/$defs/texts"}, {"$ref": "#/$defs/pairs"}],
          "examples": [{"case_id": "case_no"}]
        },
        "take": {"description": "The columns that are taken, under their own names.", "$ref": "#/$defs/texts", "examples": [["arrested"]]},
        "otherwise": {"description": "Values of columns that are taken, where nothing is found; else null.", "type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "array"], "maxItems": 0}, "examples": [{"arrested": false, "sources": []}]},
        "duplicates": {"description": "A key that stands twice on the other side is an error; with this its values are unknown, and counted.", "const": "unknown", "examples": ["unknown"]}
      }
    },
    "dimension": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "label": {"$ref": "#/$defs/label", "examples": ["承办单位"]},
        "from": {"description": "Unit or table → its column; without it, the column of the dimension's own name.", "$ref": "#/$defs/pairs", "examples": [{"arrests": "office"}]},
        "bands": {"description": "Of integers: the first number of each band but the lowest.", "type": "array", "items": {"type": "integer"}, "examples": [[18, 25, 35]]},
        "hierarchy": {"$ref": "#/$defs/hierarchy", "examples": [{"prefixes": [2, 4, 6], "levels": ["province", "city", "county"]}]}
      }
    },
    "hierarchy": {
      "description": "What is above a code: by a table of parents, or by prefixes of the codes.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "table": {"description": "A declared table with the columns code and parent, and name if it has one.", "$ref": "#/$defs/text", "examples": ["offices"]},
        "prefixes": {"description": "Lengths of prefixes, ascending.", "type": "array", "items": {"type": "integer", "minimum": 1}, "examples": [[2, 4, 6]]},
        "levels": {"description": "Names, coarsest first.", "$ref": "#/$defs/texts", "examples": [["province", "city", "county"]]}
      }
    },
    "lead": {
      "type": "object",
      "required": ["unit", "sources"],
      "additionalProperties": false,
      "properties": {
        "label": {"$ref": "#/$defs/label", "examples": [{"zh": "监督线索", "en": "Supervision leads"}]},
        "unit": {"description": "A unit or table with a row for each lead.", "$ref": "#/$defs/text", "examples": ["lead"]},
        "sources": {"description": "The column that holds the set of its sources; an empty set is unattributed, null unknown.", "$ref": "#/$defs/text", "examples": ["sources"]},
        "first": {"description": "The column of the sources at the earliest time; for the rule first.", "$ref": "#/$defs/text", "examples": ["first_sources"]},
        "last": {"description": "The column of the sources at the latest time; for the rule last.", "$ref": "#/$defs/text", "examples": ["last_sources"]},
        "log": {"description": "The column of all its discoveries, sources with repeats; for the rule linear.", "$ref": "#/$defs/text", "examples": ["log"]},
        "among": {"description": "Which leads; without it all.", "$ref": "#/$defs/expression", "examples": ["kind == 'supervision'"]},
        "stages": {
          "description": "The stages that leads pass, earliest first, each with its date column.",
          "type": "array",
          "items": {"type": "array", "items": {"$ref": "#/$defs/text"}, "minItems": 2, "maxItems": 2},
          "examples": [[["registered", "registered_on"], ["filed", "filed_on"]]]
        },
        "value": {"description": "What a lead weighs: an integer or decimal column.", "$ref": "#/$defs/text", "examples": ["recovered"]}
      }
    },
    "grouping": {
      "type": "object",
      "additionalProperties": {"description": "A group: its sources.", "$ref": "#/$defs/texts", "examples": [["model_001", "model_002"]]},
      "properties": {
        "label": {"$ref": "#/$defs/label", "examples": [{"zh": "来源类别", "en": "Origin"}]},
        "rest": {"description": "The group of all other sources; without it a source in no group is an error.", "$ref": "#/$defs/text", "examples": ["traditional"]},
        "table": {"description": "Instead of groups: a declared table with the columns source and group, and valid_from and valid_to if groups change.", "$ref": "#/$defs/text", "examples": ["source_groups"]}
      }
    },
    "aggregate": {
      "type": "object",
      "required": ["id", "unit"],
      "additionalProperties": false,
      "properties": {
        "id": {"$ref": "#/$defs/id", "examples": ["refused"]},
        "label": {"$ref": "#/$defs/label", "examples": ["不捕人数"]},
        "kind": {"description": "A count of units (default), the sum of a column, a histogram of days, or what is pending.", "enum": ["count", "sum", "days", "pending"], "examples": ["sum"]},
        "unit": {"description": "What is counted: a unit, or the rows of a table.", "$ref": "#/$defs/text", "examples": ["arrests"]},
        "date": {"description": "The date column that places a unit in a month.", "$ref": "#/$defs/text", "examples": ["decided_on"]},
        "where": {"$ref": "#/$defs/expression", "examples": ["decision in @refusals"]},
        "applies_where": {"description": "Units for which it is false are not applicable.", "$ref": "#/$defs/expression", "examples": ["not is_null(decided_on)"]},
        "column": {"description": "Of a sum: an integer or decimal column.", "$ref": "#/$defs/text", "examples": ["amount"]},
        "start": {"description": "Of days: the date from which they are counted.", "$ref": "#/$defs/text", "examples": ["received_on"]},
        "end": {"description": "Of days: the date to which they are counted.", "$ref": "#/$defs/text", "examples": ["decided_on"]},
        "opened": {"description": "Of pending: the date from which a unit is pending.", "$ref": "#/$defs/text", "examples": ["received_on"]},
        "closed": {"description": "Of pending: the date from which it is not.", "$ref": "#/$defs/text", "examples": ["concluded_on"]}
      }
    },
)json"
         R"json(    "indicator": {
      "type": "object",
      "required": ["id", "kind"],
      "additionalProperties": false,
      "properties": {
        "id": {"$ref": "#/$defs/id", "examples": ["non_arrest_rate"]},
        "label": {"$ref": "#/$defs/label", "examples": [{"zh": "不捕率", "en": "Non-arrest rate"}]},
        "kind": {"description": "What is made of the aggregates.", "enum": ["count", "sum", "proportion", "ratio", "mean", "quantile", "stock", "contribution"], "examples": ["proportion"]},
        "of": {"description": "Of a count, sum, mean, quantile or stock (the last three: one aggregate).", "$ref": "#/$defs/formula", "examples": ["refused"]},
        "numerator": {"description": "Of a proportion or ratio.", "$ref": "#/$defs/formula", "examples": ["refused"]},
        "denominator": {"description": "Of a proportion or ratio.", "$ref": "#/$defs/formula", "examples": ["arrested + refused"]},
        "q": {"description": "Of a quantile, 0 to 1; the median if it is left out.", "$ref": "#/$defs/rational", "examples": [0.9]},
        "at": {"description": "Of a stock: the beginning or the end of a period; the end if it is left out.", "enum": ["opening", "closing"], "examples": ["opening"]},
        "group": {"description": "Of a contribution: the group of sources whose share it is.", "$ref": "#/$defs/text", "examples": ["digital"]},
        "rule": {"description": "Of a contribution: how a lead is credited to the groups that found it.", "enum": ["any", "exclusive", "first", "last", "linear", "shapley", "owen"], "examples": ["owen"]},
        "groups": {"description": "Of a contribution: the grouping; source: each source by itself.", "$ref": "#/$defs/text", "examples": ["origin"]},
        "lead": {"description": "Of a contribution: the lead set; the only one if it is left out.", "$ref": "#/$defs/text", "examples": ["supervision"]},
        "stage": {"description": "Of a contribution: the leads that reached this stage; the first if it is left out.", "$ref": "#/$defs/text", "examples": ["filed"]},
        "over": {"description": "Of a contribution: a share of all leads, or of those with a source; of all if it is left out.", "enum": ["leads", "attributed"], "examples": ["attributed"]},
        "interval": {"description": "Another than the default of its kind.", "enum": ["wilson", "clopper_pearson", "poisson", "conditional", "student", "order", "none"], "examples": ["clopper_pearson"]},
        "min_n": {"description": "Smaller denominators get the flag small.", "type": "integer", "minimum": 0, "examples": [10]},
        "mature_after": {"description": "Days after a period until which its value is immature.", "type": "integer", "minimum": 0, "examples": [90]},
        "format": {"description": "How a value is shown.", "enum": ["percent", "count", "one_to", "per_100", "days", "decimal"], "examples": ["percent"]},
        "decimals": {"description": "Digits after the point that are shown.", "type": "integer", "minimum": 0, "maximum": 12, "examples": [1]},
        "direction": {"description": "Which way is better.", "enum": ["higher", "lower", "neutral", "range"], "examples": ["neutral"]},
        "range": {"description": "With direction = range: where values should lie.", "$ref": "#/$defs/range", "examples": [[0.05, "1/3"]]},
        "paired_with": {"description": "The indicators to read beside it (对照指标).", "$ref": "#/$defs/texts", "examples": [["not_prosecuted_after_arrest_rate"]]},
        "evidence": {"description": "How well the definition is known.", "enum": ["stated", "reproduced", "inferred", "unconfirmed"], "examples": ["reproduced"]},
        "reference": {"description": "Document, article, page.", "$ref": "#/$defs/text", "examples": ["最高人民检察院, 2019, 第3页"]},
        "note": {"$ref": "#/$defs/label", "examples": ["受理口径"]},
        "version": {
          "description": "How it was defined before, earliest first (口径版本); the keys of the indicator are today's definition.",
          "type": "array",
          "items": {"$ref": "#/$defs/version"},
          "examples": [[{"valid_from": "2021-01-01", "valid_to": "2023-12-31", "denominator": "arrested_on_request + refused"}]]
        }
      }
    },
    "version": {
      "description": "What it replaces of an indicator, from one day to another, both included.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "valid_from": {"description": "The first day; of the first version nothing: from the beginning.", "$ref": "#/$defs/day", "examples": ["2021-01-01"]},
        "valid_to": {"description": "The last day; nothing, but of the last version: until the next begins.", "$ref": "#/$defs/day", "examples": ["2023-12-31"]},
        "of": {"description": "As it was then.", "$ref": "#/$defs/formula", "examples": ["refused"]},
        "numerator": {"description": "As it was then.", "$ref": "#/$defs/formula", "examples": ["refused"]},
        "denominator": {"description": "As it was then.", "$ref": "#/$defs/formula", "examples": ["arrested_on_request + refused"]},
        "note": {"$ref": "#/$defs/label", "examples": ["不含自行决定逮捕"]}
      }
    },
    "identity": {
      "type": "object",
      "required": ["id", "holds"],
      "additionalProperties": false,
      "properties": {
        "id": {"$ref": "#/$defs/id", "examples": ["stock_and_flow"]},
        "label": {"$ref": "#/$defs/label", "examples": ["存量与流量"]},
        "holds": {"description": "Two formulas compared by ==, <= or >=.", "$ref": "#/$defs/text", "examples": ["opening(pending_cases) + accepted - concluded == pending_cases"]},
        "every": {"description": "The periods in which it must hold; a month if it is left out.", "enum": ["month", "quarter", "year"], "examples": ["quarter"]},
        "note": {"$ref": "#/$defs/label", "examples": ["按审结日期"]}
      }
    }
  }
}
)json";
}

}  // namespace casemetry
