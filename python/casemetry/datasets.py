# SPDX-License-Identifier: Apache-2.0
"""Data that come with the package: synthetic cases, cards and leads whose truth is known, and published figures.

>>> from casemetry import datasets
>>> synthetic = datasets.synthetic_cases(1000, rng=1)
>>> synthetic.cases.num_rows
1000
>>> round(synthetic.true_rates("non_arrest_rate", by="province", every="year")["A省", "2024"], 3)
0.45
>>> cards = datasets.synthetic_cards(1000, rng=1)
>>> cards.truth["refused"]["A1市中区院", "2024-03"], len(cards.tables)
(1, 23)
>>> leads = datasets.synthetic_leads(1000, rng=1)
>>> truth = leads.true_contributions("digital", "owen", every="year")
>>> {year: round(share, 3) for (_, year), share in truth.items()}
{'2021': 0.401, '2022': 0.455, '2023': 0.514, '2024': 0.567}
>>> rate = datasets.published().rates[0]
>>> rate.place, rate.indicator, dict(rate.counts), rate.printed
('全国', 'non_arrest_rate', {'refused': 313743, 'arrested': 1088490}, '22.4')
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from casemetry import _synthetic
from casemetry._card_faults import CardFault
from casemetry._errors import QueryError
from casemetry._synthetic import Every
from casemetry._synthetic_cards import SyntheticCards, synthetic_cards
from casemetry._synthetic_leads import SyntheticLeads, synthetic_leads

if TYPE_CHECKING:
    from casemetry.reading import Table

__all__ = [
    "CardFault",
    "Published",
    "PublishedFigure",
    "PublishedRate",
    "SyntheticCards",
    "SyntheticCases",
    "SyntheticLeads",
    "published",
    "synthetic_cards",
    "synthetic_cases",
    "synthetic_leads",
]

Level = Literal["office", "city", "province"]
TrueRate = Literal["non_arrest_rate", "non_prosecution_rate", "plea_leniency_rate"]


@dataclass(frozen=True, slots=True)
class SyntheticCases:
    """Cases that were drawn at random, and the chances that they were drawn from.

    It can be given wherever a table is wanted: ``cm.rate(synthetic, …)``.

    Attributes
    ----------
    cases : pyarrow.Table
        A row for each person in a case, as of :attr:`as_of`: ``case_id``; the office as ``province``, ``city``,
        ``office`` and ``office_code``; ``charge``, ``decision`` (on arrest), ``outcome`` (of prosecution review),
        ``plea_leniency``, ``sex``, ``age``, ``juvenile``; ``received_on``, ``decided_on``, ``concluded_on`` and
        ``entered_on``, the day on which the card was filled. Every column but the id and the offices has gaps.
    offices : pyarrow.Table
        The office tree, four levels from the nation to the county: ``code``, ``parent``, ``name``, ``level``.
    truth : mapping of str to array
        For each county office and month: ``share`` of all cases, and the true rates.
    as_of : date
        The day at which the cases stand.
    """

    cases: Any
    offices: Any
    truth: Mapping[str, npt.NDArray[Any]]
    as_of: dt.date

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the cases to whoever reads the Arrow C stream interface, as every data frame does."""
        return self.cases.__arrow_c_stream__(requested_schema)

    def table(self) -> Table:
        """Return the cases as a table of the core."""
        from casemetry.reading import read

        return read(self.cases, name="cases")

    def to_pandas(self) -> Any:
        """Return the cases as a pandas data frame, with categories where there are labels."""
        return self.cases.to_pandas()

    def true_rates(
        self, rate: TrueRate, *, by: Level = "office", every: Every = "month"
    ) -> dict[tuple[str, str], float]:
        """Return the true rate of each office and period: the mean chance of the cases that fall there.

        Parameters
        ----------
        rate : str
            ``non_arrest_rate`` and ``plea_leniency_rate`` (by the month decided), ``non_prosecution_rate`` (any month).
        by : {"office", "city", "province"}
            The level of the offices.
        every : {"month", "quarter", "year"}
            The length of the periods.

        Returns
        -------
        dict
            The rate for each pair of office and period, such as ``("A省", "2024Q1")``.

        Raises
        ------
        QueryError
            If there is no such rate, level or period.
        """
        for word, known in ((rate, get_args(TrueRate)), (by, get_args(Level)), (every, get_args(Every))):
            if word not in known:
                raise QueryError(f"synthetic cases have no {word!r}: expected one of {', '.join(known)}")
        office, office_of = np.unique(self.truth[by], return_inverse=True)
        period, period_of = np.unique(_synthetic.periods_of(self.truth["month"], every), return_inverse=True)
        cell = office_of * period.size + period_of
        share = np.bincount(cell, self.truth["share"])
        mean = np.bincount(cell, self.truth["share"] * self.truth[rate]) / share
        cells = [(str(o), str(p)) for o in office for p in period]
        return dict(zip(cells, mean.tolist(), strict=True))


def synthetic_cases(n: int, *, rng: int | np.random.Generator = 0, lang: Literal["zh", "en"] = "zh") -> SyntheticCases:
    """Draw synthetic cases: 240 county offices of ten invented provinces, four years, known true rates.

    Cases are independent of one another; offices, months (season and trend) and charges differ in their chances; some
    cells are missing at random, some cards were filled late, some cases are pending. A million cases take about a
    second.

    Parameters
    ----------
    n : int
        How many cases.
    rng : int or numpy.random.Generator
        The seed, or a generator to draw from: the same seed gives the same cases.
    lang : {"zh", "en"}
        Of the names of offices and charges.

    Returns
    -------
    SyntheticCases

    Raises
    ------
    ValueError
        If `n` is negative.
    """
    if n < 0:
        raise ValueError(f"n is the number of cases to draw: {n} is negative")
    generator = np.random.default_rng(rng)
    world = _synthetic.make_world(generator)
    names = _synthetic.office_names(lang)
    draws = _synthetic.draw_cases(world, n, generator)
    return SyntheticCases(
        cases=_cases(draws, names, lang),
        offices=_offices(names, lang),
        truth=_truth(world, names),
        as_of=_synthetic.LAST_DAY.astype(dt.date),
    )


def _cases(draws: _synthetic.Draws, names: tuple[list[str], list[str], list[str]], lang: str) -> Any:
    import pyarrow as pa

    def labelled(codes: npt.NDArray[np.int32], labels: list[str] | tuple[str, ...]) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(labels, pa.string()))

    provinces, cities, counties = names
    age_known = draws.age >= 0
    return pa.table(
        {
            "case_id": np.arange(1, draws.office.size + 1),
            "province": labelled(draws.office // (_synthetic.CITIES * _synthetic.COUNTIES), provinces),
            "city": labelled(draws.office // _synthetic.COUNTIES, cities),
            "office": labelled(draws.office, counties),
            "office_code": labelled(draws.office, _synthetic.office_codes()[2]),
            "charge": labelled(draws.charge, [zh if lang == "zh" else en for zh, en, *_ in _synthetic.CHARGES]),
            "decision": labelled(draws.decision, _synthetic.DECISIONS),
            "outcome": labelled(draws.outcome, _synthetic.OUTCOMES),
            "plea_leniency": pa.array(draws.plea == 1, mask=draws.plea < 0),
            "sex": labelled(draws.sex, _synthetic.SEXES),
            "age": pa.array(draws.age, mask=~age_known),
            "juvenile": pa.array(draws.age < 18, mask=~age_known),
            "received_on": draws.received_on,
            "decided_on": draws.decided_on,
            "concluded_on": draws.concluded_on,
            "entered_on": draws.entered_on,
        }
    )


def _offices(names: tuple[list[str], list[str], list[str]], lang: str) -> Any:
    import pyarrow as pa

    provinces, cities, counties = _synthetic.office_codes()
    nation = "000000"
    parents = [nation] * len(provinces) + [f"{c[:2]}0000" for c in cities] + [f"{c[:4]}00" for c in counties]
    sizes = (1, len(provinces), len(cities), len(counties))
    return pa.table(
        {
            "code": [nation, *provinces, *cities, *counties],
            "parent": [None, *parents],
            "name": ["全国" if lang == "zh" else "Nation", *names[0], *names[1], *names[2]],
            "level": np.repeat(np.arange(1, 5), sizes),
        }
    )


def _truth(world: _synthetic.World, names: tuple[list[str], list[str], list[str]]) -> Mapping[str, npt.NDArray[Any]]:
    offices, months = world.weight.shape
    charges = np.repeat(world.charges, _synthetic.CITIES * _synthetic.COUNTIES, axis=0)
    non_prosecution = np.einsum("oc,oc->o", world.non_prosecution, charges)

    def spread(labels: list[str]) -> npt.NDArray[Any]:
        return np.repeat(np.array(labels), offices * months // len(labels))

    return MappingProxyType(
        {
            "province": spread(names[0]),
            "city": spread(names[1]),
            "office": spread(names[2]),
            "month": np.tile((_synthetic.FIRST_MONTH + np.arange(months)).astype(str), offices),
            "share": world.weight.ravel(),
            "non_arrest_rate": np.einsum("omc,oc->om", world.refusal, charges).ravel(),
            "non_prosecution_rate": np.repeat(non_prosecution, months),
            "plea_leniency_rate": np.repeat(world.plea, months),
        }
    )


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure as it was published, and where."""

    place: str
    period: str  #: ``2019-01..2019-12``; years, months or a day, as published
    name_zh: str
    name_en: str
    value: str  #: as printed: rounded figures keep their unit (``38.5万``), lower bounds their sign (``1900+``)
    unit: str
    ratio_of: str  #: of a rate: what is divided by what, where the source says so
    note: str
    source: str  #: the address of the page


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """A published rate, with the published counts that it should come from.

    ``counts`` gives a figure for each aggregate of ``indicator`` in the catalogue ``spp``: an integer, or the least
    and the greatest integer that a rounded figure can stand for.
    """

    place: str
    period: str
    indicator: str
    counts: Mapping[str, int | tuple[int, int]]
    printed: str  #: in per cent, to the printed digit
    reproduced: bool  #: whether the counts make the printed rate; some do not, and say in ``note`` why
    note: str
    source: str  #: the address of the page

    @property
    def decimals(self) -> int:
        """How many digits were printed after the point."""
        return len(self.printed.partition(".")[2])

    def agrees(self, least: float | None, most: float | None) -> bool:
        """Tell whether a rate from `least` to `most` (fractions) can have been printed so."""
        if least is None or most is None:
            return False
        printed, half = Fraction(self.printed), Fraction(1, 2 * 10**self.decimals)
        return 100 * Fraction(least) <= printed + half and 100 * Fraction(most) >= printed - half


@dataclass(frozen=True, slots=True)
class Published:
    """Published figures, and the rates among them that can be computed again."""

    figures: tuple[PublishedFigure, ...]
    rates: tuple[PublishedRate, ...]


def published() -> Published:
    """Return 498 published figures of case handling from 50 sources, 2016 to 2025, and the rates that rest on them."""
    return Published(
        figures=tuple(PublishedFigure(**row) for row in _rows("published_figures.csv")),
        rates=tuple(_rate(row) for row in _rows("published_rates.csv")),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files("casemetry") / "_data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _rate(row: dict[str, str]) -> PublishedRate:
    counts = dict(_count(part) for part in row["counts"].split("; "))
    return PublishedRate(
        place=row["place"],
        period=row["period"],
        indicator=row["indicator"],
        counts=MappingProxyType(counts),
        printed=row["printed"],
        reproduced=row["reproduced"] == "yes",
        note=row["note"],
        source=row["source"],
    )


def _count(text: str) -> tuple[str, int | tuple[int, int]]:
    """``refused = 313743``, or with a rounded figure ``refused = 384500..385499``."""
    name, _, figure = text.partition(" = ")
    low, _, high = figure.partition("..")
    return name, (int(low), int(high)) if high else int(low)
