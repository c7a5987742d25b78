# SPDX-License-Identifier: Apache-2.0
"""Synthetic cards as a site exports them, with the truth beside them. They are called by :mod:`casemetry.datasets`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from casemetry._card_columns import LAST_DAY, Drawn, Pick, Place, Text
from casemetry._card_draws import Card, draw_cards
from casemetry._card_faults import CardFault, other_spelling, put_faults
from casemetry._card_files import About, write_table
from casemetry._card_holidays import HEADINGS, TITLE, holidays
from casemetry._card_kinds import CITY, OFFICES
from casemetry._card_kinds_supervision import CARDS, CASE_CARDS, LEDGER, OTHER_CASES
from casemetry._card_truth import Truth, true_counts

EXPORTED_AFTER = dt.timedelta(days=5)


@dataclass(frozen=True, slots=True, repr=False)
class SyntheticCards:
    """Cards of a city's offices as they would be exported, and what clean cards would count.

    Attributes
    ----------
    tables : mapping of str to pyarrow.Table
        The tables by their names at the site, every cell a text under the heading of the site, blanks null.
    mapping : str
        What they stand for in the catalogue ``spp``, as TOML: write it to a file for ``cm.bind(…, mapping=…)``.
    as_of : date
        The day at which the cards stand.
    truth : mapping
        For aggregates of the catalogue the number of rows that the clean cards have, by office and month:
        ``truth["refused"]["A1市中区院", "2024-03"]``.
    faults : tuple of CardFault
        What was put wrong, in which table and column, and how often; nothing if the cards are clean.
    """

    tables: Mapping[str, Any]
    mapping: str
    as_of: dt.date
    truth: Truth
    faults: tuple[CardFault, ...]

    def __repr__(self) -> str:
        rows = sum(table.num_rows for table in self.tables.values())
        wrong = sum(fault.rows for fault in self.faults)
        return f"SyntheticCards({len(self.tables)} tables, {rows:,} rows, {wrong:,} of them faulty; as of {self.as_of})"

    def write(self, folder: str | Path) -> list[Path]:
        """Write each table to a file of its name: CSV in GB18030, or a workbook with titles and merged cells.

        Parameters
        ----------
        folder : path
            Where to; it is made if there is none. Files of the same names are replaced.

        Returns
        -------
        list of Path
            The files, in the order of the tables.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for card in CARDS:
            about = About(CITY, self.as_of + EXPORTED_AFTER, card.meanings["office"].theirs)
            files.append(write_table(card.title, _sheet(self.tables[card.title]), folder, card.form, about))
        about = About(CITY, self.as_of + EXPORTED_AFTER)
        return [*files, write_table(TITLE, _sheet(self.tables[TITLE]), folder, "csv", about)]


def synthetic_cards(cases: int = 6_000, *, rng: int | np.random.Generator = 0, faults: bool = True) -> SyntheticCards:
    """Draw synthetic cards: seven offices of an invented city, 2023 and 2024, as their case system would export them.

    Every table of the catalogue ``spp`` has a card, under the headings and in the words of the site. A case goes on
    from card to card with its persons: arrest review, prosecution review, judgment. Offices differ, and the second year
    is not like the first. Then come the usual faults: blanks, days that are none (2024-02-30) or written out, codes
    with wide letters or stray blanks, a code never seen, rows that are repeated or contradict each other, days out of
    order, cards filled late, days in the future, offices in two spellings.

    Parameters
    ----------
    cases : int
        How many criminal cases are received for review of arrest or prosecution; the other cards go with them.
    rng : int or numpy.random.Generator
        The seed, or a generator to draw from: the same seed gives the same cards.
    faults : bool
        Whether faults are put in. Without them the cards count exactly what :attr:`SyntheticCards.truth` says.

    Returns
    -------
    SyntheticCards

    Raises
    ------
    ValueError
        If `cases` is negative.

    Examples
    --------
    >>> from casemetry import datasets
    >>> cards = datasets.synthetic_cards(500, rng=1)
    >>> list(cards.tables)[:3]
    ['受理案件登记', '审查逮捕案卡', '审查起诉案卡']
    """
    if cases < 0:
        raise ValueError(f"cases is the number of criminal cases to draw: {cases} is negative")
    generator = np.random.default_rng(rng)
    drawn = draw_cards(LEDGER, CASE_CARDS, OTHER_CASES, len(OFFICES), cases, generator)
    sheets = {card.title: _written(card, drawn[card.table]) for card in CARDS}
    found: list[CardFault] = []
    if faults and cases:
        for card in CARDS:
            faulty = put_faults(card, sheets[card.title], generator)
            sheets[card.title] = faulty.sheet
            found += faulty.faults
    return SyntheticCards(
        tables=MappingProxyType({title: _table(sheet) for title, sheet in (sheets | {TITLE: holidays()}).items()}),
        mapping=_mapping(),
        as_of=LAST_DAY.astype(dt.date),
        truth=true_counts(drawn),
        faults=tuple(found),
    )


def _written(card: Card, drawn: Drawn) -> dict[str, Text]:
    """Write a card's columns as the site does; where offices are merged cells, office after office."""
    order = np.argsort(drawn.office, kind="stable") if card.form == "merged" else slice(None)
    return {column.theirs: column.text(drawn.columns[column.ours][order]) for column in card.columns}


def _table(sheet: Mapping[str, Text]) -> Any:
    import pyarrow as pa

    return pa.table({heading: pa.array(cells, pa.string()) for heading, cells in sheet.items()})


def _sheet(table: Any) -> dict[str, Text]:
    return {name: np.array([*table[name].to_pylist(), None], object)[:-1] for name in table.column_names}


def _mapping() -> str:
    date, works = HEADINGS
    dates = [
        "",
        "[table.holidays]",
        f"from = {_quoted(TITLE)}",
        f"columns = {{ date = {_quoted(date)}, works = {_quoted(works)} }}",
    ]
    cards = [line for card in CARDS for line in _mapped(card)]
    return "\n".join(["schema = 1", 'catalogue = "spp"', *cards, *dates, ""])


def _mapped(card: Card) -> Iterator[str]:
    columns = ", ".join(f"{column.ours} = {_quoted(column.theirs)}" for column in card.columns)
    yield from ("", f"[table.{card.table}]", f"from = {_quoted(card.title)}", f"columns = {{ {columns} }}")
    for column in card.columns:
        spellings: dict[str, str] = {}
        if isinstance(column, Pick) and column.spellings not in (column.codes, ("是", "否")):
            spellings = dict(zip(column.spellings, column.codes, strict=True))
        elif isinstance(column, Place) and len(column.names) > 1:
            spellings = {other_spelling(name): name for name in column.names}
        if spellings:
            values = ", ".join(f"{_quoted(theirs)} = {_quoted(ours)}" for theirs, ours in spellings.items())
            yield f"values.{column.ours} = {{ {values} }}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
