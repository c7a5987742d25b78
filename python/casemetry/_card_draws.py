# SPDX-License-Identifier: Apache-2.0
"""How synthetic cards are drawn: cases come in, get their persons, and go on from card to card.

A card either begins with cases that are received (受理), or follows another card: a judgment follows a prosecution,
with the same case and the same person. The ledger (受案登记) has a row for each case that was received.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from casemetry._card_columns import FIRST_DAY, FIRST_MONTH, LAST_DAY, MONTHS, NEVER, Column, Drawn, Pick, Values, When
from casemetry._synthetic import MISSING, SEASON, Codes, Days, Floats, Integers, pick

OF_A_CARD = 1_000_000  # cases: the first digits of a case's number tell the card that received it
CARRIED = ("charge", "juvenile", "plea_leniency")  # what goes on with a person

Form = Literal["csv", "titled", "merged"]


@dataclass(frozen=True, slots=True)
class Received:
    """Cases that come in: how many for every hundred criminal cases, and how many persons one has on average."""

    per_hundred: float
    persons: float = 1.0


@dataclass(frozen=True, slots=True)
class Follows:
    """Rows that go on from another card: a share of its cases, those of which `when` holds, some days after a day."""

    table: str
    day: str
    days: tuple[int, int]
    share: float
    when: When | None = None
    kind: str = ""  # the code that they get in the column `kind`
    once: bool = False  # one row for each case, not for each person


@dataclass(frozen=True, slots=True)
class CaseTypes:
    """What the ledger calls the cases of a card: by the codes of a column, or all alike."""

    types: Mapping[str, str]
    column: str = ""

    @classmethod
    def all(cls, case_type: str) -> CaseTypes:
        return cls({"": case_type})


@dataclass(frozen=True, slots=True)
class Card:
    """A table of cards: its name in the catalogue and at the site, where its rows come from, and its columns."""

    table: str
    title: str
    begins: tuple[Received | Follows, ...]
    counted: str  # the day by which it is counted, on which a case is concluded
    columns: tuple[Column, ...]
    case_types: CaseTypes | None = None  # none if its cases are not in the ledger by it
    keyed: bool = True  # whether a key may not be repeated
    form: Form = "csv"

    @property
    def meanings(self) -> dict[str, Column]:
        """The columns by their names in the catalogue."""
        return {column.ours: column for column in self.columns}


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of a card begin with."""

    case: Integers
    person: Integers
    office: Codes
    first_day: Days
    carried: Mapping[str, Values]

    def take(self, which: Integers) -> Rows:
        carried = {name: values[which] for name, values in self.carried.items()}
        return Rows(self.case[which], self.person[which], self.office[which], self.first_day[which], carried)


def draw_cards(
    ledger: Card, cards: Sequence[Card], others: Mapping[str, float], offices: int, cases: int, rng: np.random.Generator
) -> dict[str, Drawn]:
    """Draw the rows of all cards, and of the ledger: also cases of `others`, types that have no card of their own."""
    weight = _weights(offices, rng)
    drawn: dict[str, Drawn] = {}
    for number, card in enumerate(cards, start=1):
        parts = [
            _received(begin, number, cases, weight, rng)
            if isinstance(begin, Received)
            else _followed(begin, card, drawn[begin.table], rng)
            for begin in card.begins
        ]
        rows = _joined(parts)
        order = np.lexsort((rows.person, rows.case, rows.first_day))
        drawn[card.table] = _draw_columns(card, rows.take(order), offices, rng)
    rows = _ledger_rows(ledger, cards, drawn)
    for number, (case_type, per_hundred) in enumerate(others.items(), start=len(cards) + 1):
        more = _received(Received(per_hundred), number, cases, weight, rng)
        rows = _joined([rows, _of_type(more, case_type, ledger, more.first_day + rng.integers(5, 60, more.case.size))])
    order = np.lexsort((rows.case, rows.first_day))
    return {ledger.table: _draw_columns(ledger, rows.take(order), offices, rng), **drawn}


def _draw_columns(card: Card, rows: Rows, offices: int, rng: np.random.Generator) -> Drawn:
    """Draw the columns of a card in their order; what is carried along stays as it is."""
    columns: dict[str, Values] = {}
    drawn = Drawn(rows.case, rows.person, rows.office, rows.first_day, offices, columns, card.meanings)
    for column in card.columns:
        values = column.draw(drawn, rng)
        if column.ours in rows.carried:
            carried = rows.carried[column.ours]
            values = carried if carried.dtype.kind == "M" else np.where(carried == MISSING, values, carried)
        columns[column.ours] = values
    return drawn


def _ledger_rows(ledger: Card, cards: Sequence[Card], drawn: Mapping[str, Drawn]) -> Rows:
    """Bring the cases of all cards together; a case is concluded when all its persons are."""
    parts = []
    for number, card in enumerate(cards, start=1):
        if card.case_types is None:
            continue
        its = drawn[card.table]
        case, first, of = np.unique(its.case, return_index=True, return_inverse=True)
        numbers = number * 100 * OF_A_CARD + case  # the ledger numbers a case anew with each card
        rows = Rows(numbers, its.person[first], its.office[first], its.first_day[first], {})
        concluded = _last_of_each(its.columns[card.counted], of, case.size)
        if card.case_types.column:
            for code, case_type in card.case_types.types.items():
                which = np.flatnonzero(its.holds((card.case_types.column, (code,)))[first])
                parts.append(_of_type(rows.take(which), case_type, ledger, concluded[which]))
        else:
            parts.append(_of_type(rows, card.case_types.types[""], ledger, concluded))
    return _joined(parts)


def _of_type(rows: Rows, case_type: str, ledger: Card, concluded_on: Days) -> Rows:
    kind = np.full(rows.case.size, _code(ledger, "case_type", case_type), np.int32)
    concluded = np.where(concluded_on <= LAST_DAY, concluded_on, NEVER)
    return Rows(rows.case, rows.person, rows.office, rows.first_day, {"case_type": kind, "concluded_on": concluded})


def _received(begin: Received, number: int, cases: int, weight: Floats, rng: np.random.Generator) -> Rows:
    size = round(cases * begin.per_hundred / 100)
    office, month = np.divmod(pick(weight, rng.random(size)), np.int32(MONTHS))
    persons = rng.geometric(1.0 / begin.persons, size)
    each = np.repeat(np.arange(size), persons)
    within = np.arange(each.size) - np.repeat(np.cumsum(persons) - persons, persons)
    return Rows(
        case=number * OF_A_CARD + 1 + each,
        person=within + 1,
        office=office[each],
        first_day=_day_of_month(month, rng)[each],
        carried={name: np.full(each.size, MISSING, np.int32) for name in (*CARRIED, "kind")},
    )


def _followed(begin: Follows, card: Card, before: Drawn, rng: np.random.Generator) -> Rows:
    low, high = begin.days
    cases, of = np.unique(before.case, return_inverse=True)
    goes_on = (rng.random(cases.size) < begin.share)[of] & before.holds(begin.when)
    days = np.where(goes_on, before.columns[begin.day], FIRST_DAY)
    day = (_last_of_each(days, of, cases.size) + rng.integers(low, high + 1, cases.size))[of]  # all persons at once
    which = np.flatnonzero(goes_on & (day <= LAST_DAY))
    if begin.once:
        which = which[np.unique(before.case[which], return_index=True)[1]]
    missing = np.full(before.rows, MISSING, np.int32)
    carried = {name: before.columns.get(name, missing) for name in CARRIED}
    carried["kind"] = np.full(before.rows, _code(card, "kind", begin.kind) if begin.kind else MISSING, np.int32)
    return Rows(before.case, before.person, before.office, day, carried).take(which)


def _code(card: Card, column: str, code: str) -> int:
    meaning = card.meanings[column]
    assert isinstance(meaning, Pick)
    return meaning.codes.index(code)


def _joined(parts: Sequence[Rows]) -> Rows:
    return Rows(
        np.concatenate([part.case for part in parts]),
        np.concatenate([part.person for part in parts]),
        np.concatenate([part.office for part in parts]),
        np.concatenate([part.first_day for part in parts]),
        {name: np.concatenate([part.carried[name] for part in parts]) for name in parts[0].carried},
    )


def _last_of_each(days: Days, of: Integers, size: int) -> Days:
    """Give the last day of each, or none if one of its days is not there."""
    last = np.full(size, FIRST_DAY)
    np.maximum.at(last, of, days)  # not-a-time wins
    return last


def _weights(offices: int, rng: np.random.Generator) -> Floats:
    """Draw the share of all cases of each office × month: offices differ, and there are more and more."""
    growth = np.linspace(1.0, 1.15, MONTHS) * np.resize(SEASON, MONTHS)
    weight = rng.lognormal(0.0, 0.4, offices)[:, None] * growth
    return np.asarray((weight / weight.sum()).ravel())


def _day_of_month(month: Codes, rng: np.random.Generator) -> Days:
    starts = (FIRST_MONTH + np.arange(MONTHS + 1)).astype("datetime64[D]")
    lengths = np.diff(starts).astype(np.int64)
    return np.asarray(starts[month] + (lengths[month] * rng.random(month.size)).astype(np.int64))
