# SPDX-License-Identifier: Apache-2.0
"""What the shell command writes from synthetic cards equals what was expected, cell by cell, and what SQL counts.

The expectation is ``tests/golden/monthly_table.csv``. After a change that is meant to change it, write it anew with
``python tests/python/test_monthly_workbook.py`` and read what differs: the second test does not take it on trust.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from casemetry.datasets import synthetic_cards
from casemetry.layouts import Layout

EXPECTED = Path(__file__).parents[1] / "golden" / "monthly_table.csv"
CASES, SEED = 2_000, 2024
BODY = 6  # the first row below title, office, what a check found, groups and headings
PERIODS = {
    "C": ("2024-01", "2024-09"),
    "D": ("2023-01", "2023-09"),
    "F": ("2024-09", "2024-09"),
    "G": ("2023-09", "2023-09"),
}


class Cell(NamedTuple):
    """A cell that is filled in, as a line of the expectation."""

    sheet: str
    cell: str
    value: str
    format: str


def write_workbook(folder: Path) -> Path:
    """Write the cards and let the command make the monthly table of them."""
    cards = synthetic_cards(CASES, rng=SEED)
    cards.write(folder / "案卡")
    (folder / "本院.toml").write_text(cards.mapping, encoding="utf-8")
    options = ["--map", "本院.toml", "--period", "2024-01..2024-09", "--as-of", str(cards.as_of), "--out", "月报.xlsx"]
    command = [sys.executable, "-c", "import sys; from casemetry.cli import main; sys.exit(main())"]
    subprocess.run([*command, "table", "案卡/", *options], cwd=folder, check=True, capture_output=True)
    return folder / "月报.xlsx"


def cells(workbook: Path) -> Iterator[Cell]:
    from openpyxl import load_workbook

    for page in load_workbook(workbook).worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield Cell(page.title, cell.coordinate, text(cell.value), cell.number_format)


def text(value: object) -> str:
    """Write a value as the expectation does: fractions by fifteen digits, as many as Excel keeps; of a hash that it is.

    A hash changes with every word of the catalogue, and is tested with it.
    """
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return "SHA-256" if re.fullmatch("[0-9a-f]{64}", str(value)) else str(value)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("openpyxl")
    folder = tmp_path_factory.mktemp("monthly")
    write_workbook(folder)
    return folder


def test_every_cell_is_as_expected(folder: Path) -> None:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file)
    expected = {(sheet, cell): (value, form) for sheet, cell, value, form in lines}
    written = {(one.sheet, one.cell): (one.value, one.format) for one in cells(folder / "月报.xlsx")}
    assert written == expected


def test_the_counts_are_those_of_sql_over_the_files(folder: Path) -> None:
    pytest.importorskip("duckdb")
    from oracle import monthly_sql

    every = list(cells(folder / "月报.xlsx"))
    written = {one.cell: one.value for one in every if one.sheet == every[0].sheet}
    counted = monthly_sql.counts(folder / "案卡", PERIODS)
    rows = dict(lines_of_the_sheet())
    compared = {
        (indicator, column): (written[f"{column}{rows[indicator]}"], str(counts[column]))
        for indicator, counts in counted.items()
        for column in PERIODS
    }
    assert len(compared) == 4 * len(monthly_sql.COUNTS)
    assert {place: pair for place, pair in compared.items() if pair[0] != pair[1]} == {}


def lines_of_the_sheet() -> Iterator[tuple[str, int]]:
    """Tell on which row each indicator of the shipped layout stands: a row each, below a row for each section."""
    row = BODY
    for section in tomllib.loads(Layout.toml_of("spp"))["section"]:
        row += 1
        for line in section["lines"]:
            for indicator in [line["of"]] if isinstance(line["of"], str) else line["of"]:
                yield indicator, row
                row += 1


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as place, EXPECTED.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(Cell._fields)
        lines.writerows(cells(write_workbook(Path(place))))
