# SPDX-License-Identifier: Apache-2.0
"""Every fault that is put into synthetic cards is found where it was put."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import casemetry as cm
import pytest

FOUND = {
    "missing": "missing",
    "unreadable": "unreadable",
    "unlisted": "unlisted",
    "future": "after_as_of",
    "reversed": "out_of_order",
    "late": "late",
    "repeated": "repeated",
    "conflicting": "conflicting",
}
"""What a check calls a fault. Offices and values spelled otherwise, and days written out, are bound and read."""


@pytest.fixture(scope="module")
def cards() -> cm.datasets.SyntheticCards:
    return cm.datasets.synthetic_cards(cases=2000, rng=7)


@pytest.fixture(scope="module")
def binding(cards: cm.datasets.SyntheticCards, tmp_path_factory: pytest.TempPathFactory) -> cm.Binding:
    mapping: Path = tmp_path_factory.mktemp("cards") / "本院.toml"
    mapping.write_text(cards.mapping, encoding="utf-8")
    return cm.bind(cards.tables, "spp", mapping=mapping)


def test_the_faults_of_cards_are_found(cards: cm.datasets.SyntheticCards, binding: cm.Binding) -> None:
    tables = {one.theirs: one.table for one in binding.proposals if one.kind == "table"}
    columns = {(one.table, one.theirs): one.column for one in binding.proposals if one.kind == "column" and one.decided}
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    quality = cm.check(binding, as_of=cards.as_of)
    for finding in quality.findings:
        column = "" if finding.kind == "repeated" else finding.other or finding.column
        found[finding.kind, finding.table, column] += finding.keys or finding.rows
    put = 0
    for fault in cards.faults:
        kind = FOUND.get(fault.kind)
        table = tables[fault.table]
        if kind is None:
            continue
        assert found[kind, table, columns.get((table, fault.column), "")] >= fault.rows, fault
        put += fault.rows
    assert put > 400


def test_unreadable_and_unlisted_cells_are_just_those_put_in(
    cards: cm.datasets.SyntheticCards, binding: cm.Binding
) -> None:
    findings = cm.check(binding, as_of=cards.as_of).findings
    for kind in ("unreadable", "unlisted"):
        put = sum(fault.rows for fault in cards.faults if fault.kind == kind)
        assert sum(one.rows for one in findings if one.kind == kind) == pytest.approx(put, rel=0.1)


def test_what_indicators_lose_is_what_their_results_say_is_unknown(
    cards: cm.datasets.SyntheticCards, binding: cm.Binding
) -> None:
    indicators = [binding.catalogue.indicator(name) for name in binding.catalogue.indicators]
    result = cm.Cube(binding, as_of=cards.as_of).table([one.id for one in indicators]).columns
    unknown = dict(zip(result["indicator"], result["unknown"], strict=True))
    lost: dict[str, int] = defaultdict(int)
    for loss in cm.check(binding, as_of=cards.as_of).losses:
        lost[loss.indicator] += loss.unknown
    for one in indicators:
        if one.kind == "ratio" and "opening(" not in str(one.denominator):  # a unit may be unknown to both sides
            assert lost[one.id] <= unknown[one.id] <= 2 * lost[one.id], one.id
        elif one.kind not in ("ratio", "stock"):  # what is pending is unknown for a time only
            assert lost[one.id] == unknown[one.id], one.id
    assert sum(map(bool, lost.values())) > 100


def test_the_command_tells_what_is_wrong_in_a_folder(
    cards: cm.datasets.SyntheticCards, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from casemetry.cli import main

    folder, mapping, out = tmp_path / "案卡", tmp_path / "本院.toml", tmp_path / "数据质量.xlsx"
    cards.write(folder)
    mapping.write_text(cards.mapping, encoding="utf-8")
    call = ["check", str(folder), "--map", str(mapping), "--as-of", str(cards.as_of), "--out", str(out)]
    assert main(call) == 0
    assert "日期先后颠倒" in capsys.readouterr().out
    assert out.stat().st_size > 0
