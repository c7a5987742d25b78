# SPDX-License-Identifier: Apache-2.0
"""Units as values: a definition carries the units that it counts, and they become the tree that TOML becomes."""

from __future__ import annotations

import pickle

import casemetry as cm
import pytest

PERSON = ["case_id", "person_id"]

TOML = """
schema = 1

[table.arrest_review]

[table.prosecution_review]

[unit.arrested_person]
label = "审查逮捕的人"
from = "arrest_review"
counts = "person"
one_row_per = ["case_id", "person_id"]
[unit.arrested_person.columns]
arrested = "any(decision in ['approved', 'decided'])"

[unit.concluded_person]
from = "prosecution_review"
one_row_per = ["case_id", "person_id"]
[unit.concluded_person.lookup.arrest]
from = "arrested_person"
on = ["case_id", "person_id"]
take = ["arrested"]
otherwise = { arrested = false }
duplicates = "unknown"
[unit.concluded_person.columns]
outcome = "only(outcome)"
concluded_on = "max(concluded_on)"

[[aggregate]]
id = "捕后不诉率_numerator"
unit = "concluded_person"
date = "concluded_on"
where = "outcome == 'not_prosecuted'"
applies_where = "arrested"

[[aggregate]]
id = "捕后不诉率_denominator"
unit = "concluded_person"
date = "concluded_on"
applies_where = "arrested"

[[indicator]]
id = "捕后不诉率"
label = "捕后不诉率"
kind = "proportion"
numerator = "捕后不诉率_numerator"
denominator = "捕后不诉率_denominator"
mature_after = 30
"""

ARRESTED = cm.unit(
    "arrested_person",
    label="审查逮捕的人",
    from_="arrest_review",
    counts="person",
    one_row_per=PERSON,
    columns={"arrested": "any(decision in ['approved', 'decided'])"},
)
CONCLUDED = cm.unit(
    "concluded_person",
    from_="prosecution_review",
    one_row_per=PERSON,
    lookups={
        "arrest": {
            "from": ARRESTED,
            "on": PERSON,
            "take": ["arrested"],
            "otherwise": {"arrested": False},
            "duplicates": "unknown",
        }
    },
    columns={"outcome": "only(outcome)", "concluded_on": cm.expression("max(concluded_on)")},
)
RATE = cm.proportion(
    "捕后不诉率",
    numerator=cm.col("outcome") == "not_prosecuted",
    applies_where="arrested",
    unit=CONCLUDED,
    date="concluded_on",
    mature_after=30,
)


def test_code_and_toml_are_the_same_tree() -> None:
    assert cm.Catalogue.of(RATE) == cm.Catalogue.from_toml(TOML)


def test_a_definition_brings_the_units_it_counts_and_those_they_are_made_from() -> None:
    catalogue = cm.Catalogue.of(RATE)
    assert catalogue.units == ["arrested_person", "concluded_person"]
    assert catalogue.tables == ["arrest_review", "prosecution_review"]


def test_a_unit_can_stand_alone() -> None:
    assert cm.Catalogue.of(CONCLUDED).units == ["arrested_person", "concluded_person"]
    assert cm.Catalogue.of(CONCLUDED).indicators == []


def test_definitions_share_a_unit() -> None:
    catalogue = cm.Catalogue.of(RATE, cm.tally("审结人数", unit=CONCLUDED, date="concluded_on"), ARRESTED)
    assert catalogue.units == ["arrested_person", "concluded_person"]


def test_a_unit_from_a_unit_brings_it() -> None:
    late = cm.unit("late", from_=ARRESTED, columns={"late": "not arrested"})
    assert cm.Catalogue.of(cm.tally("数", "late", unit=late)).tables == ["arrest_review"]


def test_a_catalogue_that_has_the_unit_needs_its_name_only() -> None:
    more = cm.Catalogue.from_toml(TOML).with_(cm.tally("审结人数", unit="concluded_person"))
    assert more.tables == ["arrest_review", "prosecution_review"]
    assert more.indicators == ["捕后不诉率", "审结人数"]


def test_a_unit_given_to_a_catalogue_replaces_that_of_its_name() -> None:
    other = cm.unit(
        "arrested_person",
        from_="arrest_review",
        one_row_per=PERSON,
        columns={"arrested": "all(decided)"},
    )
    assert "all(decided)" in cm.Catalogue.of(RATE).with_(other).toml()


def test_two_units_of_one_name_are_refused() -> None:
    cases = [cm.unit("case", from_="arrests", one_row_per=key) for key in ("case_id", "case_no")]
    with pytest.raises(cm.DefinitionError, match=r"unit\.case: two definitions need different units"):
        cm.Catalogue.of(*(cm.tally(f"数{place}", unit=case) for place, case in enumerate(cases)))


def test_a_fault_of_a_unit_in_code_has_its_path() -> None:
    unit = cm.unit("case", from_="arrests", one_row_per="case_id", columns={"office": "onyl(office)"})
    with pytest.raises(cm.DefinitionError, match=r"unit\.case\.columns\.office"):
        cm.Catalogue.of(unit)


def test_a_lookup_that_names_no_source_is_told() -> None:
    unit = cm.unit("case", from_="arrests", lookups={"arrest": {"on": ["case_id"]}})
    with pytest.raises(cm.DefinitionError, match=r"unit\.case\.lookup\.arrest"):
        cm.Catalogue.of(unit)


def test_found_of_a_lookup_that_is_none_is_told_before_the_tables_are_known() -> None:
    unit = cm.unit(
        "person",
        from_="charges",
        one_row_per=PERSON,
        lookups={"arrest": {"from": "arrests", "on": PERSON, "take": ["arrested"]}},
        columns={"held": "found(arest) and arrested"},  # of what type `arrested` is, only the table knows
    )
    with pytest.raises(cm.DefinitionError, match=r"unit\.person\.columns\.held: there is no lookup 'arest'"):
        cm.Catalogue.of(unit)


def test_units_definitions_and_catalogues_are_values_that_travel() -> None:
    assert pickle.loads(pickle.dumps(CONCLUDED)) == CONCLUDED
    assert pickle.loads(pickle.dumps(RATE)) == RATE
    assert pickle.loads(pickle.dumps(cm.Catalogue.of(RATE))) == cm.Catalogue.of(RATE)
    assert repr(CONCLUDED) == "Unit(concluded_person: from prosecution_review)"
    assert len({ARRESTED, CONCLUDED, pickle.loads(pickle.dumps(ARRESTED))}) == 2
    with pytest.raises(TypeError):
        CONCLUDED.fields["from"] = "other"  # type: ignore[index]


def test_what_is_pending_in_code() -> None:
    catalogue = cm.Catalogue.of(cm.stock("期初未结", opened="received_on", closed="decided_on", at="opening"))
    indicator = catalogue.indicator("期初未结")
    assert (indicator.kind, indicator.of, indicator.at) == ("stock", "期初未结_pending", "opening")
    assert catalogue.columns("cases") == ["decided_on", "received_on"]
