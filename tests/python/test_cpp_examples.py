# SPDX-License-Identifier: Apache-2.0
"""The C++ examples print what Python prints: the same library, the same definitions, no Python at run time."""

from __future__ import annotations

import csv
import gzip
import math
import os
import subprocess
from pathlib import Path

import casemetry as cm
import pytest
from conftest import REPOSITORY

PARTICIPANTS = [
    "participants",
    "closed_before_received",
    "median_days_received_to_closed",
    "median_days_received_to_closed_in_order",
    "most_days_received_to_closed",
]

CHARGES = """
schema = 1
id = "charges"

[table.charges.columns]
person = { type = "text" }
charge = { type = "text" }
received_on = { type = "date" }
closed_on = { type = "date" }
guilty = { type = "boolean" }

[unit.person]
label = { zh = "人", en = "Person" }
from = "charges"
one_row_per = ["person"]
[unit.person.columns]
received_on = "min(received_on)"
closed_on = "coalesce(min(closed_on where guilty), max(closed_on))"

[[aggregate]]
id = "persons"
unit = "person"

[[aggregate]]
id = "elapsed"
kind = "days"
unit = "person"
start = "received_on"
end = "closed_on"

[[indicator]]
id = "persons_closed"
label = { zh = "办结人数", en = "Persons closed" }
kind = "count"
of = "persons"

[[indicator]]
id = "median_days"
kind = "quantile"
of = "elapsed"
"""

# 甲: guilty of one charge after 10 days, 乙: of none, the last after 30; 丙: nothing is closed
ROWS = '''person,charge,received_on,closed_on,guilty
甲,"theft, ""shop""",2024-01-01,2024-01-11,true
甲,fraud,2024-01-01,2024-03-01,false
乙,"a name
in two lines",2024-01-01,2024-01-31,false
乙,theft,2024-01-01,2024-01-15,false
丙,theft,2024-01-01,,
'''


def example(name: str) -> Path:
    path = REPOSITORY / "build" / os.environ.get("CASEMETRY_PRESET", "dev") / "cpp" / "examples" / name
    if not path.exists():
        pytest.skip("the C++ examples are not built: cmake --workflow --preset dev")
    return path


@pytest.fixture(scope="module")
def units() -> Path:
    return example("units")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=120)


def exchanged(catalogue: cm.Catalogue, folder: Path) -> Path:
    """Write the form in which catalogues are exchanged."""
    path = folder / "catalogue.json"
    path.write_text(catalogue.json(), encoding="utf-8")
    return path


def test_rows_are_collapsed_to_persons(units: Path, tmp_path: Path) -> None:
    table = tmp_path / "charges.csv"
    table.write_text(ROWS, encoding="utf-8")
    printed = run(units, exchanged(cm.Catalogue.from_toml(CHARGES), tmp_path), f"charges={table}")
    assert printed.stderr == ""
    assert printed.stdout == "Person: 3 units from charges\nPersons closed: 3\nmedian_days: 20\n"


def test_the_participants_of_cook_county(units: Path, tmp_path: Path, real_data: Path) -> None:
    table = tmp_path / "dispositions.csv"
    table.write_bytes(gzip.decompress((real_data / "cook2019" / "dispositions.csv.gz").read_bytes()))
    catalogue = cm.Catalogue.shipped("cook-county").only(*PARTICIPANTS)
    printed = run(units, exchanged(catalogue, tmp_path), f"dispositions={table}", *PARTICIPANTS)
    assert printed.stderr == ""
    counted, *values = (line.rpartition(": ")[2] for line in printed.stdout.splitlines())
    assert counted == "11322 units from dispositions"
    assert values == ["11322", "577", "52", "56", "32977"]


def test_what_cannot_be_counted_is_told(units: Path, tmp_path: Path) -> None:
    table = tmp_path / "charges.csv"
    table.write_text(ROWS.replace("甲,fraud", ",fraud"), encoding="utf-8")
    printed = run(units, exchanged(cm.Catalogue.from_toml(CHARGES), tmp_path), f"charges={table}")
    assert (printed.returncode, printed.stdout) == (1, "")
    assert "person" in printed.stderr
    assert "2" in printed.stderr  # the row whose key is missing
    table.write_text("person,charge\n甲\n", encoding="utf-8")
    printed = run(units, exchanged(cm.Catalogue.from_toml(CHARGES), tmp_path), f"charges={table}")
    assert "unlike length" in printed.stderr
    assert "units CATALOGUE.json" in run(units).stderr


def test_what_digital_sources_contribute() -> None:
    printed = run(example("contribution"))
    assert printed.stderr == ""
    lines = dict(line.split(": ", 1) for line in printed.stdout.splitlines())
    with (REPOSITORY / "tests" / "golden" / "coverage_toy_groups_expected.csv").open(encoding="utf-8") as file:
        digital = next(row for row in csv.DictReader(file) if row["group"] == "digital")
    shares = {rule: float(lines[rule].partition(",")[0]) for rule in ("any", "exclusive", "shapley", "owen")}
    assert shares == {
        "any": round(float(digital["any_share"]), 4),
        "exclusive": round(float(digital["exclusive_share"]), 4),
        "shapley": round(float(digital["sum_of_member_shapley_share"]), 4),
        "owen": round(float(digital["owen_quotient_shapley_share"]), 4),
    }
    assert lines["band"] == f"[{shares['exclusive']}, {shares['any']}]"
    assert lines["leads"] == "70, without a source: 0"

    # a standard error of 0.0534, as Wilson's interval with the leads that would give it if each counted whole
    p, z = float(digital["sum_of_member_shapley_share"]), 1.959964
    n = p * (1 - p) / 0.0534**2
    middle, half = p + z**2 / (2 * n), z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (float(text) for text in lines["shapley"].partition("[")[2].rstrip("]").split(", "))
    assert low == pytest.approx((middle - half) / (1 + z**2 / n), abs=2e-4)
    assert high == pytest.approx((middle + half) / (1 + z**2 / n), abs=2e-4)
    assert "any" in lines["holds under"].split()


def test_a_shipped_catalogue_is_at_hand_without_any_file() -> None:
    printed = run(example("shipped"))
    assert printed.stderr == ""
    definition, figures = printed.stdout.splitlines()
    assert definition == "non_arrest_rate,不捕率,refused,arrested + refused"
    value, low, high = map(float, figures.split(","))
    assert (value, low, high) == pytest.approx((0.223745, 0.223056, 0.224436), abs=1e-6)
