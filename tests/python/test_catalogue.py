# SPDX-License-Identifier: Apache-2.0
"""Definitions: what is refused and why, and that every form reads back to the same."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import casemetry as cm
import jsonschema  # type: ignore[import-untyped]
import pytest
from casemetry import _core
from hypothesis import given
from hypothesis import strategies as st

SHIPPED = ["spp", "leads", "cook-county", "cn-traffic"]

EXAMPLE: dict[str, Any] = tomllib.loads(
    """
schema = 1
id = "example"
label = { zh = "审查逮捕", en = "Arrest review" }

[list]
refusals = ["refused_no_crime", "refused_evidence"]
weekdays = [2024-01-05, 2024-01-08]

[calendar]
month_starts_on = 26
year_starts_on = 4
holidays = "holidays"

[table.arrests]
label = "审查逮捕"
counts = { zh = "罪名", en = "charge" }
key = ["case_id", "person_id"]
also = ["审查逮捕案卡"]
in_order = [["received_on", "decided_on", "entered_on"], ["received_on", "entered_on"]]
entered = "entered_on"
[table.arrests.columns]
case_id = { type = "text" }
person_id = { type = "text", identifies = true }
age = { type = "integer", range = [0, 120] }
amount = { type = "decimal(2)" }
office = { type = "category", label = { zh = "承办单位" }, also = ["承办院"] }
received_on = { type = "date", format = "month/day/year" }
decided_on = { type = "date", empty = "not_yet" }
entered_on = { type = "date" }
[table.arrests.columns.decision]
type = "category"
values = ["approved", "refused_no_crime", "refused_evidence"]
aliases = { "批准逮捕" = "approved" }

[table.items]
counts = "occasion"

[table.holidays.columns]
date = { type = "date" }
works = { type = "boolean" }

[table.offices.columns]
code = { type = "category" }
parent = { type = "category" }

[unit.case]
from = "arrests"
one_row_per = ["case_id"]
[unit.case.columns]
office = "only(office)"
recovered = "sum(amount)"

[unit.person]
label = "涉案人员"
from = "arrests"
counts = "person"
one_row_per = ["case_id", "person_id"]
[unit.person.lookup.case]
from = "case"
on = ["case_id"]
take = ["recovered"]
otherwise = { recovered = 0 }
duplicates = "unknown"
[unit.person.columns]
received_on = "min(received_on)"
concluded_on = "max(decided_on)"
due_on = "add_workdays(received_on, 7)"

[unit.minor_matter]
from = "arrests"
take = ["age", "decision"]

[dimension.court]
label = "承办单位"
from = { arrests = "office", case = "office" }
[dimension.court.hierarchy]
prefixes = [2, 4]
levels = ["province", "city"]

[dimension.office]
[dimension.office.hierarchy]
table = "offices"
levels = ["region"]

[dimension.ages]
from = { arrests = "age" }
bands = [18, 25]

[table.lead]
[table.source_groups]

[lead.supervision]
label = { zh = "监督线索", en = "Supervision leads" }
unit = "lead"
sources = "sources"
first = "first_sources"
last = "last_sources"
log = "log"
among = "kind == 'supervision'"
stages = [["registered", "registered_on"], ["filed", "filed_on"]]
value = "recovered"

[grouping.origin]
label = "来源类别"
digital = ["model_001", "model_002"]
rest = "traditional"

[grouping.dated]
table = "source_groups"

[[aggregate]]
id = "refused"
label = "不捕人数"
unit = "arrests"
date = "decided_on"
where = "decision in @refusals"
applies_where = "age >= 18"

[[aggregate]]
id = "approved"
unit = "arrests"
date = "decided_on"
where = "decision == 'approved'"
applies_where = "age >= 18"

[[aggregate]]
id = "recovered"
kind = "sum"
unit = "arrests"
column = "amount"

[[aggregate]]
id = "duration"
kind = "days"
unit = "arrests"
start = "received_on"
end = "decided_on"

[[aggregate]]
id = "items"
unit = "items"

[[aggregate]]
id = "pending_persons"
kind = "pending"
unit = "person"
opened = "received_on"
closed = "concluded_on"

[[indicator]]
id = "decisions"
kind = "count"
of = "approved + refused"

[[indicator.version]]
valid_to = 2018-12-31
of = "approved"

[[indicator]]
id = "non_arrest_rate"
label = { zh = "不捕率", en = "Non-arrest rate" }
kind = "proportion"
numerator = "refused"
denominator = "decisions"
interval = "clopper_pearson"
min_n = 10
mature_after = 90
format = "percent"
decimals = 1
direction = "range"
range = [0.05, "1/3"]
paired_with = ["slow_days"]
evidence = "reproduced"
reference = "document, page"
note = { en = "a note" }

[[indicator.version]]
valid_from = 2019-01-01
valid_to = 2020-12-31
numerator = "refused"
denominator = "approved"
note = { en = "as it was" }

[[indicator]]
id = "slow_days"
kind = "quantile"
of = "duration"
q = 0.9

[[indicator]]
id = "items_a_decision"
kind = "ratio"
numerator = "items"
denominator = "decisions"
format = "one_to"

[[indicator]]
id = "carried_over"
kind = "stock"
of = "pending_persons"
at = "opening"

[[indicator]]
id = "digital"
kind = "contribution"
group = "digital"
rule = "owen"
groups = "origin"
lead = "supervision"
stage = "filed"
over = "attributed"

[[identity]]
id = "parts_of_decisions"
label = "审结分项"
holds = "approved + refused == decisions"
every = "quarter"
note = { en = "a note" }
"""
)


def changed(path: str, value: Any) -> dict[str, Any]:
    """Give the example with one value replaced: `aggregate.refused.where`."""
    tree = copy.deepcopy(EXAMPLE)
    *parents, key = path.split(".")
    place: Any = tree
    for parent in parents:
        place = place[parent] if isinstance(place, dict) else next(item for item in place if item["id"] == parent)
    place[key] = value
    return tree


def faults_of(tree: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(cm.DefinitionError) as caught:
        cm.Catalogue.from_dict(tree)
    return {fault.path: fault.message for fault in caught.value.faults}


# what is changed, to what, the path of the one fault (empty: the same), and a part of its message
FAULTS: list[tuple[str, Any, str, str]] = [
    ("schema", 2, "", "2 is not a schema that this version reads: 1"),
    ("indicators", [], "", "unknown key 'indicators'; did you mean 'indicator'?"),
    ("id", "a b", "", "'a b' is no id"),
    ("label", 3, "", "should be text, or { zh = …, en = … }, and is a number"),
    ("label", {"cn": "逮捕"}, "label.cn", "unknown key 'cn'"),
    ("label", "", "", "empty text"),
    ("dimension", [], "", "should be a group of keys, and is a list"),
    # lists and calendar
    ("list.refusals", [], "", "no values"),
    ("list.refusals", "refused", "", "should be a list of values, and is text"),
    ("list.weekdays", ["refused_evidence", 1], "", "values of different kinds"),
    ("list.weekdays", [[1]], "", "should be text, a number of up to 18 digits, or true or false"),
    ("calendar.month_starts_on", 31, "", "not a day that every month has: 1 to 28"),
    ("calendar.year_starts_on", 0, "", "not a month: 1 to 12"),
    ("calendar.month_starts_on", "26", "", "should be a whole number, and is text"),
    ("calendar.month_starts_on", 1.5, "", "1.5 is not a whole number"),
    ("calendar.holidays", "holiday", "", "no table 'holiday'; did you mean 'holidays'?"),
    ("calendar.holidays", "arrests", "", "holidays have date and works"),
    # tables
    ("table.arrests.counts", "persons", "", "did you mean 'person'?"),
    ("table.arrests.key", ["case_ids"], "", "no column 'case_ids'; did you mean 'case_id'?"),
    ("table.arrests.key", "case_id", "", "should be a list, and is text"),
    ("table.arrests.also", "案卡", "", "should be a list, and is text"),
    ("table.arrests.in_order", [["received_on"]], "", "dates follow each other: name at least two"),
    ("table.arrests.in_order", ["received_on", "decided_on"], "", "each should be a list of date columns"),
    ("table.arrests.in_order", [["recieved_on", "decided_on"]], "", "did you mean 'received_on'?"),
    ("table.arrests.in_order", [["decided_on", "decided_on"]], "", "'decided_on' is named twice"),
    ("table.arrests.in_order", [["age", "decided_on"]], "", "'age' is integer: it should be a date"),
    ("table.arrests.entered", "entred_on", "", "did you mean 'entered_on'?"),
    ("table.arrests.entered", "office", "", "'office' is category: it should be a date"),
    ("table.2020", {}, "table.2020.id", "'2020' is no id"),
    ("table.arrests.columns.age", "integer", "", "should be a group of keys, and is text"),
    ("table.arrests.columns.age", {}, "table.arrests.columns.age.type", "no type; known: text, category"),
    ("table.arrests.columns.age.type", "intger", "", "did you mean 'integer'?"),
    ("table.arrests.columns.amount.type", "decimal(19)", "", "is no type"),
    ("table.arrests.columns.age.range", [120, 0], "", "reversed"),
    ("table.arrests.columns.age.range", [0, 0.5], "", "no more digits after the point than the column"),
    ("table.arrests.columns.age.range", [0], "", "should be two numbers: [low, high]"),
    ("table.arrests.columns.office.range", [0, 1], "", "only numbers have a range"),
    ("table.arrests.columns.age.values", ["1"], "", "only a category or a set has values"),
    ("table.arrests.columns.office.values", ["A", "A"], "", "'A' is listed twice"),
    ("table.arrests.columns.office.format", "month/day/year", "", "only dates have a format"),
    ("table.arrests.columns.decided_on.format", "day/mnth/year", "", "did you mean 'day/month/year'?"),
    (
        "table.arrests.columns.decision.aliases",
        {"捕": "aproved"},
        "table.arrests.columns.decision.aliases.捕",
        "'approved'?",
    ),
    ("table.arrests.columns.age.aliases", {"a": "b"}, "", "only text, categories and sets have aliases"),
    (
        "table.arrests.columns.office.aliases",
        {"oldest": "old", "old": "new"},
        "table.arrests.columns.office.aliases.oldest",
        "'old' is an alias itself: write what it stands for, 'new'",
    ),
    (
        "table.arrests.columns.office.aliases",
        {"old": "old"},
        "table.arrests.columns.office.aliases.old",
        "'old' is an alias itself, and they go round: old → old; one of them must be the value",
    ),
    ("table.arrests.columns.age.identifies", "yes", "", "should be true or false, and is text"),
    ("table.arrests.columns.office.empty", "not_yet", "", "only a blank date can mean not yet"),
    ("table.arrests.columns.decided_on.empty", "later", "", "known: not_yet"),
    # units
    ("unit.person.from", "arrest", "", "no unit or table 'arrest'; did you mean 'arrests'?"),
    ("unit.person.one_row", [], "", "unknown key 'one_row'; known: label, from, counts, one_row_per"),
    ("unit.person.columns.due_on", "add_workday(received_on, 7)", "", "there is no function 'add_workday'"),
    ("unit.person.columns.decision", "decision", "", "say how its rows become one value, such as only(decision)"),
    ("unit.person.lookup.case.on", {"case_idd": "case_id"}, "", "did you mean 'case_id'?"),
    ("unit.person.lookup.case.on", ["office"], "", "(many to many). Collapse it to this side in a unit of its own"),
    ("unit.person.lookup.case.duplicates", "error", "", "known: unknown"),
    ("unit.person.lookup.case.otherwise", {"office": "A"}, "unit.person.lookup.case.otherwise.office", "is not taken"),
    # dimensions
    ("dimension.court.from", {"arrest": "office"}, "dimension.court.from.arrest", "did you mean 'arrests'?"),
    ("dimension.court.from", {"arrests": "ofice"}, "dimension.court.from.arrests", "did you mean 'office'?"),
    ("dimension.period", {}, "", "a result has a column of this name already"),
    ("dimension.ages.bands", [25, 18], "", "18 comes after 25"),
    ("dimension.court.hierarchy.prefixes", [4, 2], "", "2 comes after 4"),
    ("dimension.office.hierarchy.table", "office", "", "did you mean 'offices'?"),
    # aggregates
    ("aggregate.recovered.id", "approved", "aggregate.approved.id", "a second aggregate has this id"),
    ("aggregate.items.unit", "item", "", "no unit or table 'item'; did you mean 'items'?"),
    ("aggregate.items.unit", "", "", "empty text"),
    ("aggregate.items.kind", "cont", "", "did you mean 'count'?"),
    ("aggregate.items.kind", "median", "", "known: count, sum, days, pending"),
    ("aggregate.pending_persons.opened", "due_no", "", "did you mean 'due_on'?"),
    ("aggregate.pending_persons.date", "due_on", "", "what is pending has no date"),
    ("aggregate.refused.opened", "received_on", "", "only what is pending has opened"),
    ("aggregate.refused.date", "decide_on", "", "has no column 'decide_on'; did you mean 'decided_on'?"),
    ("aggregate.refused.date", "age", "", "is integer: it should be a date column"),
    ("aggregate.refused.where", "decison == 'approved'", "", "decision"),
    ("aggregate.refused.where", "decision == 'aproved'", "", "approved"),
    ("aggregate.refused.where", "decision ==", "", ""),
    ("aggregate.refused.where", "decision in @refusal", "", "refusals"),
    ("aggregate.items.where", "anything in @refusal", "", "there is no list '@refusal'; did you mean 'refusals'?"),
    ("aggregate.refused.applies_where", "age", "", ""),
    ("aggregate.refused.column", "amount", "", "only a sum has a column"),
    ("aggregate.refused.start", "received_on", "", "only days have a start"),
    ("aggregate.recovered.column", "office", "", "it should be an integer or decimal column"),
    ("aggregate.duration.end", "age", "", "it should be a date column"),
    # indicators
    ("indicator.items_a_decision.id", "不捕 率", "indicator.不捕 率.id", "is no id"),
    ("indicator.items_a_decision.kind", "share_of", "", "known: count, sum, proportion"),
    ("indicator.decisions.of", "aproved + refused", "", "no aggregate 'aproved'; did you mean 'approved'?"),
    ("indicator.decisions.of", "approved + 2", "", "a number stands alone"),
    ("indicator.decisions.of", "approved + recovered", "", "is an aggregate of kind sum: a count takes counts"),
    ("indicator.decisions.of", "approved - approved", "", "cancel out"),
    ("indicator.slow_days.numerator", "refused", "", "has one formula: of"),
    ("indicator.non_arrest_rate.of", "refused", "", "has a numerator and a denominator"),
    ("indicator.non_arrest_rate.numerator", "1/2 * refused", "", "has the coefficient 1/2"),
    ("indicator.non_arrest_rate.numerator", "items", "", "a proportion has one unit"),
    ("indicator.non_arrest_rate.denominator", "non_arrest_rate", "", "is an indicator of kind proportion"),
    ("indicator.items_a_decision.numerator", "duration", "", "a ratio takes counts and sums"),
    ("indicator.slow_days.of", "recovered", "", "a quantile takes days"),
    ("indicator.slow_days.of", "2 * duration", "", "of one aggregate, without a coefficient"),
    ("indicator.slow_days.q", 1.5, "", "3/2 is not between 0 and 1"),
    ("indicator.slow_days.q", "half", "", 'should be a number such as 0.25, or a fraction such as "1/3"'),
    ("indicator.decisions.q", 0.1, "", "only a quantile has a q"),
    ("indicator.slow_days.interval", "wilson", "", "is no interval of a quantile; known: order, none"),
    ("indicator.decisions.min_n", -1, "", "negative"),
    ("indicator.decisions.decimals", 13, "", "not between 0 and 12"),
    ("indicator.decisions.format", "percnt", "", "did you mean 'percent'?"),
    ("indicator.decisions.direction", "hihger", "", "did you mean 'higher'?"),
    ("indicator.decisions.direction", "range", "indicator.decisions.range", "needs range = [low, high]"),
    ("indicator.non_arrest_rate.range", [0.5, 0.1], "", "reversed"),
    ("indicator.slow_days.range", [0, 1], "", "goes with direction"),
    ("indicator.decisions.evidence", "stted", "", "did you mean 'stated'?"),
    ("indicator.decisions.paired_with", ["slow_day"], "", "no indicator 'slow_day'; did you mean 'slow_days'?"),
    ("indicator.decisions.paired_with", ["decisions"], "", "not paired with itself"),
    ("indicator.decisions.mature_after", -1, "", "negative"),
    ("indicator.decisions.at", "opening", "", "only a stock has a time"),
    ("indicator.carried_over.at", "start", "", "known: opening, closing"),
    ("indicator.carried_over.of", "items", "", "a stock takes what is pending"),
    ("indicator.digital.rule", "oven", "", "no rule 'oven'; did you mean 'owen'?"),
    ("indicator.digital.rule", "", "", "empty text"),
    ("indicator.digital.group", "digtal", "", "'origin' has no group 'digtal'; did you mean 'digital'?"),
    ("indicator.digital.groups", "orign", "", "no grouping 'orign'; did you mean 'origin'?"),
    ("indicator.digital.lead", "supervison", "", "no lead set 'supervison'; did you mean 'supervision'?"),
    ("indicator.digital.stage", "file", "", "has no stage 'file'; did you mean 'filed'?"),
    ("indicator.digital.over", "lead", "", "did you mean 'leads'?"),
    ("indicator.digital.of", "decisions", "", "a contribution has no formula"),
    ("indicator.decisions.group", "digital", "", "only a contribution has it"),
]


@pytest.mark.parametrize(("path", "value", "place", "message"), FAULTS)
def test_a_fault_is_told_once_with_its_path(path: str, value: Any, place: str, message: str) -> None:
    faults = faults_of(changed(path, value))
    assert list(faults) == [place or path]
    assert message in faults[place or path]


def test_nine_faults_are_all_told() -> None:
    tree = changed("schema", 3)
    tree["calendar"] |= {"month_starts_on": 0, "week": 1}
    tree["table"]["items"] = {"counts": "cases"}
    tree["aggregate"][0] |= {"where": "decision = 'approved'", "date": "decided"}
    tree["indicator"][0] |= {"of": "approved + refusd", "evidence": "sure"}
    tree["indicator"][2]["q"] = "2"
    faults = faults_of(tree)
    assert set(faults) == {
        "schema",
        "calendar.month_starts_on",
        "calendar.week",
        "table.items.counts",
        "aggregate.refused.where",
        "aggregate.refused.date",
        "indicator.decisions.of",
        "indicator.decisions.evidence",
        "indicator.slow_days.q",
    }


def test_a_fault_inside_an_expression_has_its_position() -> None:
    with pytest.raises(cm.DefinitionError) as caught:
        cm.Catalogue.from_dict(changed("aggregate.refused.where", "age > 18 and decison == 'approved'"))
    (fault,) = caught.value.faults
    assert fault.position == 13
    assert "(at character 14)" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema = 1\nid = = 2", "line 2, column 6"),
        ("schema = 1\nid = 'a'\nid = 'b'", "Cannot overwrite a value"),
        ("schema = 1\n[table.t.columns]\n结论 = {}", "line 3, .*a key that is not in ASCII stands in quotes: '结论'"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("schema = 1\n[calendar]\nmonth_starts_on = inf", "calendar.month_starts_on: inf is not a number"),
    ],
)
def test_broken_toml_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(cm.DefinitionError, match=message.replace("[", r"\[")):
        cm.Catalogue.from_toml(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"schema": 1,}', "not JSON at line 1, column 14"),
        ('{"schema": 1, "table": {"a": {}, "a": {}}}', "table.a: the key stands twice"),
        ("[" * 100_000, "nested deeper than 32 levels"),
        ('{"schema": 1, "id": null}', "id: should be text, and is nothing"),
        ('{"schema": 99999999999999999999999}', "not a whole number"),
        ("3", "should be a group of keys, and is a number"),
        ('{"schema": 1, "id": "\\ud800"}', "not JSON"),
    ],
)
def test_broken_json_is_told(text: str, message: str) -> None:
    with pytest.raises(cm.DefinitionError, match=message):
        cm.Catalogue.from_json(text)


def test_a_value_that_is_none_of_the_language_is_told_with_its_path() -> None:
    assert faults_of(changed("aggregate.refused.where", object()))


# ---------------------------------------------------------------------------------------------------- forms


def test_both_forms_read_back_to_the_same() -> None:
    catalogue = cm.Catalogue.from_dict(EXAMPLE)
    assert cm.Catalogue.from_json(catalogue.json()) == catalogue
    assert cm.Catalogue.from_toml(catalogue.toml()) == catalogue
    assert tomllib.loads(catalogue.toml()) == json.loads(catalogue.json())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_catalogue_is_valid_and_reads_back(name: str, tmp_path: Path) -> None:
    catalogue = cm.Catalogue.shipped(name)
    (tmp_path / "copy.toml").write_text(catalogue.toml(), encoding="utf-8-sig")
    (tmp_path / "copy.json").write_text(catalogue.json(), encoding="utf-8")
    assert cm.Catalogue.load(tmp_path / "copy.toml") == catalogue
    assert cm.Catalogue.load(tmp_path / "copy.json") == catalogue


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes("id = '逮捕'".encode("gb18030"))
    with pytest.raises(cm.DefinitionError, match=r"a\.toml is not UTF-8"):
        cm.Catalogue.load(tmp_path / "a.toml")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(cm.DefinitionError, match="there is no such file"):
        cm.Catalogue.load(tmp_path / "none.toml")


@pytest.mark.parametrize("name", SHIPPED)
def test_the_compiled_form_of_a_shipped_catalogue_is_that_of_its_file(name: str) -> None:
    assert _core.Catalogue.shipped(name).json() == cm.Catalogue.shipped(name).json()


def test_an_unknown_shipped_catalogue_is_refused_with_the_known_ones() -> None:
    with pytest.raises(cm.QueryError, match="cn-traffic, cook-county, leads, spp"):
        cm.Catalogue.shipped("sp")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(TEXT, TEXT)
def test_any_label_reads_back(zh: str, en: str) -> None:
    tree = changed("label", {"zh": zh, "en": en})
    tree["list"]["refusals"] = [f"x{zh}"]
    tree["table"]["items"]["columns"] = {zh: {"type": "text"}}
    catalogue = cm.Catalogue.from_dict(tree | {"aggregate": [], "indicator": [], "identity": []})
    assert json.loads(catalogue.json())["label"] == {"zh": zh, "en": en}
    assert cm.Catalogue.from_toml(catalogue.toml()) == catalogue


COEFFICIENTS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6).filter(bool)


@given(COEFFICIENTS, COEFFICIENTS)
def test_any_formula_keeps_its_coefficients_exactly(first: Fraction, second: Fraction) -> None:
    formula = f"{'-' if first < 0 else ''}{abs(first)} * items {'-' if second < 0 else '+'} {abs(second)} * refused"
    catalogue = cm.Catalogue.from_dict(changed("indicator.items_a_decision.numerator", formula))
    printed = catalogue.indicator("items_a_decision").numerator
    assert coefficients(printed) == {"items": first, "refused": second}
    assert cm.Catalogue.from_toml(catalogue.toml()).indicator("items_a_decision").numerator == printed


def coefficients(formula: str) -> dict[str, Fraction]:
    terms = formula.replace(" - ", " + -").split(" + ")
    pairs = [
        term.rpartition(" * ") if " * " in term else (term[: -len(term.lstrip("-"))] + "1", "", term.lstrip("-"))
        for term in terms
    ]
    return {name: Fraction(number) for number, _, name in pairs}


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**9))
def test_any_q_reads_back_exactly(q: Fraction) -> None:
    catalogue = cm.Catalogue.from_dict(changed("indicator.slow_days.q", q))
    assert catalogue.indicator("slow_days").q == q
    assert cm.Catalogue.from_toml(catalogue.toml()).indicator("slow_days").q == q


# ---------------------------------------------------------------------------------------------------- the schema

SCHEMA: dict[str, Any] = json.loads(cm.catalogue_schema())


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in [schema, *schema["$defs"].values()]:
        yield from part.get("properties", {}).items()


def test_the_schema_is_one_and_has_a_valid_example_a_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for key, part in properties(SCHEMA):
        (example,) = part["examples"]
        validator = jsonschema.Draft202012Validator({"$defs": SCHEMA["$defs"], **part})
        assert validator.is_valid(example), key


def test_what_the_schema_allows_is_what_is_read_and_written() -> None:
    written = json.loads(cm.Catalogue.from_dict(EXAMPLE).json())
    jsonschema.validate(written, SCHEMA, jsonschema.Draft202012Validator)
    sections = {"": written, "calendar": written["calendar"], "languages": written["label"]}
    parts = {
        "table": written["table"].values(),
        "unit": written["unit"].values(),
        "lookup": written["unit"]["person"]["lookup"].values(),
        "hierarchy": [item["hierarchy"] for item in written["dimension"].values() if "hierarchy" in item],
        "column": written["table"]["arrests"]["columns"].values(),
        "dimension": written["dimension"].values(),
        "lead": written["lead"].values(),
        "aggregate": written["aggregate"],
        "indicator": written["indicator"],
        "version": [version for each in written["indicator"] for version in each.get("version", ())],
        "identity": written["identity"],
        **{name: [section] for name, section in sections.items()},
    }
    for name, items in parts.items():
        allowed = SCHEMA["$defs"][name] if name else SCHEMA
        assert {key for item in items for key in item} == set(allowed["properties"]), name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_catalogue_fits_the_schema(name: str) -> None:
    jsonschema.validate(json.loads(cm.Catalogue.shipped(name).json()), SCHEMA, jsonschema.Draft202012Validator)


MANUAL = (Path(__file__).parents[2] / "docs" / "reference" / "catalogue.md").read_text(encoding="utf-8")


def test_the_manual_shows_faults_as_they_are_told() -> None:
    faults, example = re.findall(r"```(?:toml|text)\n(.*?)```", MANUAL, flags=re.DOTALL)[:2]
    tree = tomllib.loads(example)
    tree["aggregate"][1]["where"] = "decison in @refusals"
    tree["indicator"][0] |= {"denominator": "aproved + refused", "decimal": 1}
    with pytest.raises(cm.DefinitionError) as caught:
        cm.Catalogue.from_dict(tree)
    assert f"{caught.value}\n" == faults


def test_the_manual_has_a_valid_catalogue_and_every_key() -> None:
    example, *_ = re.findall(r"```toml\n(.*?)```", MANUAL, flags=re.DOTALL)
    assert cm.Catalogue.from_toml(example).indicators == ["non_arrest_rate", "median_days"]
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", MANUAL.split("## At the top")[1]))))
    assert {key for key, _ in properties(SCHEMA)} - named - {"zh", "en"} == set()


def test_the_parts_of_the_second_catalogue_of_the_manual_make_one_that_counts() -> None:
    _, *parts = re.findall(r"```toml\n(.*?)```", MANUAL, flags=re.DOTALL)
    catalogue = cm.Catalogue.from_toml("schema = 1\n" + "".join(parts))
    reviews = {
        "case_id": ["1", "1", "1", "2"],
        "person_id": ["a", "a", "b", "c"],
        "office": ["410101", "410101", "410101", "420101"],
        "age": [17, 17, 40, 25],
        "outcome": ["prosecuted", "not_prosecuted", "not_prosecuted", None],
        "received_on": ["2024-02-07", "2024-02-08", "2024-02-08", "2024-02-09"],
        "decided_on": ["2024-02-19", "2024-02-20", "2024-02-19", None],
    }
    holidays = {"date": ["2024-02-12", "2024-02-18"], "works": [False, True]}  # a Monday off, a Sunday at work
    offices = {
        "code": ["41", "4101", "410101", "42", "4201", "420101"],
        "parent": [None, "41", "4101", None, "42", "4201"],
        "name": ["河南", "郑州", "东区", "湖北", "武汉", "江岸"],
    }
    cube = cm.Cube({"reviews": reviews, "holidays": holidays, "offices": offices}, catalogue, by=["office", "ages"])
    provinces = cube.table("prosecution_rate", by="province", period="2024-02").columns
    assert provinces["province"] == ["河南", "湖北"]
    assert provinces["numerator"] == [1, 0]
    assert provinces["denominator"] == [2, 0]
    ages = cube.table("in_time", by="ages", where="province == '河南'").columns
    assert ages["ages"] == ["<18", "≥35"]
    # 7 working days after 7 and 8 February: 8, 9, 13 to 16 and the 18th; 9, 13 to 16, 18 and 19
    assert ages["numerator"] == [0, 1]
    assert ages["denominator"] == [1, 1]
    cities = cube.table("prosecution_rate", by="province").drill(province="湖北").columns
    assert cities["city"] == ["武汉"]
    stocks = cube.table(
        ["pending", "decided_of_all", "pending_growth"], period="2024-02..2024-03", every="month"
    ).columns
    assert stocks["numerator"] == [1, 1, 2, 0, 1, 1]  # the one of 武汉 is pending at the end of both months
    assert stocks["denominator"] == [None, None, 3, 1, 0, 1]


# ---------------------------------------------------------------------------------------------------- in code


def test_definitions_in_code_are_gathered_with_what_they_need() -> None:
    items = cm.tally("案件活动数", unit="items", date="done_on")
    catalogue = cm.Catalogue.of(
        items,
        cm.proportion("不捕率", numerator=cm.col("decision") == "refused", unit="arrests", date="decided_on", min_n=10),
        cm.ratio("案-件比", numerator=items, denominator=cm.tally("件", unit="cases", date="received_on")),
        cm.total("挽回损失", "recovered", unit="cases"),
        cm.mean({"zh": "平均天数", "en": "Mean days"}, start="received_on", end="decided_on", unit="arrests"),
        cm.quantile("九成天数", start="received_on", end="decided_on", unit="arrests", q="9/10"),
    )
    assert catalogue.indicators == ["案件活动数", "不捕率", "案_件比", "挽回损失", "平均天数", "九成天数"]
    assert catalogue.tables == ["items", "arrests", "cases"]
    assert catalogue.indicator("九成天数").q == Fraction(9, 10)
    assert catalogue.label("平均天数", "en") == "Mean days"
    assert catalogue.columns("arrests") == ["decided_on", "decision", "received_on"]


def test_a_definition_is_a_value() -> None:
    first, second = (cm.tally("数", cm.col("a") == "x") for _ in range(2))
    assert first == second
    assert len({first, second}) == 1
    with pytest.raises(TypeError):
        first.indicator["id"] = "other"  # type: ignore[index]


def test_a_definition_that_cannot_be_is_refused() -> None:
    rate = cm.proportion("率", numerator="a == 'x'")
    with pytest.raises(cm.DefinitionError, match="'率' is a proportion: a ratio is of predicates, tallies and totals"):
        cm.ratio("比", numerator=rate, denominator="a == 'x'")
    with pytest.raises(cm.DefinitionError, match="not of both"):
        cm.mean("平均", column="a", start="b")
    with pytest.raises(cm.DefinitionError, match="two definitions need different aggregates of this id"):
        cm.Catalogue.of(cm.tally("数", "a == 'x'"), cm.ratio("比", numerator=cm.tally("数"), denominator="a == 'x'"))


def test_a_catalogue_grows_and_shrinks_by_value() -> None:
    catalogue = cm.Catalogue.from_dict(EXAMPLE)
    more = catalogue.with_(cm.tally("受理", unit="items"))
    assert more.indicators == [*catalogue.indicators, "受理"]
    assert more.with_(cm.tally("受理", "a == 'x'", unit="items")).indicators == more.indicators
    assert more.only(*catalogue.indicators).toml() == catalogue.only(*catalogue.indicators).toml()
    assert catalogue.only("items_a_decision").aggregates == ["refused", "approved", "items"]


def test_hashes_rest_on_what_is_counted_only() -> None:
    def hashes(tree: dict[str, Any]) -> tuple[str, str]:
        catalogue = cm.Catalogue.from_dict(tree)
        return catalogue.count_hash("refused"), catalogue.definition_hash("non_arrest_rate")

    before = hashes(EXAMPLE)
    for path in ["indicator.non_arrest_rate.label", "indicator.non_arrest_rate.note", "aggregate.refused.label"]:
        assert hashes(changed(path, "another")) == before
    assert hashes(changed("table.arrests.columns.decision.aliases", {})) == before
    assert hashes(changed("indicator.non_arrest_rate.evidence", "stated")) == before
    assert hashes(changed("aggregate.refused.where", "decision == 'refused_evidence'")) != before
    assert hashes(changed("aggregate.refused.applies_where", "age >= 14")) != before
    assert hashes(changed("list.refusals", ["refused_evidence"])) != before


# ---------------------------------------------------------------------------------------------------- shown


def test_a_catalogue_prints_a_list_of_its_indicators() -> None:
    assert str(cm.Catalogue.from_dict(EXAMPLE)).splitlines() == [
        "example  审查逮捕  Arrest review",
        "",
        "decisions         decisions         count         approved + refused",
        "non_arrest_rate   不捕率            proportion    refused / decisions",
        "slow_days         slow_days         quantile      duration, q = 9/10",
        "items_a_decision  items_a_decision  ratio         items / decisions",
        "carried_over      carried_over      stock         pending_persons",
        "digital           digital           contribution  digital, owen, @origin",
    ]
    assert str(cm.Catalogue.from_dict({"schema": 1, "id": "empty"})) == "empty\n"


def test_what_is_shown_is_harmless() -> None:
    tree = changed("indicator.non_arrest_rate.label", "<script>alert(1)</script>\x1b[31m\u202e")
    catalogue = cm.Catalogue.from_dict(tree)
    assert "<script>" not in catalogue._repr_html_()
    assert not {"\x1b", "\u202e"} & set(str(catalogue) + catalogue._repr_html_())
