# SPDX-License-Identifier: Apache-2.0
"""Bands and hierarchies against counts row by row; questions by level; going down."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import casemetry as cm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

DEFINITIONS: dict[str, Any] = {
    "schema": 1,
    "table": {
        "cases": {"columns": {"office": {"type": "category"}, "age": {"type": "integer"}}},
        "offices": {},
    },
    "dimension": {
        "office": {"hierarchy": {"table": "offices", "levels": ["province", "city"]}},
        "ages": {"from": {"cases": "age"}, "bands": [0, 18, 25]},
    },
    "aggregate": [{"id": "cases", "unit": "cases"}],
    "indicator": [{"id": "filed", "kind": "count", "of": "cases"}],
}

PARENT = {"41": None, "4101": "41", "410101": "4101", "410102": "4101", "42": None, "4201": "42", "420101": "4201"}
OFFICES = {"code": list(PARENT), "parent": list(PARENT.values()), "name": [f"院{code}" for code in PARENT]}

rows = st.lists(
    st.tuples(st.sampled_from([*PARENT, "99", None]), st.one_of(st.none(), st.integers(-2, 40))),
    min_size=1,
    max_size=60,
)


def catalogue_with(**hierarchy: Any) -> cm.Catalogue:
    definitions = copy.deepcopy(DEFINITIONS)
    definitions["dimension"]["office"]["hierarchy"] = hierarchy
    return cm.Catalogue.from_dict(definitions)


def cube_of(cases: list[tuple[str | None, int | None]]) -> cm.Cube:
    data = {"office": [office for office, _ in cases], "age": [age for _, age in cases]}
    return cm.Cube({"cases": data, "offices": OFFICES}, cm.Catalogue.from_dict(DEFINITIONS), by=["office", "ages"])


def counted(result: cm.Result) -> dict[tuple[str | None, ...], int]:
    columns = result.columns
    names = list(columns)
    dimensions = [columns[name] for name in names[1 : names.index("period")]]
    cells = zip(*dimensions, strict=True)
    return dict(zip(cells, (int(value) for value in columns["value"]), strict=True))


def band(age: int | None) -> str | None:
    if age is None:
        return None
    return "<0" if age < 0 else "0–17" if age < 18 else "18–24" if age < 25 else "≥25"


def at_level(office: str | None, level: int) -> str | None:
    """Walk up row by row: what stands at the level, by its name."""
    if office is None or office not in PARENT:
        return office
    way = [office]
    while (parent := PARENT[way[0]]) is not None:
        way.insert(0, parent)
    return f"院{way[min(level, len(way) - 1)]}"


@given(rows)
@settings(max_examples=60, deadline=None)
def test_bands_and_levels_count_what_a_walk_over_the_rows_counts(cases: list[tuple[str | None, int | None]]) -> None:
    cube = cube_of(cases)
    assert counted(cube.table(by="ages")) == Counter((band(age),) for _, age in cases)
    for level, name in enumerate(["province", "city"]):
        expected = Counter((at_level(office, level), band(age)) for office, age in cases)
        assert counted(cube.table(by=[name, "ages"])) == expected


@given(rows)
@settings(max_examples=30, deadline=None)
def test_going_down_finds_all_units_of_the_cell(cases: list[tuple[str | None, int | None]]) -> None:
    provinces = cube_of(cases).table(by="province")
    for (label,), units in counted(provinces).items():
        cities = provinces.drill(province=label)
        assert sum(counted(cities).values()) == units
        for (city,), inside in counted(cities).items():
            assert sum(counted(cities.drill(city=city)).values()) == inside


def test_labels_stand_in_order_with_what_is_unlisted_last() -> None:
    cube = cube_of([("99", 3), ("420101", 30), ("41", -1), (None, None), ("410102", 18)])
    assert cube.dimensions["ages"] == ["<0", "0–17", "18–24", "≥25"]
    assert cube.dimensions["office"] == ["41", "410102", "420101", "99"]
    assert cube.levels == {"province": ["41", "42", "99"], "city": ["41", "4101", "4201", "99"]}
    columns = cube.table(by="province").columns
    assert columns["province"] == ["院41", "院42", "99", None]
    assert columns["status"] == ["ok", "ok", "unlisted", "ok"]


def test_a_saved_cube_answers_without_its_tables() -> None:
    import pickle

    cube = cube_of([("410101", 3), ("420101", 30), ("99", 1)])
    table = cube.table(by="city", compare="parent").columns
    for again in [pickle.loads(pickle.dumps(cube)), cm.Cube.from_arrow(cube.to_arrow())]:
        assert again == cube
        assert again.table(by="city", compare="parent").columns == table


@pytest.mark.parametrize(
    ("offices", "message"),
    [
        ({"code": ["1", "1"], "parent": [None, None]}, "code '1' stands twice"),
        ({"code": ["1"], "parent": ["2"]}, "code '1' is under '2', which is no code"),
        ({"code": ["1", "2"], "parent": ["2", "1"]}, "code '1' is above itself: 1 → 2 → 1"),
        ({"code": ["1", None], "parent": [None, "1"]}, "row 2: no code"),
    ],
)
def test_a_table_that_is_no_hierarchy_is_refused(offices: dict[str, Any], message: str) -> None:
    with pytest.raises(cm.DataError, match=message):
        cm.Cube(
            {"cases": {"office": ["1"], "age": [1]}, "offices": offices},
            cm.Catalogue.from_dict(DEFINITIONS),
            by="office",
        )


def test_codes_may_be_numbers_in_a_file() -> None:
    offices = {"code": [41, 4101], "parent": [None, 41]}
    cube = cm.Cube(
        {"cases": {"office": ["4101"], "age": [1]}, "offices": offices},
        catalogue_with(table="offices", levels=["province"]),
        by="office",
    )
    assert cube.table(by="province").columns["province"] == ["41"]


def test_levels_by_prefixes_need_no_table() -> None:
    cube = cm.Cube(
        {"cases": {"office": ["410101", "410201", "42"], "age": [1, 2, 3]}},
        catalogue_with(prefixes=[2, 4], levels=["province", "city"]),
        by="office",
    )
    assert counted(cube.table(by="province")) == {("41",): 2, ("42",): 1}
    assert cube.table(by="city").columns["status"] == ["ok", "ok", "unlisted"]


def test_a_result_of_no_cube_has_nothing_below() -> None:
    cube = cube_of([("410101", 3)])
    with pytest.raises(cm.QueryError, match="no level below"):
        cube.table(by="ages").drill(ages="0–17")
    with pytest.raises(cm.QueryError, match="not by 'city'"):
        cube.table(by="province").drill(city="4101")


def test_units_that_call_a_dimension_differently_share_it_and_one_without_it_is_not_available() -> None:
    catalogue = cm.Catalogue.from_dict(
        {
            "schema": 1,
            "table": {"arrests": {}, "reviews": {}},
            "unit": {
                "arrested": {"from": "arrests", "one_row_per": ["person"], "columns": {"office": "only(office)"}},
                "reviewed": {"from": "reviews", "one_row_per": ["person"], "columns": {"code": "only(unit_code)"}},
            },
            "dimension": {
                "office": {
                    "from": {"arrested": "office", "reviewed": "code"},
                    "hierarchy": {"prefixes": [2], "levels": ["province"]},
                },
                "charge": {"from": {"arrests": "charge"}},
            },
            "aggregate": [
                {"id": "arrested", "unit": "arrested"},
                {"id": "reviewed", "unit": "reviewed"},
                {"id": "charges", "unit": "arrests"},
            ],
            "indicator": [{"id": name, "kind": "count", "of": name} for name in ["arrested", "reviewed", "charges"]],
        }
    )
    tables = {
        "arrests": {"person": [1, 1, 2], "office": ["4101", "4101", "4201"], "charge": ["a", "b", "a"]},
        "reviews": {"person": [1, 3], "unit_code": ["4102", "4201"]},
    }
    cube = cm.Cube(tables, catalogue, by=["office", "charge"])
    assert cube.dimensions["office"] == ["4101", "4102", "4201"]
    result = cube.table(by="province")
    columns = result.columns
    rows = zip(columns["indicator"], columns["province"], columns["value"], columns["status"], strict=True)
    assert list(rows) == [
        ("arrested", "41", 1, "ok"),
        ("arrested", "42", 1, "ok"),
        ("reviewed", "41", 1, "ok"),
        ("reviewed", "42", 1, "ok"),
        ("charges", "41", None, "not_available"),
        ("charges", "42", None, "not_available"),
    ]
    assert "'arrests' has no dimension 'province'" in result.metadata["not_available"]
