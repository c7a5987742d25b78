# SPDX-License-Identifier: Apache-2.0
"""Participants in the dispositions of Cook County 2019: charges collapsed to persons, and cubes of parts of them.

The expected figures were computed independently from the file.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import casemetry as cm
import polars as pl
import pytest
from casemetry import _core
from conftest import SEED

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


def participants(cube: cm.Cube) -> int:
    (count,) = cube.table("participants").columns["value"]
    return int(count)


def cube_of(rows: pl.DataFrame, catalogue: cm.Catalogue, part: str | None = None) -> cm.Cube:
    partitioned_by = [] if part is None else [KEY]
    return cm.Cube({"dispositions": rows}, catalogue, by="offence", partitioned_by=partitioned_by, part=part)


@pytest.fixture(scope="module")
def whole(dispositions: pl.DataFrame, catalogue: cm.Catalogue) -> cm.Cube:
    return cube_of(dispositions, catalogue)


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


def test_parts_that_may_split_a_participant_are_not_added(dispositions: pl.DataFrame, catalogue: cm.Catalogue) -> None:
    even, odd = (cube_of(dispositions.gather_every(2, offset=offset), catalogue) for offset in (0, 1))
    with pytest.raises(cm.MergeError, match="participant"):
        even + odd
    # what the sum would have been: whoever has charges in both halves counts twice
    assert participants(even) + participants(odd) == 13_967


def parts(rows: pl.DataFrame, catalogue: cm.Catalogue, count: int, chance: Random) -> list[cm.Cube]:
    """Build a cube of each part; all rows of a participant are in one."""
    ids = rows[KEY].unique(maintain_order=True)
    of = pl.DataFrame({KEY: ids, "part": [chance.randrange(count) for _ in ids]})
    split = rows.join(of, on=KEY, how="left").partition_by("part", include_key=False)
    return [cube_of(part, catalogue, part=f"part {place}") for place, part in enumerate(split)]


def merged(cubes: Sequence[cm.Cube], chance: Random) -> cm.Cube:
    """Add cubes in any order, two of what is left at a time."""
    left = list(cubes)
    while len(left) > 1:
        one = left.pop(chance.randrange(len(left)))
        other = left.pop(chance.randrange(len(left)))
        left.append(one + other)
    return left[0]


def test_parts_that_split_no_participant_add_to_the_whole(
    dispositions: pl.DataFrame, catalogue: cm.Catalogue, whole: cm.Cube
) -> None:
    two = parts(dispositions, catalogue, 2, Random(SEED))
    assert participants(two[0]) + participants(two[1]) == 11_322
    assert (two[0] + two[1]).fingerprint == whole.fingerprint


def test_fifty_random_partitions_add_to_the_same_bytes_in_any_order(
    dispositions: pl.DataFrame, catalogue: cm.Catalogue, whole: cm.Cube
) -> None:
    for number in range(50):
        chance = Random(f"{SEED}:{number}")
        cubes = parts(dispositions, catalogue, chance.randint(2, 5), chance)
        assert merged(cubes, chance).fingerprint == whole.fingerprint, f"CASEMETRY_SEED={SEED}, partition {number}"


@pytest.mark.parametrize("threads", [1, 2, 3, 7])
def test_threads_morsels_and_the_order_of_rows_change_no_byte(
    dispositions: pl.DataFrame, catalogue: cm.Catalogue, whole: cm.Cube, threads: int
) -> None:
    rows = dispositions.sample(fraction=1, shuffle=True, seed=threads)
    morsel = rows.height // 50  # so at least 50 of them
    tables = {"dispositions": cm.read(rows)._core}
    built = _core.build(tables, catalogue._core, by=["offence"], threads=threads, morsel=morsel)
    assert built.fingerprint() == whole.fingerprint
