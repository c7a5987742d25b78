# SPDX-License-Identifier: Apache-2.0
"""Synthetic cards are as a site exports them, the same for the same seed, and every fault is counted."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from casemetry.catalogues import Catalogue
from casemetry.datasets import SyntheticCards, synthetic_cards

CASES = 800
SPP = Catalogue.shipped("spp")


@pytest.fixture(scope="module")
def cards() -> SyntheticCards:
    return synthetic_cards(CASES, rng=5)


@pytest.fixture(scope="module")
def clean() -> SyntheticCards:
    return synthetic_cards(CASES, rng=5, faults=False)


def column(cards: SyntheticCards, table: str, heading: str) -> list[str | None]:
    cells: list[str | None] = cards.tables[table][heading].to_pylist()
    return cells


def test_the_same_seed_gives_the_same_cards(cards: SyntheticCards) -> None:
    again = synthetic_cards(CASES, rng=np.random.default_rng(5))
    assert all(again.tables[name].equals(table) for name, table in cards.tables.items())
    assert (again.faults, again.truth, again.mapping) == (cards.faults, cards.truth, cards.mapping)
    assert not synthetic_cards(CASES, rng=6).tables["审查逮捕案卡"].equals(cards.tables["审查逮捕案卡"])


def test_no_cases_are_cards_without_rows() -> None:
    none = synthetic_cards(0)
    assert {table.num_rows for name, table in none.tables.items() if name != "节假日安排"} == {0}
    assert none.faults == ()


def test_a_negative_number_of_cases_is_refused() -> None:
    with pytest.raises(ValueError, match="-3 is negative"):
        synthetic_cards(-3)


def test_there_is_a_card_for_every_table_of_the_catalogue_and_it_has_every_column(cards: SyntheticCards) -> None:
    declared = tomllib.loads(SPP.toml())["table"]
    mapped = tomllib.loads(cards.mapping)["table"]
    assert {name: set(table["columns"]) for name, table in mapped.items()} == {
        name: set(table["columns"]) for name, table in declared.items()
    }
    for table in mapped.values():
        assert list(table["columns"].values()) == cards.tables[table["from"]].column_names


def test_every_code_of_a_clean_card_stands_for_one_of_the_catalogue(clean: SyntheticCards) -> None:
    declared = tomllib.loads(SPP.toml())["table"]
    for name, table in tomllib.loads(clean.mapping)["table"].items():
        for ours, theirs in table["columns"].items():
            values = declared[name]["columns"][ours].get("values")
            if values is None:
                continue
            seen = set(column(clean, table["from"], theirs)) - {None}
            stands_for = table["values"][ours]
            assert seen <= set(stands_for), (name, ours)
            assert set(stands_for.values()) <= set(values), (name, ours)


def test_cases_go_on_from_card_to_card(clean: SyntheticCards) -> None:
    reviewed = set(
        zip(column(clean, "审查起诉案卡", "统一受案号"), column(clean, "审查起诉案卡", "犯罪嫌疑人编号"), strict=True)
    )
    judged = set(
        zip(column(clean, "一审判决情况", "统一受案号"), column(clean, "一审判决情况", "被告人编号"), strict=True)
    )
    arrested = set(column(clean, "审查逮捕案卡", "统一受案号"))
    assert judged <= reviewed
    assert len(arrested & {case for case, _ in reviewed}) > 0.6 * len(arrested)
    assert all(case and case.startswith("0") and len(case) == 8 for case in arrested)


def test_clean_cards_are_as_faulty_ones_but_for_the_faults(cards: SyntheticCards, clean: SyntheticCards) -> None:
    assert clean.faults == ()
    assert clean.truth == cards.truth
    for name, table in clean.tables.items():
        faults = [fault for fault in cards.faults if fault.table == name]
        more = sum(fault.rows for fault in faults if fault.kind in ("repeated", "conflicting"))
        assert cards.tables[name].num_rows == table.num_rows + more
        changed = sum(
            before != after for before, after in zip(table.to_pylist(), cards.tables[name].to_pylist(), strict=False)
        )
        assert changed == sum(fault.rows for fault in faults) - more


def test_the_truth_counts_the_clean_cards(clean: SyntheticCards) -> None:
    days = column(clean, "审查逮捕案卡", "审结日期")
    offices = column(clean, "审查逮捕案卡", "承办单位")
    codes = column(clean, "审查逮捕案卡", "审查结论")
    refused = Counter(
        (office, day[:7])
        for office, day, code in zip(offices, days, codes, strict=True)
        if day and code in ("无社会危险性不捕", "存疑不捕", "不构罪不捕")
    )
    assert {cell: count for cell, count in clean.truth["refused"].items() if count} == refused


def test_every_kind_of_fault_is_there(cards: SyntheticCards) -> None:
    of_arrests = {(fault.kind, fault.column): fault for fault in cards.faults if fault.table == "审查逮捕案卡"}
    assert {kind for kind, _ in of_arrests} == {
        *("office", "reversed", "unreadable", "written_out", "future", "late"),
        *("missing", "spelling", "unlisted", "repeated", "conflicting"),
    }
    decided = column(cards, "审查逮捕案卡", "审查结论")
    assert decided.count("待核实") == of_arrests["unlisted", "审查结论"].rows
    days = column(cards, "审查逮捕案卡", "审结日期")
    assert sum(day is not None and day.startswith("2042") for day in days) == of_arrests["future", "审结日期"].rows


def test_they_are_written_as_a_site_exports_them(cards: SyntheticCards, tmp_path: Path) -> None:
    files = cards.write(tmp_path / "案卡")
    assert {file.stem for file in files} == set(cards.tables)
    with (tmp_path / "案卡" / "审查逮捕案卡.csv").open(encoding="gb18030", newline="") as file:
        heading, first, *_ = csv.reader(file)
    table = cards.tables["审查逮捕案卡"]
    assert heading == table.column_names
    assert first == [cell or "" for cell in table.slice(0, 1).to_pylist()[0].values()]


def test_workbooks_have_a_title_and_merged_cells(cards: SyntheticCards, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    cards.write(tmp_path)
    page = openpyxl.load_workbook(tmp_path / "纠正违法案卡.xlsx").active
    assert page["A1"].value == "纠正违法案卡"
    assert page["A2"].value == "填报单位：A1市院　导出日期：2025-01-05"
    assert [cell.value for cell in page[3]] == cards.tables["纠正违法案卡"].column_names
    offices = [area for area in page.merged_cells.ranges if area.min_row > 3]
    assert len(offices) >= 6
    assert page["E4"].is_date
