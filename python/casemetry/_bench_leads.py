# SPDX-License-Identifier: Apache-2.0
"""How long it takes to share out leads among their sources, beside DuckDB and polars.

A lead is found 1.9 times on average, by some of 348 sources, of which five in six are digital. All three engines are
given integer keys and codes, where they can take them, and dates. From the discoveries each makes the set of sources
of every lead, and counts the leads by office, by month, and by how many digital and how many other sources found them:
those counts are what every rule of contribution needs. Casemetry also asks the shares; and, alone, six rules of both
groups, once from the discoveries and once from leads whose sources are put together already.
"""

from __future__ import annotations

import os
import re
import statistics
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from casemetry._timing import line, peak_bytes, seconds
from casemetry.catalogues import Catalogue
from casemetry.checking import units
from casemetry.cube import Cube
from casemetry.reading import read

SOURCES = 348
OFFICES = 100
MONTHS = 24
RULES = ("any", "exclusive", "shapley", "owen", "first", "last")
GROUPS = ("digital", "traditional")
SETS = {
    "sources": "set(source)",
    "first": "earliest(source by found_on)",
    "last": "latest(source by found_on)",
}
CODED = {"office": "category", "filed_on": "date"} | dict.fromkeys(SETS, "set")
QUESTIONS = [f"{group}_{rule}" for rule in RULES for group in GROUPS]

DUCKDB = """
select office, (12 * year(filed_on) + month(filed_on) - 1)::integer as month,
       coalesce(digital, 0) as digital, coalesce(other, 0) as other, count(*)
from leads left join (
  select lead, count(*) filter (source % 6 <> 0) as digital, count(*) filter (source % 6 = 0) as other
  from (select distinct lead, source from discoveries) group by lead
) using (lead)
group by all
"""

Counts = Counter[tuple[str, int, int, int]]  # by office, month, digital and other sources


def catalogue(lead_unit: str) -> Catalogue:
    """Define the leads, whose sets come from the discoveries (``lead``) or stand in their table (``coded``)."""
    otherwise: dict[str, list[str]] = {name: [] for name in SETS}
    found = {"from": "discovered", "on": ["lead"], "take": list(SETS), "otherwise": otherwise}
    return Catalogue.from_dict(
        {
            "schema": 1,
            "id": "bench",
            "table": {
                "leads": {},
                "discoveries": {},
                "coded": {"columns": {name: {"type": kind} for name, kind in CODED.items()}},
            },
            "unit": {
                "discovered": {"from": "discoveries", "one_row_per": ["lead"], "columns": SETS},
                "lead": {"from": "leads", "counts": "lead", "lookup": {"discovery": found}},
            },
            "lead": {
                "found": {"unit": lead_unit, **{name: name for name in SETS}, "stages": [["filed", "filed_on"]]},
            },
            "grouping": {
                "origin": {"digital": [f"s{code}" for code in range(SOURCES) if code % 6], "rest": "traditional"}
            },
            "indicator": [
                {"id": f"{group}_{rule}", "kind": "contribution", "lead": "found", "stage": "filed"}
                | {"groups": "origin", "group": group, "rule": rule}
                for rule in RULES
                for group in GROUPS
            ],
        }
    )


def tables(leads: int) -> tuple[Any, Any]:
    """Make leads, and discoveries of them in random order: Arrow tables of keys, codes and days."""
    import numpy as np
    import pyarrow as pa

    rng = np.random.default_rng(7)
    key = (np.arange(leads, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(1)).astype(np.int64)
    times = rng.choice([0, 1, 2, 3, 4, 8], p=[0.1, 0.40, 0.24, 0.14, 0.09, 0.03], size=leads)
    found = np.repeat(key, times)
    rng.shuffle(found)
    source = (SOURCES * rng.random(found.size) ** 2).astype(np.uint16)
    days = 365 * MONTHS // 12
    return (
        pa.table(
            {
                "lead": key,
                "office": rng.integers(0, OFFICES, leads).astype(np.uint8),
                "filed_on": _days(rng.integers(0, days, leads)),
            }
        ),
        pa.table({"lead": found, "source": source, "found_on": _days(rng.integers(0, days, found.size))}),
    )


def _days(days: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    return pa.array((days + 18_262).astype(np.int32)).cast(pa.date32())


def coded(table: Any, name: str, letter: str, labels: int) -> Any:
    """Give the same table with a column of codes as categories."""
    import pyarrow as pa

    texts = pa.array([f"{letter}{code}" for code in range(labels)])
    column = pa.DictionaryArray.from_arrays(table[name].combine_chunks(), texts)
    return table.set_column(table.column_names.index(name), name, column)


def run(leads: int, rounds: int, threads: int) -> None:
    """Print the times of the three engines, taking turns, the ratios of their medians, and their peaks of memory."""
    os.environ["POLARS_MAX_THREADS"] = str(threads)  # read when polars is imported
    try:
        import duckdb
        import polars
    except ImportError:
        raise SystemExit("the benchmark needs DuckDB and polars beside casemetry: pip install duckdb polars") from None

    of_leads, of_discoveries = tables(leads)
    given = {
        "leads": read(coded(of_leads, "office", "o", OFFICES), name="leads"),
        "discoveries": read(coded(of_discoveries, "source", "s", SOURCES), name="discoveries"),
    }
    frames = [polars.from_arrow(of_leads), polars.from_arrow(of_discoveries)]
    database = duckdb.connect()
    database.execute(f"set threads = {threads}")
    for name, table in (("leads", of_leads), ("discoveries", of_discoveries)):
        database.register("given", table)
        database.execute(f"create table {name} as select * from given")
        database.unregister("given")

    actions: dict[str, Callable[[], Any]] = {
        "casemetry": partial(_shares, given, catalogue("lead"), threads, QUESTIONS[4:5]),
        "DuckDB": lambda: database.execute(DUCKDB).fetchall(),
        "polars": partial(_with_polars, polars, *frames),
    }
    print(
        f"{leads:,} leads, {len(of_discoveries) / leads:.1f} discoveries a lead, by office and month; "
        f"{threads} threads of {os.cpu_count()} processors\n"
    )
    times, made = _in_turns(actions, rounds)
    _check(made)
    for name, action in actions.items():
        print(line(name, times[name], leads) + _peak(action, leads))
    ours = statistics.median(times["casemetry"])
    for name in ("DuckDB", "polars"):
        print(f"{name} takes {statistics.median(times[name]) / ours:.1f} times as long")

    put_together = units(given, catalogue("lead"), "lead")
    rules: dict[str, Callable[[], Any]] = {
        "six rules of both groups, from discoveries": partial(_shares, given, catalogue("lead"), threads, QUESTIONS),
        "six rules of both groups, from sets of sources": partial(
            _shares, {"coded": put_together}, catalogue("coded"), threads, QUESTIONS
        ),
    }
    times, made = _in_turns(rules, rounds)
    if len({tuple(result.columns["value"]) for _, result in made.values()}) > 1:
        raise SystemExit("the shares of discoveries and of the sets that were made of them disagree")
    print()
    for name, action in rules.items():
        print(line(name, times[name], leads) + _peak(action, leads))


def _in_turns(actions: dict[str, Callable[[], Any]], rounds: int) -> tuple[dict[str, list[float]], dict[str, Any]]:
    times: dict[str, list[float]] = {name: [] for name in actions}
    made: dict[str, Any] = {}
    for _ in range(rounds):
        for name, action in actions.items():
            took, made[name] = seconds(action)
            times[name].append(took)
    return times, made


def _peak(action: Callable[[], Any], leads: int) -> str:
    peak = peak_bytes(action)
    return "" if peak is None else f"   peak {peak / leads:.0f} B a lead"


def _shares(given: dict[str, Any], definitions: Catalogue, threads: int, questions: list[str]) -> tuple[Cube, Any]:
    cube = Cube(given, definitions, by="office", indicators=questions, threads=threads)
    return cube, cube.table(questions, by="office", every="month")


def _with_polars(polars: Any, leads: Any, discoveries: Any) -> Any:
    column = polars.col
    found = (
        discoveries.lazy()
        .select("lead", "source")
        .unique()
        .group_by("lead")
        .agg(
            (column("source") % 6 != 0).sum().alias("digital"),
            (column("source") % 6 == 0).sum().alias("other"),
        )
    )
    month = (12 * column("filed_on").dt.year() + column("filed_on").dt.month() - 1).alias("month")
    return (
        leads.lazy()
        .join(found, on="lead", how="left")
        .group_by("office", month, column("digital").fill_null(0), column("other").fill_null(0))
        .len()
        .collect()
        .rows()
    )


def _check(made: dict[str, Any]) -> None:
    ours = _counts(made["casemetry"][0])
    for engine in ("DuckDB", "polars"):
        theirs: Counts = Counter({(f"o{office}", *row): n for office, *row, n in made[engine]})
        if theirs != ours:
            raise SystemExit(f"the engines disagree: {len(ours):,} counts here, {len(theirs):,} in {engine}")


def _counts(cube: Cube) -> Counts:
    """Read the counts of the cube: a pattern is written ``digital 2, traditional 1``."""
    counted = "found.filed.sources@origin"
    (block,) = (block for block in cube._core.blocks() if counted in block["aggregates"])
    aggregate = block["aggregates"][counted]
    counts: Counts = Counter()
    office, pattern = (list(cube._core.dimensions).index(name) for name in ("office", "@origin"))
    for (labels, month), n in zip(block["cells"], aggregate["yes"], strict=True):
        found = dict(re.findall(r"(\w+) (\d+)", labels[pattern]))
        counts[labels[office], month, int(found.get("digital", 0)), int(found.get("traditional", 0))] += n
    return counts
