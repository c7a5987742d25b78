# SPDX-License-Identifier: Apache-2.0
"""The benchmark counts what it says it counts; its times are printed and never judged."""

from __future__ import annotations

import pytest
from casemetry import bench


def test_it_times_the_pass_beside_duckdb_over_the_same_groups(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--rows", "20000", "--rounds", "1"])
    printed = capsys.readouterr().out
    assert "20,000 synthetic cases, 60 proportions by office and month" in printed
    assert "the pass: 120 counts with their unknowns" in printed
    assert "DuckDB: one count(*) group by office, month" in printed
    assert printed.count("ns/row") == 3


def test_it_times_units_beside_duckdb_and_polars_that_count_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["units", "--rows", "20000", "--rounds", "1", "--threads", "1"])
    printed = capsys.readouterr().out
    assert "20,000 events of persons" in printed
    assert printed.count("ns/row") == 3
    assert "DuckDB takes" in printed
    assert "polars takes" in printed


def test_it_times_leads_beside_duckdb_and_polars_that_count_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["leads", "--rows", "5000", "--rounds", "1", "--threads", "2"])
    printed = capsys.readouterr().out
    assert "5,000 leads, 1.9 discoveries a lead, by office and month" in printed
    assert "six rules of both groups, from sets of sources" in printed
    assert printed.count("ns/row") == 5
    assert "DuckDB takes" in printed
    assert "polars takes" in printed


def test_sixty_proportions_are_sixty() -> None:
    assert len(bench.sixty_indicators().indicators) == bench.INDICATORS == 60
