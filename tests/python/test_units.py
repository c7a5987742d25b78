# SPDX-License-Identifier: Apache-2.0
"""Units as tables in Python, and what became of their rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import casemetry as cm
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

CHARGES = {
    "case_id": ["c2", "c1", "c1", "c1"],
    "person_id": ["p1", "p2", "p1", "p1"],
    "decision": [None, "refused", "approved", "refused"],
    "decided_on": ["2024-02-29", "2024-02-01", "2024-01-05", "2024-01-09"],
}
OFFICES = {"case_id": ["c1", "c3"], "office": ["甲", "乙"]}
PERSON = cm.unit(
    "person",
    from_="charges",
    one_row_per=["case_id", "person_id"],
    columns={
        "refused": "any(decision == 'refused')",
        "decision": "only(decision)",
        "charges": "count(not is_null(case_id))",
        "first_on": "min(decided_on)",
    },
    lookups={"case": {"from": "offices", "on": ["case_id"], "take": ["office"]}},
)
CATALOGUE = cm.Catalogue.from_dict(
    {
        "schema": 1,
        "table": {
            "charges": {
                "columns": {
                    "case_id": {"type": "text"},
                    "person_id": {"type": "text"},
                    "decision": {"type": "category", "values": ["approved", "refused"]},
                    "decided_on": {"type": "date"},
                }
            },
            "offices": {"columns": {"case_id": {"type": "text"}, "office": {"type": "category"}}},
        },
    }
)
TABLES: dict[str, Any] = {"charges": CHARGES, "offices": OFFICES}


def persons(**options: Any) -> cm.Table:
    return cm.units(TABLES, CATALOGUE.with_(PERSON), "person", **options)


def test_a_unit_is_a_table_sorted_by_its_key() -> None:
    table = persons()
    assert table.columns == ["case_id", "person_id", "office", "refused", "decision", "charges", "first_on"]
    assert {name: table.values(name) for name in table.columns} == {
        "case_id": ["c1", "c1", "c2"],
        "person_id": ["p1", "p2", "p1"],
        "office": ["甲", "甲", None],
        "refused": [True, True, None],  # of the last the decision is not known
        "decision": [None, "refused", None],  # the first has two, the last none
        "charges": [2, 1, 1],
        "first_on": [dt.date(2024, 1, 5), dt.date(2024, 2, 1), dt.date(2024, 2, 29)],
    }


def test_some_columns_are_made_beside_the_key() -> None:
    assert persons(columns=["refused"]).columns == ["case_id", "person_id", "refused"]
    assert persons(columns="refused").values("refused") == [True, True, None]


def test_a_table_is_a_unit_as_the_catalogue_reads_it() -> None:
    table = cm.units(TABLES, CATALOGUE, "charges")
    assert table.values("decided_on")[0] == dt.date(2024, 2, 29)


def test_a_unit_goes_to_any_data_frame() -> None:
    table = persons()
    assert pl.DataFrame(table)["decision"].to_list() == [None, "refused", None]
    assert table.to_arrow().schema.field("decision").type == pa.dictionary(pa.int32(), pa.string())
    assert table.to_pandas()["charges"].dtype == pd.Int64Dtype()


def test_a_cube_tells_what_became_of_the_rows_of_its_units() -> None:
    refused = cm.tally("不捕人数", "decision == 'refused'", unit=PERSON, date="first_on")
    cube = cm.Cube(TABLES, CATALOGUE.with_(refused), by="office")
    (report,) = cube.unit_reports
    assert (report.unit, report.rows, report.units) == ("person", 4, 3)
    assert {column.column: column.disagreeing for column in report.columns}["decision"] == 1
    assert [(lookup.lookup, lookup.found, lookup.not_found) for lookup in report.lookups] == [("case", 2, 1)]
    assert repr(report) == "UnitReport(person: 3 units of 4 rows; decision: 1 disagreeing; case: 2 found, 1 not found)"


def test_what_is_no_unit_is_refused() -> None:
    with pytest.raises(cm.QueryError, match="did you mean 'person'"):
        cm.units(TABLES, CATALOGUE.with_(PERSON), "persons")
    with pytest.raises(cm.QueryError, match="did you mean 'charges'"):
        cm.units({"charge": CHARGES}, CATALOGUE.with_(PERSON), "person")
    with pytest.raises(cm.ColumnNotFoundError, match="refused"):
        persons(columns=["refuse"])
