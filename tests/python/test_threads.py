# SPDX-License-Identifier: Apache-2.0
"""While the core works, other threads of Python run: it holds the interpreter's lock only to convert."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import casemetry as cm
import pyarrow as pa
import pytest
from casemetry import _core
from casemetry.bench import sixty_indicators
from casemetry.datasets import synthetic_cases


@pytest.fixture(scope="module")
def cases() -> pa.Table:
    table: pa.Table = synthetic_cases(300_000, rng=2).cases
    return table


def moments_of_this_thread_during(work: Callable[[], object]) -> list[float]:
    """Run work in a thread; give when, from 0 (its begin) to 1 (its end), this one ran meanwhile."""
    begin = end = 0.0

    def timed() -> None:
        nonlocal begin, end
        begin = time.perf_counter()
        work()
        end = time.perf_counter()

    other = threading.Thread(target=timed)
    ticks = []
    other.start()
    while other.is_alive():
        ticks.append(time.perf_counter())
        time.sleep(0.001)
    return [(tick - begin) / (end - begin) for tick in ticks]


def test_the_pass_lets_other_threads_run(cases: pa.Table) -> None:
    table = _core.Table.from_stream(cases, name="cases")
    catalogue = sixty_indicators()._core
    moments = moments_of_this_thread_during(lambda: _core.build({"cases": table}, catalogue, by=["office"], threads=1))
    assert any(0.25 < moment < 0.75 for moment in moments)


def test_reading_lets_other_threads_run(cases: pa.Table) -> None:
    text = cases.select(["received_on", "decided_on"]).cast(
        pa.schema({"received_on": "string", "decided_on": "string"})
    )
    moments = moments_of_this_thread_during(lambda: _core.Table.from_stream(text, guess_types=True))
    assert any(0.25 < moment < 0.75 for moment in moments)


def test_cubes_may_be_built_and_asked_by_many_threads_at_once(cases: pa.Table) -> None:
    table = cm.read(cases.slice(0, 20_000), name="cases")
    found = []

    def ask() -> None:
        cube = cm.Cube({"cases": table}, sixty_indicators(), by=["office"], threads=2)
        found.append(cube.table(by="office").columns)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(columns == found[0] for columns in found)
