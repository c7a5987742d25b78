# SPDX-License-Identifier: Apache-2.0
"""The cube as a value: the same however it is added, taken apart, saved, sent; and refused where it would be wrong."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import json
import operator
import pickle
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import casemetry as cm
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from casemetry.datasets import synthetic_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import csv

CATALOGUE = cm.Catalogue.from_dict(
    {
        "schema": 1,
        "table": {
            "cases": {
                "columns": {
                    "case_id": {"type": "text"},
                    "office": {"type": "category"},
                    "decision": {"type": "category", "values": ["refused", "approved"]},
                    "decided_on": {"type": "date"},
                    "filed_on": {"type": "date"},
                    "amount": {"type": "decimal(2)"},
                }
            }
        },
        "aggregate": [
            {"id": "refused", "unit": "cases", "date": "decided_on", "where": "decision == 'refused'"},
            {"id": "decided", "unit": "cases", "date": "decided_on", "where": "not is_null(decision)"},
            {"id": "all", "unit": "cases"},
            {"id": "recovered", "kind": "sum", "unit": "cases", "date": "filed_on", "column": "amount"},
            {"id": "took", "kind": "days", "unit": "cases", "start": "filed_on", "end": "decided_on"},
            {"id": "open", "kind": "pending", "unit": "cases", "opened": "filed_on", "closed": "decided_on"},
        ],
        "indicator": [
            {"id": "rate", "kind": "proportion", "numerator": "refused", "denominator": "decided"},
            {"id": "cases", "kind": "count", "of": "all"},
            {"id": "mean", "kind": "mean", "of": "recovered"},
            {"id": "median", "kind": "quantile", "of": "took", "q": 0.5},
            {"id": "pending", "kind": "stock", "of": "open"},
        ],
    }
)
BY = ["office", "decision"]

Row = tuple[Any, ...]
COLUMNS = ("case_id", "office", "decision", "decided_on", "filed_on", "amount")

days = st.none() | st.dates(dt.date(2023, 12, 30), dt.date(2024, 3, 2))
rows = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"),
        st.sampled_from(["甲", "乙", "丙", None]),
        st.sampled_from(["refused", "approved", "withdrawn", None]),
        days,
        days,
        st.none() | st.sampled_from(["0.50", "12.25", "-3"]),
    ),
    max_size=50,
)


def cube_of(some: list[Row], **options: Any) -> cm.Cube:
    columns = {name: [row[i] for row in some] for i, name in enumerate(COLUMNS)}
    return cm.Cube({"cases": columns}, CATALOGUE, **({"by": BY} | options))


def total(cubes: list[cm.Cube]) -> cm.Cube:
    return functools.reduce(operator.add, cubes)


# --------------------------------------------------------------------------------------------------------- the same


@given(rows, st.data())
@settings(max_examples=50)
def test_any_partition_added_in_any_order_is_the_whole(some: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.lists(st.integers(0, 4), min_size=len(some), max_size=len(some)))
    parts = [cube_of([row for row, part in zip(some, place, strict=True) if part == number]) for number in range(5)]
    whole = cube_of(some)
    assert total(data.draw(st.permutations(parts))).fingerprint == whole.fingerprint
    one, two, three, four, five = parts
    assert (one + (two + three)) + (four + five) == whole
    assert bytes(total(parts).keep(whole.aggregates)) == bytes(whole.keep(whole.aggregates))


@given(rows, rows)
@settings(max_examples=30)
def test_adding_and_taking_away_a_month_of_plain_rows_changes_nothing(before: list[Row], month: list[Row]) -> None:
    flows = ["refused", "decided", "all", "recovered", "took"]  # what is pending stands at one day
    cube = cube_of(before, as_of="2024-01-31").keep(flows)
    later = cube_of(month, as_of="2024-02-29").keep(flows)
    again = cube
    again += later
    assert again.as_of == dt.date(2024, 2, 29)
    again -= later
    assert again == cube
    assert again.fingerprint == cube.fingerprint
    assert hash(again) == hash(cube)
    assert again.dimensions == cube.dimensions
    assert again.rows == cube.rows


CASES = cm.Catalogue.from_dict(
    {
        "schema": 1,
        "table": {
            "rows": {"columns": {"case": {"type": "text"}, "person": {"type": "text"}, "charge": {"type": "category"}}},
            "courts": {"columns": {"case": {"type": "text"}, "court": {"type": "category"}}},
        },
        "unit": {
            "person": {
                "from": "rows",
                "one_row_per": ["case", "person"],
                "columns": {"theft": "any(charge == '盗窃')", "charge": "only(charge)"},
            },
            "case": {
                "from": "person",
                "one_row_per": ["case"],
                "lookup": {"court": {"from": "courts", "on": ["case"], "take": ["court"]}},
                "columns": {"persons": "count(true)"},
            },
        },
        "aggregate": [
            {"id": "persons", "unit": "person"},
            {"id": "thieves", "unit": "person", "where": "theft"},
            {"id": "cases", "unit": "case"},
            {"id": "large", "unit": "case", "where": "persons >= 2"},
        ],
        "indicator": [{"id": "share", "kind": "proportion", "numerator": "thieves", "denominator": "persons"}],
    }
)

charges = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz"), st.sampled_from(["盗窃", "诈骗", None])), max_size=40
)


@given(charges, st.lists(st.integers(0, 2), min_size=6, max_size=6), st.permutations([0, 1, 2]))
@settings(max_examples=50)
def test_any_partition_that_splits_no_unit_is_the_whole(some: list[Row], places: list[int], order: list[int]) -> None:
    part_of = dict(zip("abcdef", places, strict=True))
    courts = [(case, court) for case, court in zip("abcde", "南北南北南", strict=True)]

    def cube(number: int | None) -> cm.Cube:
        here = [row for row in some if number is None or part_of[row[0]] == number]
        found = [row for row in courts if number is None or part_of[row[0]] == number]
        tables = {
            "rows": dict(zip(("case", "person", "charge"), columns_of(here, 3), strict=True)),
            "courts": dict(zip(("case", "court"), columns_of(found, 2), strict=True)),
        }
        return cm.Cube(tables, CASES, by=["charge", "court"], partitioned_by="case", part=str(number))

    assert total([cube(number) for number in order]).fingerprint == cube(None).fingerprint


def columns_of(some: list[Row], width: int) -> list[list[Any]]:
    return [[row[i] for row in some] for i in range(width)]


@given(rows)
@settings(max_examples=30)
def test_a_fingerprint_does_not_depend_on_the_order_of_rows(some: list[Row]) -> None:
    assert cube_of(some[::-1]).fingerprint == cube_of(some).fingerprint


def test_a_fingerprint_does_not_depend_on_threads_morsels_and_order() -> None:
    cases = synthetic_cases(30_000, rng=11).cases
    catalogue = cm.Catalogue.shipped("spp")
    order = list(range(cases.num_rows))
    prints = set()
    for threads in (1, 2, 3, 7):
        random.Random(threads).shuffle(order)
        table = cm.read(cases.take(order), name="arrest_review")
        core = cm._core.build(
            {"arrest_review": table._core}, catalogue._core, by=["city", "charge"], threads=threads, morsel=500
        )  # 60 morsels
        prints.add(core.fingerprint())
    assert len(prints) == 1


def test_a_cube_of_other_counts_is_another() -> None:
    row = ("a", "甲", "refused", None, None, None)
    assert cube_of([row]) != cube_of([row, row])
    assert cube_of([row]) != 1
    assert len({cube_of([row]), cube_of([row]), cube_of([row, row])}) == 2


# ---------------------------------------------------------------------------------------------------------- smaller


@given(rows, st.sampled_from([[], ["office"], ["decision"], ["decision", "office"]]))
@settings(max_examples=30)
def test_rolled_up_is_as_if_built_by_fewer_dimensions(some: list[Row], by: list[str]) -> None:
    assert cube_of(some).roll_up(by) == cube_of(some, by=by)


def test_keep_leaves_what_still_can_be_computed() -> None:
    cube = cube_of([("a", "甲", "refused", dt.date(2024, 1, 2), None, None)])
    kept = cube.keep(["refused", "decided"])
    assert kept.aggregates == ["decided", "refused"]
    assert kept.catalogue.indicators == ["rate"]
    assert kept.table().columns["value"] == [1.0]
    assert cube.keep("refused").catalogue.indicators == []


def test_cubes_of_different_definitions_add_after_keeping_what_they_share() -> None:
    more = CATALOGUE.with_(cm.tally("extra", unit="cases", where="office == '甲'"))
    row = ("a", "甲", "refused", dt.date(2024, 1, 2), None, None)
    cube = cube_of([row])
    columns = {name: [row[i]] for i, name in enumerate(COLUMNS)}
    other = cm.Cube({"cases": columns}, more, by=BY)
    with pytest.raises(cm.MergeError, match=r"only the right has: 'extra_counted'.*keep\(\["):
        cube + other
    assert (cube + other.keep(cube.aggregates)).table("cases").columns["value"] == [2]


# ---------------------------------------------------------------------------------------------------------- refused


def test_a_part_is_added_once_and_taken_away_once() -> None:
    row = ("a", "甲", "refused", None, None, None)
    east, west = (cube_of([row], part=name) for name in ("东区", "西区"))
    both = east + west
    assert both.parts == ["东区", "西区"]
    with pytest.raises(cm.MergeError, match="part '西区' is in both and would count twice"):
        both + west
    with pytest.raises(cm.MergeError, match="part '西区' is not inside; inside are: '东区'"):
        both - west - west
    assert both - west == east
    assert (both - west).parts == ["东区"]


def test_what_is_not_inside_is_not_taken_away() -> None:
    here = ("a", "甲", "refused", dt.date(2024, 1, 2), None, None)
    there = ("a", "乙", "refused", dt.date(2024, 1, 2), None, None)
    with pytest.raises(cm.MergeError, match=r"not inside: .*-1 in the cell office = '乙'"):
        cube_of([here]) - cube_of([there])


def test_only_cubes_are_added() -> None:
    with pytest.raises(TypeError):
        cube_of([]) + 1
    with pytest.raises(TypeError):
        1 + cube_of([])
    assert cm.Cube({"cases": {"office": ["A"]}}, [cm.tally("n", unit="cases")], part=0).parts == ["0"]
    parts = [cube_of([]), cube_of([])]
    assert sum(parts) == total(parts)


@pytest.mark.parametrize(("method", "name", "near"), [("keep", "refusd", "refused"), ("roll_up", "ofice", "office")])
def test_a_name_that_it_lacks_is_told_with_the_nearest(method: str, name: str, near: str) -> None:
    with pytest.raises(cm.QueryError, match=f"'{name}'.*did you mean '{near}'"):
        getattr(cube_of([]), method)([name])


# ------------------------------------------------------------------------------------------------- the Arrow form


def scaled(table: pa.Table, by: int) -> pa.Table:
    """Multiply every count by an integer, as anybody may with pyarrow."""

    def column(field: pa.Field, cells: pa.Array) -> pa.Array:
        if pa.types.is_int64(field.type):
            return pc.multiply(cells, by)
        if pa.types.is_decimal(field.type):
            return pa.array([None if cell is None else cell * by for cell in cells.to_pylist()], field.type)
        if pa.types.is_list(field.type):
            pairs = cells.values
            counts = pa.StructArray.from_arrays(
                [pairs.field("day"), pc.multiply(pairs.field("count"), by)], fields=list(field.type.value_type)
            )
            return pa.ListArray.from_arrays(cells.offsets, counts, type=field.type, mask=cells.is_null())
        return cells

    columns = [column(field, table[field.name].combine_chunks()) for field in table.schema]
    return pa.table(columns, schema=table.schema)


@given(rows, st.randoms(use_true_random=False), st.integers(1, 20))
@settings(max_examples=30)
def test_the_arrow_form_reads_back_in_any_order_and_chunks(some: list[Row], chance: random.Random, chunk: int) -> None:
    cube = cube_of(some, as_of="2024-03-31", part="甲")
    table = cube.to_arrow()
    order = list(range(table.num_rows))
    chance.shuffle(order)
    mixed = table.take(pa.array(order, pa.int64()))
    again = cm.Cube.from_arrow(pa.Table.from_batches(mixed.to_batches(max_chunksize=chunk), mixed.schema))
    assert bytes(again) == bytes(cube)


def test_the_arrow_form_reads_back_from_plain_text_and_other_integers() -> None:
    table = cube_of([("a", "甲", "refused", dt.date(2024, 1, 2), dt.date(2024, 1, 1), "1.25")]).to_arrow()
    plain = [
        cells.cast(pa.large_string())
        if pa.types.is_dictionary(cells.type)
        else cells.cast(pa.uint32())
        if pa.types.is_int64(cells.type)
        else cells
        for cells in table.columns
    ]
    schema = pa.schema(
        [pa.field(name, cells.type) for name, cells in zip(table.column_names, plain, strict=True)],
        metadata=table.schema.metadata,
    )
    assert cm.Cube.from_arrow(pa.table(plain, schema=schema)) == cm.Cube.from_arrow(table)


def test_a_cube_scaled_to_counts_of_two_to_the_forty_gives_its_medians_in_milliseconds(cube: cm.Cube) -> None:
    large = cm.Cube.from_arrow(scaled(cube.to_arrow(), 2**40))
    assert large.table("cases").columns["value"] == [500 * 2**40]
    begin = time.perf_counter()
    found = large.table("median", by="office").columns
    took = time.perf_counter() - begin
    expected = cube.table("median", by="office").columns
    assert found["denominator"] == [n * 2**40 for n in expected["denominator"]]
    assert found["value"] == expected["value"]
    assert took < 0.5  # a hundred times what it takes; counting one by one would take hours


def put(name: str, values: list[Any]) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        place = table.column_names.index(name)
        field = table.schema.field(name)
        return table.set_column(place, field, pa.array(values, field.type))

    return change


def with_metadata(change: Callable[[dict[bytes, bytes]], Any]) -> Callable[[pa.Table], pa.Table]:
    def changed(table: pa.Table) -> pa.Table:
        metadata = dict(table.schema.metadata)
        change(metadata)
        return table.replace_schema_metadata(metadata)

    return changed


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.replace_schema_metadata(None), "no metadata 'casemetry.form'"),
        (with_metadata(lambda metadata: metadata.update({b"casemetry.form": b"9"})), "of form '9'.*reads form 1"),
        (with_metadata(lambda metadata: metadata.update({b"casemetry.cube": b"{"})), "'casemetry.cube' cannot be read"),
        (
            with_metadata(lambda metadata: metadata.update({b"casemetry.cube": b"{}"})),
            "'casemetry.cube' cannot be read",
        ),
        (
            with_metadata(
                lambda metadata: metadata.update(
                    {b"casemetry.catalogue": metadata[b"casemetry.catalogue"].replace(b"'refused'", b"'approved'")}
                )
            ),
            "definitions are not those",
        ),
        (lambda table: table.drop_columns(["units"]), "lacks column 'units'"),
        (
            lambda table: table.append_column("refusd.true", table["units"]),
            "'refusd.true'.*did you mean 'refused.true'",
        ),
        (put("units", [-1, 1]), "'cases': 'units' would be -1 in the cell office = '甲'"),
        (put("refused.true", [3, None]), "aggregate 'refused' would count more than the 1 units"),
        (put("refused.true", [None, None]), "'refused.true', row 1: it is missing"),
        (put("refused.true", [1, 1]), "'refused.true', row 2: unit 'cases' by this date has none"),
        (put("period", ["2024-13", None]), "'period', row 1: '2024-13' is no month"),
        (put("unit", ["cases", "persons"]), "'unit', row 2: the metadata describe no unit 'persons'"),
        (put("took.days", [None, [{"day": 4, "count": -1}]]), "'days' of 4 days would be -1"),
        (put("took.days", [None, [{"day": 4, "count": 1}, {"day": 4, "count": 1}]]), "not in ascending order"),
        (lambda table: pa.concat_tables([table, table]), "two rows of unit 'cases' are the same cell, office = '甲'"),
        (
            lambda table: table.set_column(4, "units", table["units"].cast(pa.string())),
            "column 'units': its type must be integer",
        ),
        (
            lambda table: table.set_column(
                table.column_names.index("took.days"), "took.days", pa.array([None, [1]], pa.list_(pa.int64()))
            ),
            "'took.days': its type must be list<struct<day: int32, count: int64>>",
        ),
    ],
)
def test_an_arrow_form_that_is_false_is_refused(change: Callable[[pa.Table], pa.Table], message: str) -> None:
    row = ("a", "甲", "refused", dt.date(2024, 1, 2), dt.date(2024, 1, 1), "1.25")
    table = cube_of([row], by=["office"]).keep(["refused", "took"]).to_arrow()
    assert table["unit"].to_pylist() == ["cases", "cases"]
    order = pa.array([table["date"].to_pylist().index("decided_on"), table["date"].to_pylist().index(None)])
    with pytest.raises(cm.SchemaError, match=message):
        cm.Cube.from_arrow(change(table.take(order)))


def test_what_has_no_arrow_form_is_told() -> None:
    with pytest.raises(cm.SchemaError, match="a list has no Arrow form"):
        cm.Cube.from_arrow([])


# ----------------------------------------------------------------------------------------------- saved, sent, loaded


@pytest.fixture(scope="module")
def cube() -> cm.Cube:
    chance = random.Random(3)

    def day() -> dt.date | None:
        return chance.choice([None, dt.date(2024, 1, 1) + dt.timedelta(days=chance.randint(0, 200))])

    return cube_of(
        [
            (
                str(i),
                chance.choice(["甲", "乙", None]),
                chance.choice(["refused", "approved", "odd", None]),
                day(),
                day(),
                chance.choice(["1.25", None]),
            )
            for i in range(500)
        ],
        as_of="2024-07-31",
        part="全省",
    )


QUESTIONS: list[dict[str, Any]] = [
    {},
    {"by": ["office", "decision"]},
    {"every": "month"},
    {"by": "office", "period": "2024-02..2024-04", "compare": "year_ago"},
]


def answers(cube: cm.Cube) -> list[dict[str, Any]]:
    results = [cube.table(**question) for question in QUESTIONS]
    return [result.columns | {"metadata": dict(result.metadata)} for result in results]


def test_a_saved_cube_answers_in_a_fresh_process_as_it_does_here(cube: cm.Cube, tmp_path: Path) -> None:
    path = cube.save(tmp_path / "全省.cube")
    program = f"""
import json, sys
import casemetry as cm
cube = cm.Cube.load({str(path)!r})
questions = {QUESTIONS!r}
results = [cube.table(**question) for question in questions]
assert "pyarrow" not in sys.modules and "pandas" not in sys.modules
print(json.dumps([result.columns | {{"metadata": dict(result.metadata)}} for result in results]))
print(cube.fingerprint, cube.as_of, cube.parts)
"""
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60).stdout
    found, told = out.splitlines()
    assert found == json.dumps(answers(cube))
    assert told == f"{cube.fingerprint} {cube.as_of} {cube.parts}"


def test_it_is_pickled_and_copied(cube: cm.Cube) -> None:
    for again in (pickle.loads(pickle.dumps(cube)), copy.deepcopy(cube), cm.Cube.from_bytes(bytes(cube))):
        assert again == cube
        assert answers(again) == answers(cube)
        assert again.reports == cube.reports


def test_it_answers_what_it_was_built_for_after_loading(tmp_path: Path) -> None:
    cube = cube_of([("a", "甲", "refused", None, None, None)], indicators=["cases"])
    assert cm.Cube.load(cube.save(tmp_path / "x")).table().columns["indicator"] == ["cases"]


def test_a_file_is_replaced_whole(cube: cm.Cube, tmp_path: Path) -> None:
    path = tmp_path / "x.cube"
    path.write_bytes(b"before")
    cube.save(path)
    assert cm.Cube.load(path) == cube
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_none_is_told(cube: cm.Cube, tmp_path: Path) -> None:
    path = tmp_path / "x.cube"
    with pytest.raises(cm.SchemaError, match=re.escape(f"{path}: there is no such file")):
        cm.Cube.load(path)
    path.write_text("案件编号,承办单位\n")
    with pytest.raises(cm.SchemaError, match=re.escape(f"{path} is not a cube")):
        cm.Cube.load(path)
    whole = bytes(cube)
    path.write_bytes(whole[:-9])
    with pytest.raises(cm.SchemaError, match=r"is cut off: \d+ bytes of \d+"):
        cm.Cube.load(path)
    path.write_bytes(whole[:200] + bytes([whole[200] ^ 4]) + whole[201:])
    with pytest.raises(cm.SchemaError, match="is damaged: its checksum"):
        cm.Cube.load(path)
    path.write_bytes(whole[:8] + b"\x07" + whole[9:])
    with pytest.raises(cm.SchemaError, match="is a cube of form 7, but this version of casemetry reads form 1"):
        cm.Cube.load(path)
    with pytest.raises(cm.CasemetryError, match="no folder"):
        cube.save(tmp_path / "nowhere" / "x.cube")


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_refused(data: bytes) -> None:
    with pytest.raises(cm.SchemaError):
        cm.Cube.from_bytes(data)


# ------------------------------------------------------------------------------------- participants of many charges

PARTICIPANTS = cm.Catalogue.from_dict(
    {
        "schema": 1,
        "table": {
            "dispositions": {
                "columns": {"case_participant_id": {"type": "text"}, "charge_disposition": {"type": "category"}}
            }
        },
        "unit": {
            "participant": {
                "from": "dispositions",
                "counts": "person",
                "one_row_per": ["case_participant_id"],
                "columns": {"guilty": "any(charge_disposition == 'Plea Of Guilty')"},
            }
        },
        "aggregate": [
            {"id": "participants", "unit": "participant"},
            {"id": "pleaded", "unit": "participant", "where": "guilty"},
        ],
        "indicator": [
            {"id": "participants", "kind": "count", "of": "participants"},
            {"id": "plea_rate", "kind": "proportion", "numerator": "pleaded", "denominator": "participants"},
        ],
    }
)


@pytest.fixture(scope="module")
def dispositions(real_data: Path) -> pa.Table:
    columns = ["case_participant_id", "charge_disposition"]
    return csv.read_csv(
        real_data / "cook2019" / "dispositions.csv.gz",
        convert_options=csv.ConvertOptions(
            include_columns=columns, column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True
        ),
    )


def participants(dispositions: pa.Table, **options: Any) -> cm.Cube:
    return cm.Cube({"dispositions": dispositions}, PARTICIPANTS, **options)


def counted(cube: cm.Cube) -> int:
    return int(cube.table("participants").columns["value"][0])


def test_even_and_odd_rows_of_participants_are_not_added(dispositions: pa.Table) -> None:
    """Participants have several rows: each half counts many of them, and the sum would be 13,967 instead of 11,322."""
    rows = range(dispositions.num_rows)
    even, odd = (participants(dispositions.take(list(rows[first::2])), part=name) for first, name in enumerate("01"))
    with pytest.raises(cm.MergeError, match=r"'participant' is one for each 'case_participant_id'.*partitioned_by"):
        even + odd
    assert counted(participants(dispositions)) == 11_322
    assert counted(even) + counted(odd) == 13_967


def test_parts_that_split_no_participant_add_to_the_whole(dispositions: pa.Table) -> None:
    whole = participants(dispositions)
    ids = dispositions["case_participant_id"].to_pylist()
    chance = random.Random(11)
    place = {participant: chance.randrange(4) for participant in sorted(set(ids))}
    parts = [
        participants(
            dispositions.take([row for row, participant in enumerate(ids) if place[participant] == number]),
            partitioned_by="case_participant_id",
            part=str(number),
        )
        for number in range(4)
    ]
    chance.shuffle(parts)
    assert total(parts).fingerprint == whole.fingerprint
    assert total(parts).parts == ["0", "1", "2", "3"]
    with pytest.raises(cm.MergeError, match="'2' is in both"):
        total(parts) + next(part for part in parts if part.parts == ["2"])
