# SPDX-License-Identifier: Apache-2.0
"""The columns of sets that a lead set declares: what counts in them, and what they must have in common."""

from __future__ import annotations

from typing import Any

import casemetry as cm
import pytest

GROUPING = {"digital": ["m"], "rest": "traditional"}


def cube_of_sets(sources: list[list[str]], **columns: Any) -> cm.Cube:
    """Build the cube of leads whose sources are given; `columns` are set columns under their keys."""
    data = {"sources": sources, **columns}
    made = {
        "schema": 1,
        "id": "sets",
        "table": {"leads": {"columns": {name: {"type": "set"} for name in data}}},
        "lead": {"supervision": {"unit": "leads", **{name: name for name in data}}},
        "grouping": {"origin": GROUPING},
    }
    return cm.Cube({"leads": data}, cm.Catalogue.from_dict(made))


def share(cube: cm.Cube, rule: Any) -> Any:
    return cube.contribution("digital", rule=rule, groups="origin").columns["value"][0]


# ---------------------------------------------------------------------------------------------------------- repeats


@pytest.mark.parametrize(("rule", "value"), [("any", 1), ("exclusive", 0.5), ("shapley", 0.75), ("owen", 0.75)])
def test_a_source_that_repeats_counts_once_for_rules_of_sets(rule: str, value: float) -> None:
    assert share(cube_of_sets([["m"], ["h", "m", "m"]]), rule) == value


@pytest.mark.parametrize("rule", ["first", "last"])
def test_a_source_that_repeats_counts_once_at_a_time(rule: str) -> None:
    once = cube_of_sets([["m"], ["h", "m"]], **{rule: [["m"], ["h", "m", "m"]]})
    assert share(once, rule) == 0.75


def test_only_the_log_is_counted_with_its_repeats() -> None:
    assert share(cube_of_sets([["m"], ["h", "m"]], log=[["m"], ["h", "m", "m"]]), "linear") == pytest.approx(5 / 6)


def test_a_source_that_repeats_overlaps_with_others_once() -> None:
    overlap = cube_of_sets([["m"], ["h", "m", "m"], ["m", "h"]]).overlap()
    assert overlap.pairs["both"] == [2]


# ---------------------------------------------------------------------------------------------------------- aliases

FOUND = {"lead_id": ["1", "2", "2"], "source": ["m_old", "m_new", "hotline"]}


def renamed(grouping: dict[str, Any], tables: dict[str, Any] | None = None) -> cm.Cube:
    """Build the cube of two leads, found by a model under its old and its new name."""
    source = {"type": "category", "aliases": {"m_old": "m_new"}}
    made = {
        "schema": 1,
        "id": "renamed",
        "table": {
            "discoveries": {"columns": {"lead_id": {"type": "text"}, "source": source}},
            **{name: {"columns": {"source": {"type": "text"}, "group": {"type": "text"}}} for name in tables or {}},
        },
        "unit": {"lead": {"from": "discoveries", "one_row_per": ["lead_id"], "columns": {"found_by": "set(source)"}}},
        "lead": {"supervision": {"unit": "lead", "sources": "found_by"}},
        "grouping": {"origin": grouping},
    }
    return cm.Cube({"discoveries": FOUND, **(tables or {})}, cm.Catalogue.from_dict(made))


@pytest.mark.parametrize("listed", [["m_old"], ["m_new"], ["m_old", "m_new"]])
def test_a_group_that_lists_a_source_by_its_old_name_has_it(listed: list[str]) -> None:
    assert share(renamed({"digital": listed, "rest": "traditional"}), "shapley") == 0.75
    asked = renamed(GROUPING).contribution("d", rule="shapley", groups={"d": listed, "others": ...})
    assert asked.columns["value"] == [0.75]


def test_a_table_that_tells_the_group_of_an_old_name_tells_it_of_the_new_one() -> None:
    groups = {"source": ["m_old"], "group": ["digital"]}
    assert share(renamed({"table": "models", "rest": "traditional"}, {"models": groups}), "shapley") == 0.75


def test_two_names_of_one_source_are_in_one_group() -> None:
    with pytest.raises(cm.DefinitionError, match=r"'m_new' is in 'digital' already"):
        renamed({"digital": ["m_old"], "traditional": ["m_new", "hotline"]})


# ---------------------------------------------------------------------------------------------------------- lookups


def test_leads_made_from_discoveries_do_not_tell_those_without_a_source() -> None:
    """Also where they look their sources up: W is known where leads stand in a table of their own."""
    lookup = {"from": "discovered", "on": ["lead_id"], "take": ["sources"], "otherwise": {"sources": []}}
    made = {
        "schema": 1,
        "id": "looked_up",
        "table": {"discoveries": {"columns": {"lead_id": {"type": "text"}, "source": {"type": "category"}}}},
        "unit": {
            "discovered": {"from": "discoveries", "one_row_per": ["lead_id"], "columns": {"sources": "set(source)"}},
            "lead": {"from": "discoveries", "one_row_per": ["lead_id"], "lookup": {"found": lookup}},
        },
        "lead": {"supervision": {"unit": "lead", "sources": "sources"}},
        "grouping": {"origin": {"digital": ["m_new"], "rest": "traditional"}},
    }
    built = cm.Cube({"discoveries": FOUND}, cm.Catalogue.from_dict(made))
    result = built.contribution("digital", rule="any", groups="origin")
    assert result.metadata["leads_known"] == "false"
    assert (result.columns["leads"], result.columns["unattributed"]) == ([None], [None])


def looked_up(otherwise: list[str], first: str = "earliest(source by found_on)") -> cm.Catalogue:
    """Define leads that look up two sets of their discoveries; those of `otherwise` are empty where there is none."""
    empty: dict[str, list[str]] = {name: [] for name in otherwise}
    lookup = {"from": "discovered", "on": ["lead_id"], "take": ["sources", "first"], "otherwise": empty}
    key = {"lead_id": {"type": "text"}}
    found = {"source": {"type": "category"}, "found_on": {"type": "date"}, "valid": {"type": "boolean"}}
    columns = {"sources": "set(source where valid)", "first": first}
    return cm.Catalogue.from_dict(
        {
            "schema": 1,
            "id": "looked_up",
            "table": {"leads": {"columns": key}, "discoveries": {"columns": {**key, **found}}},
            "unit": {
                "discovered": {"from": "discoveries", "one_row_per": ["lead_id"], "columns": columns},
                "lead": {"from": "leads", "lookup": {"found": lookup}},
            },
            "lead": {"supervision": {"unit": "lead", "sources": "sources", "first": "first"}},
        }
    )


def test_sets_of_other_discoveries_are_refused() -> None:
    both = ["sources", "first"]
    with pytest.raises(cm.DefinitionError, match=r"lead.supervision.first: 'first' is made of other discoveries"):
        looked_up(both)
    assert looked_up(both, "earliest(source by found_on where valid)").leads == ["supervision"]


def test_sets_that_are_empty_for_other_leads_are_refused() -> None:
    first = "earliest(source by found_on where valid)"
    message = "where the lookup finds nothing, 'sources' is empty and 'first' is missing"
    with pytest.raises(cm.DefinitionError, match=message):
        looked_up(["sources"], first)
    assert looked_up([], first).leads == ["supervision"]
