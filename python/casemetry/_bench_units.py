# SPDX-License-Identifier: Apache-2.0
"""How long it takes to collapse events to persons and count them by month, beside DuckDB and polars.

Ten million rows are 5.9 million persons in random order; four columns are collapsed: the least date where a condition
holds, the greatest date, the one value that all rows have, and whether any row has one of twenty charges. All three
engines are given integer codes, where they can take them, and dates; the cube and the queries count the persons by
the month of their last date.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable
from typing import Any

from casemetry._timing import line, peak_bytes, seconds
from casemetry.catalogues import Catalogue
from casemetry.cube import Cube
from casemetry.reading import read

GUILTY = (2, 5, 7)
SERIOUS = range(20)

DUCKDB = """
select (12 * year(last) + month(last))::integer as month, count(*), count(*) filter (where first = one and one = 1),
       count(*) filter (where any_serious), count(*) filter (where guilty_on < date '2021-01-01')
from (select min(charged_on) filter (where verdict in (2, 5, 7)) as guilty_on, max(heard_on) as last,
             min(office) as first, max(office) as one, bool_or(charge < 20) as any_serious
      from events group by person)
group by month
"""


def catalogue() -> Catalogue:
    """Define the unit, and what is counted of it."""
    guilty = ", ".join(f"'v{code}'" for code in GUILTY)
    serious = ", ".join(f"'c{code}'" for code in SERIOUS)
    counts = {
        "persons": None,
        "of_office": "office == 'o1'",
        "serious": "any_serious",
        "early": "guilty_on < 2021-01-01",
    }
    columns = {
        "guilty_on": f"min(charged_on where verdict in [{guilty}])",
        "last": "max(heard_on)",
        "office": "only(office)",
        "any_serious": f"any(charge in [{serious}])",
    }
    return Catalogue.from_dict(
        {
            "schema": 1,
            "id": "bench",
            "table": {"events": {}},
            "unit": {"person": {"from": "events", "counts": "person", "one_row_per": ["person"], "columns": columns}},
            "aggregate": [
                {"id": name, "unit": "person", "date": "last"} | ({"where": where} if where else {})
                for name, where in counts.items()
            ],
        }
    )


def events(rows: int) -> Any:
    """Make events of persons, of whom three in five have one, in random order: an Arrow table of codes and days."""
    import numpy as np
    import pyarrow as pa

    rng = np.random.default_rng(7)
    of_persons = rng.choice(8, p=[0.60, 0.25, 0.08, 0.04, 0.0075, 0.0075, 0.0075, 0.0075], size=rows) + 1
    person = np.repeat(np.arange(rows), of_persons)[:rows]
    rng.shuffle(person)
    office = np.where(rng.random(rows) < 0.1, rng.integers(0, 5, rows), person * 7 % 5)
    spread = (person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(1)
    return pa.table(
        {
            "person": pa.array(spread.astype(np.int64)),
            "charged_on": _days(rng, rows),
            "heard_on": _days(rng, rows),
            "verdict": pa.array(rng.integers(0, 10, rows).astype(np.uint8)),
            "office": pa.array(office.astype(np.uint8)),
            "charge": pa.array(rng.integers(0, 200, rows).astype(np.uint8)),
        }
    )


def _days(rng: Any, rows: int) -> Any:
    import numpy as np
    import pyarrow as pa

    return pa.array((18_000 + rng.integers(0, 1_500, rows)).astype(np.int32)).cast(pa.date32())


def coded(table: Any) -> Any:
    """Give the same events with their codes as categories of the core."""
    import pyarrow as pa

    for name, labels in (("verdict", 10), ("office", 5), ("charge", 200)):
        names = pa.array([f"{name[0]}{code}" for code in range(labels)])
        column = pa.DictionaryArray.from_arrays(table[name].combine_chunks(), names)
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def run(rows: int, rounds: int, threads: int) -> None:
    """Print the times of the three engines, taking turns, the ratios of their medians, and their peaks of memory."""
    os.environ["POLARS_MAX_THREADS"] = str(threads)  # read when polars is imported
    try:
        import duckdb
        import polars
    except ImportError:
        raise SystemExit("the benchmark needs DuckDB and polars beside casemetry: pip install duckdb polars") from None

    arrow = events(rows)
    table = read(coded(arrow), name="events")
    frame = polars.from_arrow(arrow)
    database = duckdb.connect()
    database.execute(f"set threads = {threads}")
    database.register("arrow_events", arrow)
    database.execute("create table events as select * from arrow_events")
    definitions = catalogue()
    actions: dict[str, Callable[[], Any]] = {
        "casemetry": lambda: Cube({"events": table}, definitions, threads=threads),
        "DuckDB": lambda: database.execute(DUCKDB).fetchall(),
        "polars": lambda: _with_polars(polars, frame),
    }
    times: dict[str, list[float]] = {name: [] for name in actions}
    counted: dict[str, Any] = {}
    for _ in range(rounds):
        for name, action in actions.items():
            took, counted[name] = seconds(action)
            times[name].append(took)
    _check(counted)
    print(f"{rows:,} events of persons, counted by month; {threads} threads of {os.cpu_count()} processors\n")
    for name, action in actions.items():
        peak = peak_bytes(action)
        told = "" if peak is None else f"   peak {peak / rows:.0f} B a row"
        print(line(name, times[name], rows) + told)
    ours = statistics.median(times["casemetry"])
    for name in ("DuckDB", "polars"):
        print(f"{name} takes {statistics.median(times[name]) / ours:.1f} times as long")


def _with_polars(polars: Any, frame: Any) -> Any:
    column = polars.col
    persons = (
        frame.lazy()
        .with_columns(
            guilty_on=polars.when(column("verdict").is_in(list(GUILTY))).then(column("charged_on")),
            serious=column("charge") < len(SERIOUS),
        )
        .group_by("person")
        .agg(
            column("guilty_on").min(),
            column("heard_on").max().alias("last"),
            column("office").min().alias("first"),
            column("office").max().alias("one"),
            column("serious").max().alias("any_serious"),
        )
    )
    return (
        persons.group_by((12 * column("last").dt.year() + column("last").dt.month()).alias("month"))
        .agg(
            polars.len(),
            ((column("first") == column("one")) & (column("one") == 1)).sum().alias("of_office"),
            column("any_serious").sum(),
            (column("guilty_on") < polars.date(2021, 1, 1)).sum().alias("early"),
        )
        .collect()
        .rows()
    )


def _check(counted: dict[str, Any]) -> None:
    ours = {name: sum(counts) for name, counts in _counts(counted["casemetry"]).items()}
    for engine in ("DuckDB", "polars"):
        theirs = dict(zip(ours, (sum(row[i] for row in counted[engine]) for i in range(1, 5)), strict=True))
        if theirs != ours:
            raise SystemExit(f"the engines disagree: {ours} here, {theirs} in {engine}")


def _counts(cube: Cube) -> dict[str, list[int]]:
    (block,) = cube._core.blocks()
    return {name: block["aggregates"][name]["yes"] for name in ("persons", "of_office", "serious", "early")}
