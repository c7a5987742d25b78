# SPDX-License-Identifier: Apache-2.0
"""``casemetry table``: from a folder of exports to the workbook, and how it fails."""

from __future__ import annotations

from pathlib import Path

import casemetry as cm
import openpyxl
import pytest
from casemetry.cli import main

PERIOD = ["--period", "2024-01..2024-09", "--as-of", "2024-09-30"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    cards = cm.datasets.synthetic_cards(120, rng=7)
    (tmp_path / "案卡").mkdir()
    cards.write(tmp_path / "案卡")
    (tmp_path / "本院.toml").write_text(cards.mapping, encoding="utf-8")
    return tmp_path


def run(site: Path, *more: str) -> int:
    out = ["--out", str(site / "月报.xlsx")]
    return main(["table", str(site / "案卡"), "--map", str(site / "本院.toml"), *PERIOD, *out, *more])


def test_it_tells_what_was_read_what_waits_and_writes_the_workbook(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "--by", "office") == 0
    printed = capsys.readouterr().out
    assert "审查逮捕案卡" in printed
    assert "待定" in printed
    assert printed.rstrip().endswith("月报.xlsx")
    book = openpyxl.load_workbook(site / "月报.xlsx")
    assert book.sheetnames[0] == "全部单位"
    assert book["全部单位"]["A1"].value == "检察业务月报（2024年1–9月）"
    assert book["全部单位"]["C2"].value == "截至 2024-09-30"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--period", "2024-13"], "period: '2024-13' is no month"),
        (["--by", "ofice"], "did you mean 'office'?"),
        (["--map", "none.toml"], "none.toml"),
        (["--layout", "none.toml"], "there is no such file"),
        (["--as-of", "yesterday"], "'yesterday' is no day"),
        (["--out", "no/such/folder/月报.xlsx"], "there is no folder"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(
    site: Path, capsys: pytest.CaptureFixture[str], more: list[str], told: str
) -> None:
    assert run(site, *more) == 1
    assert told in capsys.readouterr().err
    assert not (site / "月报.xlsx").exists()
