# SPDX-License-Identifier: Apache-2.0
"""Participants in the dispositions of Cook County 2019: charges collapsed to persons.

The expected figures were computed independently from the file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import casemetry as cm
import polars as pl
import pytest

KEY = "case_participant_id"
COLUMNS = [KEY, "received_date", "disposition_date", "charge_disposition", "updated_offense_category"]
INDICATORS = [
    "participants",
    "closed_before_received",
    "median_days_received_to_closed",
    "median_days_received_to_closed_in_order",
    "most_days_received_to_closed",
]

# What a machine without pandas and pyarrow does.
WITHOUT_PANDAS_AND_PYARROW = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("pandas", "pyarrow"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
import casemetry as cm
import polars as pl

definitions, dispositions, *indicators = sys.argv[1:]
cube = cm.Cube({"dispositions": pl.read_csv(dispositions, infer_schema=False)}, cm.Catalogue.load(definitions))
print(*(cube.table(indicator).columns["value"][0] for indicator in indicators))
"""


@pytest.fixture(scope="module")
def file(real_data: Path) -> Path:
    return real_data / "cook2019" / "dispositions.csv.gz"


@pytest.fixture(scope="module")
def dispositions(file: Path) -> pl.DataFrame:
    return pl.read_csv(file, columns=COLUMNS, infer_schema=False)


@pytest.fixture(scope="module")
def catalogue() -> cm.Catalogue:
    return cm.Catalogue.shipped("cook-county").only(*INDICATORS)


@pytest.fixture(scope="module")
def whole(dispositions: pl.DataFrame, catalogue: cm.Catalogue) -> cm.Cube:
    return cm.Cube({"dispositions": dispositions}, catalogue, by="offence")


def test_the_figures_of_participants_without_pandas_and_pyarrow(file: Path) -> None:
    definitions = Path(cm.__file__).parent / "definitions" / "cook-county.toml"
    command = [sys.executable, "-c", WITHOUT_PANDAS_AND_PYARROW, str(definitions), str(file), *INDICATORS]
    printed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert printed.returncode == 0, printed.stderr
    assert [float(value) for value in printed.stdout.split()] == [11_322, 577, 52, 56, 32_977]


def test_a_month_of_participants_is_that_of_their_own_close(whole: cm.Cube) -> None:
    result = whole.table("participants", every="month")
    assert sum(result.columns["value"]) == 11_322
    assert None not in result.columns["period"]  # each has a day on which it was closed
