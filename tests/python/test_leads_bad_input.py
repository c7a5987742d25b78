# SPDX-License-Identifier: Apache-2.0
"""What is wrong with leads, their sources, groups and questions is said: what, where, and what would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import casemetry as cm
import pytest
from lead_sites import GROUPS, LEAD_SET, cube, definitions, discovery_table, lead_table, log, tables
from oracle.leads import Lead

LEADS = [
    Lead("L1", log("m1", "hotline"), office="甲院", stages=(1, None, 60)),
    Lead("L2", log("manual"), office="乙院"),
]


def refused(error: type[Exception], call: Callable[[], object]) -> str:
    with pytest.raises(error) as raised:
        call()
    return str(raised.value)


def expect_says(message: str, *parts: str) -> None:
    for part in parts:
        assert part in message, message


def faults(**changes: Any) -> str:
    """Tell what is wrong with definitions after some changes."""
    return refused(cm.DefinitionError, lambda: cm.Catalogue.from_dict(definitions(**changes)))


# ----------------------------------------------------------------------------------------------------- the sources


def test_a_source_in_no_group_is_named_with_the_nearest() -> None:
    leads = [*LEADS, Lead("L3", log("m_2"))]
    expect_says(refused(cm.DataError, lambda: cube(leads)), "'m_2'", "'origin'", "'m2'", "rest")


def test_with_a_rest_no_source_is_unknown() -> None:
    leads = [*LEADS, Lead("L3", log("m_2"))]
    groups = {"digital": ["m1", "m2"], "rest": "traditional"}
    assert cube(leads, {"origin": groups}).contribution("traditional", rule="any", groups="origin").columns[
        "value"
    ] == [1]


def test_a_source_in_two_groups_is_named_with_both() -> None:
    groups = {"digital": ["m1", "m2"], "traditional": ["hotline", "m2"]}
    expect_says(faults(declared={"origin": groups}), "grouping.origin.traditional", "'m2'", "'digital'")
    expect_says(
        refused(cm.CasemetryError, lambda: cube(LEADS).contribution("digital", rule="owen", groups=groups)),
        "'m2'",
        "'digital'",
    )


def test_a_group_without_sources_is_named() -> None:
    groups = {"digital": [], "traditional": ["hotline"]}
    expect_says(faults(declared={"origin": groups}), "grouping.origin.digital", "without sources")
    expect_says(
        refused(cm.CasemetryError, lambda: cube(LEADS).contribution("digital", rule="owen", groups=groups)),
        "digital",
        "without sources",
    )


def test_leftovers_without_a_rest_are_named() -> None:
    groups = {"digital": ["m1"], "traditional": ["hotline"]}
    message = refused(
        cm.DataError,
        lambda: cm.contribution(
            discovery_table(LEADS), "digital", lead="lead_id", source="source", groups=groups, rule="owen"
        ),
    )
    expect_says(message, "'manual'", "'L2'", "hotline, m1", "rest")


def test_no_grouping_bears_the_name_of_the_identity() -> None:
    expect_says(faults(declared={"source": GROUPS}), "grouping.source")


def test_aliases_that_go_round_are_refused() -> None:
    made = definitions()
    made["table"]["discoveries"]["columns"]["source"] = {"type": "category", "aliases": {"m1": "m1b", "m1b": "m1"}}
    message = refused(cm.DefinitionError, lambda: cm.Catalogue.from_dict(made))
    expect_says(message, "table.discoveries.columns.source.aliases.m1", "'m1b'", "go round")


def test_a_renamed_source_is_one_source() -> None:
    made = definitions()
    made["table"]["discoveries"]["columns"]["source"] = {"type": "category", "aliases": {"m1 (2023)": "m1"}}
    leads = [Lead("L1", log("m1", "m1 (2023)", "hotline"))]
    built = cm.Cube(tables(leads), cm.Catalogue.from_dict(made))
    assert built.contribution("digital", rule="shapley", groups="origin").columns["value"] == [0.5]


def test_a_set_of_more_than_64_sources_is_refused() -> None:
    leads = [Lead("L1", log(*(f"s{number:02}" for number in range(65))))]
    rest = {"origin": {"digital": ["m1"], "rest": "others"}}
    expect_says(refused(cm.DataError, lambda: cube(leads, rest)), "64", "65")


def test_a_set_of_64_sources_is_not() -> None:
    leads = [Lead("L1", log(*(f"s{number:02}" for number in range(64))))]
    rest = {"origin": {"digital": ["s00"], "rest": "others"}}
    built = cube(leads, rest)
    assert built.contribution("digital", rule="shapley", groups="origin").columns["value"] == [1 / 64]


def test_more_than_65536_sources_are_refused() -> None:
    leads = [Lead(f"L{number}", log(f"s{number}")) for number in range(2**16 + 1)]
    rest = {"origin": {"digital": ["m1"], "rest": "others"}}
    expect_says(refused(cm.DataError, lambda: cube(leads, rest)), "65537", "65536")


# ------------------------------------------------------------------------------------------------------- the leads


def test_a_discovery_without_a_lead_is_refused_with_its_row() -> None:
    found = {"lead_id": ["L1", None], "source": ["m1", "m2"]}
    asked: dict[str, Any] = {"lead": "lead_id", "source": "source", "groups": GROUPS, "rule": "owen"}
    message = refused(cm.DataError, lambda: cm.contribution(found, "digital", **asked))
    expect_says(message, "'lead_id'", "row 2")


def test_a_discovery_of_a_lead_that_is_not_in_the_lead_table_is_told() -> None:
    """It counts for nothing: W is the lead table's."""
    found = {"lead_id": ["L1", "L9"], "source": ["m1", "m2"]}
    asked: dict[str, Any] = {"lead": "lead_id", "source": "source", "groups": GROUPS, "rule": "owen"}
    with pytest.warns(UserWarning, match="1 of 2"):
        result = cm.contribution(found, "digital", leads={"lead_id": ["L1"]}, **asked)
    assert result.columns["leads"] == [1]


def test_a_lead_that_stands_twice_in_the_lead_table_is_counted_once() -> None:
    found = {"lead_id": ["L1"], "source": ["m1"]}
    asked: dict[str, Any] = {"lead": "lead_id", "source": "source", "groups": GROUPS, "rule": "owen"}
    result = cm.contribution(found, "digital", leads={"lead_id": ["L1", "L1", "L2"]}, **asked)
    assert (result.columns["leads"], result.columns["unattributed"]) == ([2], [1])


def test_a_negative_value_is_refused_with_its_row() -> None:
    leads = [LEADS[0], Lead("L2", log("m1"), value=-5)]
    message = refused(cm.DataError, lambda: cube(leads, lead_set={**LEAD_SET, "value": "value"}))
    expect_says(message, "value", "-5")


def test_a_value_that_is_no_number_is_refused() -> None:
    expect_says(faults(lead_set={**LEAD_SET, "value": "office"}), "lead.supervision.value", "'office'")


def test_stages_that_stand_twice_or_have_no_date_are_refused() -> None:
    expect_says(faults(lead_set={**LEAD_SET, "stages": [["filed", "filed_on"], ["filed", "verified_on"]]}), "'filed'")
    expect_says(faults(lead_set={**LEAD_SET, "stages": [["filed", "office"]]}), "'office'", "date")
    expect_says(faults(lead_set={**LEAD_SET, "stages": [["filed", "file_on"]]}), "'file_on'", "'filed_on'")


def test_a_lead_set_needs_its_columns() -> None:
    expect_says(faults(lead_set={**LEAD_SET, "sources": "sorces"}), "lead.supervision.sources", "'sources'")
    expect_says(faults(lead_set={**LEAD_SET, "sources": "office"}), "lead.supervision.sources", "set")


# --------------------------------------------------------------------------------------------------- the questions

ASKED: Mapping[str, Any] = {"rule": "owen", "groups": "origin"}


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"rule": "shaply"}, ["'shaply'", "'shapley'"]),
        ({"groups": "orign"}, ["'orign'", "'origin'"]),
        ({"lead": "supervison"}, ["'supervison'", "'supervision'"]),
        ({"stage": "file"}, ["'file'", "'filed'"]),
        ({"over": "attribute"}, ["'attribute'", "attributed"]),
        ({"by": "ofice"}, ["'ofice'", "'office'"]),
        ({"every": "mnth"}, ["'mnth'", "month"]),
        ({"compare": "yearago", "period": "2024"}, ["'yearago'", "year_ago"]),
        ({"level": 1.5}, ["1.5", "level"]),
        ({"level": 0.0}, ["0", "level"]),
        ({"where": "ofice == '甲院'"}, ["ofice", "office"]),
    ],
)
def test_a_name_that_is_none_is_told_with_the_nearest(change: Mapping[str, Any], parts: list[str]) -> None:
    built = cube(LEADS, by="office", stages=["registered", "filed"])
    message = refused(cm.CasemetryError, lambda: built.contribution("digital", **{**ASKED, **change}))
    expect_says(message, *parts)


def test_a_group_that_is_none_is_told_with_the_nearest() -> None:
    expect_says(refused(cm.QueryError, lambda: cube(LEADS).contribution("digtal", **ASKED)), "'digtal'", "'digital'")


@pytest.mark.parametrize("missing", ["rule", "groups"])
def test_rule_and_groups_never_default(missing: str) -> None:
    asked: dict[str, Any] = {name: value for name, value in ASKED.items() if name != missing}
    message = refused(cm.QueryError, lambda: cube(LEADS).contribution("digital", **asked))
    expect_says(message, missing)


def test_a_rule_needs_the_sets_that_it_reads() -> None:
    lead_set = {"unit": "lead", "sources": "sources"}
    built = cube(LEADS, lead_set=lead_set)
    for rule, key in {"first": "first", "last": "last", "linear": "log"}.items():
        message = refused(cm.QueryError, lambda rule=rule: built.contribution("digital", rule=rule, groups="origin"))  # type: ignore[misc]
        expect_says(message, rule, key)


def test_of_several_lead_sets_one_is_named() -> None:
    made = definitions()
    made["lead"]["protest"] = {**LEAD_SET}
    built = cm.Cube(tables(LEADS), cm.Catalogue.from_dict(made))
    expect_says(refused(cm.QueryError, lambda: built.contribution("digital", **ASKED)), "protest", "supervision")
    assert built.contribution("digital", lead="protest", **ASKED).columns["leads"] == [2]


def test_a_catalogue_without_leads_says_what_a_contribution_needs() -> None:
    made = {"schema": 1, "table": {"leads": {}}, "aggregate": [{"id": "n", "unit": "leads"}]}
    built = cm.Cube({"leads": lead_table(LEADS)}, cm.Catalogue.from_dict(made))
    expect_says(refused(cm.QueryError, lambda: built.contribution("digital", **ASKED)), "lead")


def test_a_grouping_that_is_not_declared_is_no_option() -> None:
    expect_says(refused(cm.QueryError, lambda: cube(LEADS, groupings=["orign"])), "'orign'", "'origin'")


# ------------------------------------------------------------------------------------------------------ the claims

CLAIM: Mapping[str, Any] = {"rule": "owen", "groups": "origin", "over": 0.3, "years": ["2024"]}


@pytest.mark.parametrize("share", [0, 1, -0.1, 60])
def test_a_share_that_is_claimed_lies_between_none_and_all(share: float) -> None:
    built = cube(LEADS, stages=["registered"])
    expect_says(refused(cm.CasemetryError, lambda: built.claim("digital", **{**CLAIM, "over": share})), "0", "1")


def test_a_year_without_leads_is_named() -> None:
    built = cube(LEADS, stages=["registered"])
    message = refused(cm.CasemetryError, lambda: built.claim("digital", **{**CLAIM, "years": ["2024", "2025"]}))
    expect_says(message, "2025", "no leads")


def test_a_claim_names_its_years() -> None:
    built = cube(LEADS, stages=["registered"])
    expect_says(refused(cm.CasemetryError, lambda: built.claim("digital", **{**CLAIM, "years": []})), "year")
    expect_says(refused(cm.CasemetryError, lambda: built.claim("digital", **{**CLAIM, "years": ["24"]})), "'24'")


def test_a_claim_needs_leads_that_are_dated() -> None:
    built = cube(LEADS)
    expect_says(refused(cm.CasemetryError, lambda: built.claim("digital", **CLAIM)), "stage")


def test_a_claim_has_names_that_are_known() -> None:
    built = cube(LEADS, stages=["registered"])
    for change, nearest in (({"rule": "own"}, "'owen'"), ({"groups": "orgin"}, "'origin'")):
        expect_says(refused(cm.QueryError, lambda it=change: built.claim("digital", **{**CLAIM, **it})), nearest)  # type: ignore[misc]
