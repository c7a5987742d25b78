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
