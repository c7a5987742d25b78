# SPDX-License-Identifier: Apache-2.0
"""A layout says which indicators stand on which line; all of its faults are told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import casemetry as cm
import pytest


def tree(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"schema": 1, "title": "月报", "section": [{"title": "一", "lines": list(lines)}], **more}


def faults(layout: dict[str, Any]) -> list[str]:
    with pytest.raises(cm.DefinitionError) as caught:
        cm.Layout.from_dict(layout).check(cm.Catalogue.shipped("spp"))
    return [f"{fault.path}: {fault.message}" for fault in caught.value.faults]


def test_the_shipped_layout_names_only_what_its_catalogue_has() -> None:
    layout = cm.Layout.shipped("spp")
    layout.check(cm.Catalogue.shipped("spp"))
    assert len(layout.sections) == 15


def test_every_rate_of_the_catalogue_stands_on_a_line() -> None:
    catalogue = cm.Catalogue.shipped("spp")
    rates = {name for name in catalogue.indicators if catalogue.indicator(name).kind in ("proportion", "ratio")}
    assert rates <= set(cm.Layout.shipped("spp").indicators)


def test_a_line_has_cases_and_persons_or_one_figure() -> None:
    [section] = cm.Layout.from_dict(tree({"of": ["refused_cases", "refused"]}, {"of": "non_arrest_rate"})).sections
    assert [line.of for line in section.lines] == [("refused_cases", "refused"), ("non_arrest_rate",)]


def test_unknown_names_are_told_with_their_place_and_the_nearest_name() -> None:
    lines = (
        {"of": "non_arest_rate"},
        {"of": "refused", "by": "ofice"},
        {"of": "refused", "where": {"charge_class": "dutty"}},
    )
    assert faults(tree(*lines)) == [
        "section #1, line #1: no indicator 'non_arest_rate'; did you mean 'non_arrest_rate'?",
        "section #1, line #2: no dimension 'ofice'; did you mean 'office'?",
        "section #1, line #3: 'charge_class' has no value 'dutty'; did you mean 'duty'?",
    ]


def test_faults_of_the_form_are_told_at_once() -> None:
    wrong = {
        "schema": 2,
        "titel": "月报",
        "section": [
            {
                "title": {"de": "x"},
                "lines": [{"of": []}, {"of": "refused", "level": 9, "where": {}, "by": "office"}, {"lable": "x"}],
            }
        ],
    }
    told = faults(wrong)
    assert told[:3] == [
        ": unknown key 'titel'; did you mean 'title'?",
        "schema: should be 1, the form of layouts that is read here, and is 2",
        "title: should be the title of the table: '…' or { zh = '…', en = '…' }",
    ]
    assert [each.partition(": ")[0] for each in told[3:]] == [
        "section #1.title",
        "section #1, line #1.of",
        "section #1, line #2",
        "section #1, line #2.level",
        "section #1, line #2.where",
        "section #1, line #3",
        "section #1, line #3.of",
    ]


def test_a_file_that_is_not_toml_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("schema = ", encoding="utf-8")
    with pytest.raises(cm.DefinitionError, match="not TOML"):
        cm.Layout.load(tmp_path / "a.toml")
    with pytest.raises(cm.SchemaError, match="no such file"):
        cm.Layout.load(tmp_path / "b.toml")


def test_a_catalogue_without_a_layout_says_what_to_do() -> None:
    with pytest.raises(cm.QueryError, match="layout="):
        cm.Layout.shipped("leads")
