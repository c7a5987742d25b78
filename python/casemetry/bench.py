# SPDX-License-Identifier: Apache-2.0
"""How long the core takes, beside others in the same run: ``python -m casemetry.bench pass --rows 10000000``.

``pass``: sixty proportions by office and month, over synthetic cases; DuckDB counts the rows of the same groups, once.
``units``: events collapsed to persons and counted by month, beside DuckDB and polars. ``leads``: discoveries
collapsed to the sources of leads, which are counted by their pattern, by office and month, beside both; and six rules
of contribution. Engines take turns; the least and the median of the rounds are printed. Times depend on the machine and
its neighbours: read them as ratios.
"""

from __future__ import annotations

import argparse
import itertools
import os
from collections.abc import Sequence
from functools import partial

from casemetry import _bench_leads, _bench_units
from casemetry._synthetic import CHARGES, DECISIONS
from casemetry._timing import line, seconds
from casemetry.catalogues import Catalogue, proportion
from casemetry.cube import Cube
from casemetry.datasets import synthetic_cases
from casemetry.reading import read

INDICATORS = 60
COUNT_OF_GROUPS = "select office, month, count(*) from cases group by office, month"


def sixty_indicators() -> Catalogue:
    """Sixty proportions on arrest review: of each of twelve groups of cases, the share of each decision."""
    charges = [f"charge == '{zh}'" for zh, *_ in CHARGES[:6]]
    others = ["sex == 'male'", "sex == 'female'", "juvenile", "not juvenile", "plea_leniency", "not plea_leniency"]
    shares = itertools.islice(itertools.product([*charges, *others], DECISIONS), INDICATORS)
    definitions = [
        proportion(
            f"{group}, {decision}",
            id=f"share_{number}",
            numerator=f"{group} and decision == '{decision}'",
            denominator=f"{group} and not is_null(decision)",
            date="decided_on",
        )
        for number, (group, decision) in enumerate(shares)
    ]
    return Catalogue.of(*definitions)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the times of one benchmark."""
    parser = argparse.ArgumentParser(prog="python -m casemetry.bench", description=__doc__)
    parser.add_argument("what", choices=["pass", "units", "leads"], nargs="?", default="pass")
    parser.add_argument("--rows", type=int, default=10_000_000, help="how many cases, events or leads")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of units and leads")
    options = parser.parse_args(arguments)
    if options.what == "units":
        _bench_units.run(options.rows, options.rounds, options.threads)
    elif options.what == "leads":
        _bench_leads.run(options.rows, options.rounds, options.threads)
    else:
        one_pass(options.rows, options.rounds)


def one_pass(rows: int, rounds: int) -> None:
    """Print the times of reading, building and asking, beside DuckDB's count of the same groups."""
    try:
        import duckdb
    except ImportError:
        raise SystemExit("the benchmark needs DuckDB beside casemetry: pip install duckdb") from None

    cases = synthetic_cases(rows, rng=7).cases
    catalogue = sixty_indicators()
    print(f"{rows:,} synthetic cases, {INDICATORS} proportions by office and month, {os.cpu_count()} processors\n")
    columns = ["charge", "decided_on", "decision", "juvenile", "office", "plea_leniency", "sex"]
    reading, table = seconds(lambda: read(cases, name="cases", columns=columns))

    database = duckdb.connect()
    database.register("arrow_cases", cases.select(columns))
    # DuckDB is given its months ready made; here they are made from the dates in the pass.
    month = "(12 * year(decided_on) + month(decided_on))::usmallint"
    database.execute(f"create table cases as select *, {month} as month from arrow_cases")

    building, asking, peer = [], [], []
    for _ in range(rounds):
        took, cube = seconds(partial(Cube, {"cases": table}, catalogue, by=["office"]))
        building.append(took)
        took, result = seconds(partial(cube.table, by="office", every="month"))
        asking.append(took)
        took, groups = seconds(lambda: database.execute(COUNT_OF_GROUPS).fetchall())
        peer.append(took)

    if cube.cells != len(groups):
        raise SystemExit(f"the engines disagree: {cube.cells:,} cells here, {len(groups):,} groups in DuckDB")
    print(line("reading the columns (Arrow, dictionaries)", [reading], rows))
    print(line(f"the pass: {2 * INDICATORS} counts with their unknowns, {cube.cells:,} cells", building, rows))
    print(line("DuckDB: one count(*) group by office, month", peer, rows))
    print(f"\nthe pass takes {min(building) / min(peer):.1f} times one DuckDB count, for {2 * INDICATORS} counts")
    print(f"asking the cube: {len(result):,} rows in {min(asking):.3f} s")


if __name__ == "__main__":
    main()
