# SPDX-License-Identifier: Apache-2.0
"""How synthetic cases are drawn: every case independently, from probabilities that are kept as the truth.

Cases fall into cells of office × month, then into charges; the chance of each outcome depends on the three. Because
a case is drawn independently of all others, the number of refusals among the decided cases of any cell is binomial
with the mean chance of that cell: an interval can be tested against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Days = npt.NDArray[np.datetime64]
Language = Literal["zh", "en"]
Every = Literal["month", "quarter", "year"]

FIRST_MONTH = np.datetime64("2021-01", "M")
MONTHS = 48
LAST_DAY = (FIRST_MONTH + MONTHS).astype("datetime64[D]") - np.timedelta64(1, "D")
PROVINCES, CITIES, COUNTIES = 10, 4, 6  # cities in a province, counties in a city
OFFICES = PROVINCES * CITIES * COUNTIES
MISSING = -1

DECISIONS = ("approved", "decided", "refused_no_crime", "refused_evidence", "refused_no_need")
OUTCOMES = ("prosecuted", "not_prosecuted_minor")
SEXES = ("male", "female")

# charge (罪名), its share, and what it does to the log-odds of refusal and of non-prosecution
CHARGES = (
    ("盗窃", "theft", 0.24, 0.0, 0.1),
    ("危险驾驶", "dangerous driving", 0.18, 0.9, 0.4),
    ("诈骗", "fraud", 0.14, 0.0, -0.2),
    ("故意伤害", "intentional injury", 0.12, 0.3, 0.5),
    ("帮助信息网络犯罪活动", "aiding cybercrime", 0.09, 0.5, 0.6),
    ("寻衅滋事", "picking quarrels", 0.07, 0.1, 0.0),
    ("交通肇事", "traffic casualty", 0.06, 0.8, 0.7),
    ("开设赌场", "running a casino", 0.04, -0.2, -0.4),
    ("贩卖毒品", "drug trafficking", 0.03, -1.2, -1.3),
    ("掩饰、隐瞒犯罪所得", "handling stolen goods", 0.02, 0.2, 0.2),
    ("强奸", "rape", 0.007, -1.0, -0.9),
    ("职务侵占", "embezzlement", 0.003, 0.2, 0.3),
)
# the months of a year: little in February, much before the year ends
SEASON = (1.0, 0.7, 1.05, 1.0, 1.0, 1.05, 1.0, 0.95, 1.05, 0.95, 1.1, 1.25)

_LETTERS = "ABCDEFGHIJ"
_DISTRICTS = (
    ("中区", "Centre"),
    ("东区", "East"),
    ("西区", "West"),
    ("南县", "South"),
    ("北县", "North"),
    ("新区", "New Town"),
)


@dataclass(frozen=True, slots=True)
class World:
    """The chances that cases are drawn from; arrays over office, month and charge."""

    weight: Floats  # (OFFICES, MONTHS): the share of all cases; sums to one
    charges: Floats  # (PROVINCES, charges): the share of each charge; rows sum to one
    refusal: Floats  # (OFFICES, MONTHS, charges)
    non_prosecution: Floats  # (OFFICES, charges)
    plea: Floats  # (OFFICES,)


def office_names(lang: Language) -> tuple[list[str], list[str], list[str]]:
    """Names of provinces, cities and county offices. They are invented."""
    if lang == "zh":
        provinces = [f"{letter}省" for letter in _LETTERS]
        cities = [f"{letter}{number}市" for letter in _LETTERS for number in range(1, CITIES + 1)]
        return provinces, cities, [city + district for city in cities for district, _ in _DISTRICTS]
    provinces = [f"Province {letter}" for letter in _LETTERS]
    cities = [f"City {letter}{number}" for letter in _LETTERS for number in range(1, CITIES + 1)]
    return provinces, cities, [f"{city} {district}" for city in cities for _, district in _DISTRICTS]


def office_codes() -> tuple[list[str], list[str], list[str]]:
    """Codes of provinces, cities and county offices: six digits, two a level, as in GB/T 2260.

    They begin with 90 to 99, which no region has.
    """
    provinces = [f"{90 + p}0000" for p in range(PROVINCES)]
    cities = [f"{p[:2]}{c:02d}00" for p in provinces for c in range(1, CITIES + 1)]
    counties = [f"{c[:4]}{d:02d}" for c in cities for d in range(1, COUNTIES + 1)]
    return provinces, cities, counties


def periods_of(months: npt.NDArray[Any], every: Every) -> npt.NDArray[Any]:
    """Name the periods that months such as ``2024-03`` fall into: the same, ``2024Q1``, or ``2024``."""
    if every == "month":
        return months
    names = {
        m: m[:4] + (f"Q{(int(m[5:]) + 2) // 3}" if every == "quarter" else "") for m in map(str, np.unique(months))
    }
    return np.array([names[str(m)] for m in months])


def make_world(rng: np.random.Generator) -> World:
    """Draw the chances: how offices, months and charges differ."""
    office_size = rng.lognormal(0.0, 0.5, OFFICES)
    growth = np.linspace(1.0, 1.2, MONTHS)
    weight = office_size[:, None] * (growth * np.resize(SEASON, MONTHS))[None, :]
    share, arrest_shift, prosecution_shift = (np.array([c[i] for c in CHARGES]) for i in (2, 3, 4))
    province_charges = share * rng.lognormal(0.0, 0.2, (PROVINCES, len(CHARGES)))
    office_shift = by_office(rng, 0.25)
    trend = np.linspace(-0.4, 0.4, MONTHS) + 0.1 * np.sin(2 * np.pi * np.arange(MONTHS) / 12)
    return World(
        weight=weight / weight.sum(),
        charges=province_charges / province_charges.sum(axis=1, keepdims=True),
        refusal=chance(-1.0 + office_shift[:, None, None] + trend[None, :, None] + arrest_shift),
        non_prosecution=chance(-1.6 + by_office(rng, 0.3)[:, None] + prosecution_shift),
        plea=chance(1.8 + by_office(rng, 0.3)),
    )


def by_office(rng: np.random.Generator, spread: float) -> Floats:
    """How far each office lies from the mean, in log-odds: its province, its city, and itself."""
    province = np.repeat(rng.normal(0.0, spread, PROVINCES), CITIES * COUNTIES)
    city = np.repeat(rng.normal(0.0, spread / 2, PROVINCES * CITIES), COUNTIES)
    return province + city + rng.normal(0.0, spread / 2, OFFICES)


def chance(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


@dataclass(frozen=True, slots=True)
class Draws:
    """The drawn cases, a number a case; ``MISSING`` and not-a-time are missing."""

    office: Codes
    charge: Codes
    decision: Codes
    outcome: Codes
    plea: Codes
    sex: Codes
    age: Codes
    received_on: Days
    decided_on: Days
    concluded_on: Days
    entered_on: Days


def draw_cases(world: World, n: int, rng: np.random.Generator) -> Draws:
    """Draw `n` cases, independent of one another."""
    cell = pick(world.weight.ravel(), rng.random(n))
    office, month = np.divmod(cell, np.int32(MONTHS))
    charge = pick_in_group(world.charges, office // (CITIES * COUNTIES), rng.random(n))
    refused = rng.random(n) < world.refusal[office, month, charge]
    not_prosecuted = rng.random(n) < world.non_prosecution[office, charge]
    pleads = rng.random(n) < world.plea[office]

    decided = day_of_month(month, rng)
    concluded = decided + rng.integers(15, 120, n)
    pending = rng.random(n) < 0.004
    open_at_end = pending | (concluded > LAST_DAY)
    return Draws(
        office=office,
        charge=charge,
        decision=_lose(_decisions(refused, rng), pending | (rng.random(n) < 0.03)),
        outcome=_lose(not_prosecuted.astype(np.int32), open_at_end | (rng.random(n) < 0.01)),
        plea=_lose(pleads.astype(np.int32), rng.random(n) < 0.02),
        sex=_lose((rng.random(n) < 0.16).astype(np.int32), rng.random(n) < 0.01),
        age=_lose((14 + 70 * rng.beta(1.6, 3.4, n)).astype(np.int32), rng.random(n) < 0.02),
        received_on=np.where(pending, LAST_DAY - rng.integers(0, 8, n), decided - rng.integers(1, 10, n)),
        decided_on=np.where(pending, np.datetime64("NaT"), decided),
        concluded_on=np.where(open_at_end, np.datetime64("NaT"), concluded),
        entered_on=np.where(pending, LAST_DAY, np.minimum(decided + _days_until_entered(n, rng), LAST_DAY)),
    )


def pick(weights: Floats, uniform: Floats) -> Codes:
    """Find the index whose stretch of the cumulated weights each uniform number falls into."""
    return _bounded(np.searchsorted(np.cumsum(weights), uniform, side="right"), weights.size)


def pick_in_group(weights: Floats, group: Codes, uniform: Floats) -> Codes:
    """Do the same within rows of weights that sum to one each: row `g` covers the numbers from g to g + 1."""
    size = weights.shape[1]
    steps = (np.cumsum(weights, axis=1) + np.arange(weights.shape[0])[:, None]).ravel()
    index = np.searchsorted(steps, group + uniform, side="right") - group * size
    return _bounded(index, size)


def _bounded(index: npt.NDArray[np.signedinteger], size: int) -> Codes:
    return np.asarray(np.minimum(index, size - 1), np.int32)


def day_of_month(month: Codes, rng: np.random.Generator) -> Days:
    starts = (FIRST_MONTH + np.arange(MONTHS + 1)).astype("datetime64[D]")
    lengths = np.diff(starts).astype(np.int64)
    return np.asarray(starts[month] + (lengths[month] * rng.random(month.size)).astype(np.int64))


def _decisions(refused: npt.NDArray[np.bool_], rng: np.random.Generator) -> Codes:
    """Codes into DECISIONS: of arrests 3 % decided by the procuratorate itself; of refusals by reason."""
    kind = rng.random(refused.size)
    arrest = (kind < 0.03).astype(np.int32)
    refusal = 2 + np.searchsorted([0.05, 0.55], kind, side="right").astype(np.int32)
    return np.where(refused, refusal, arrest)


def _days_until_entered(n: int, rng: np.random.Generator) -> Integers:
    """Most cards are filled within three days, some within a month, a few much later."""
    kind = rng.random(n)
    longest = np.select([kind < 0.85, kind < 0.97], [4, 31], 121)
    return np.asarray(longest * rng.random(n)).astype(np.int64)


def _lose(codes: Codes, lost: npt.NDArray[np.bool_]) -> Codes:
    codes[lost] = MISSING
    return codes
