# SPDX-License-Identifier: Apache-2.0
"""Synthetic leads as tables, with the truth beside them. :mod:`casemetry.datasets` is where they are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from casemetry._errors import QueryError
from casemetry._lead_draws import FUNCTIONS, KINDS, LeadDraws, draw_leads, group_sizes
from casemetry._lead_model import GROUPS, MOST, RULES, STAGES, LeadWorld, make_lead_world
from casemetry._synthetic import CITIES, COUNTIES, FIRST_MONTH, LAST_DAY, Every, Language, office_names, periods_of

FEWEST = sum(MOST.values())  # sources of which each group has enough

Place = Literal["office", "region"]


@dataclass(frozen=True, slots=True, repr=False)
class SyntheticLeads:
    """Leads that were drawn at random, and the contributions that they were drawn from.

    Attributes
    ----------
    leads : pyarrow.Table
        A row for each lead, as of :attr:`as_of`: ``lead_id``; where it was registered, as ``region`` and ``office``;
        ``kind`` (85 % ``supervision``; one in a hundred is not filled in) and ``function``; ``registered_on``,
        ``verified_on``, ``filed_on`` and ``acted_on``, empty for a stage that it has not reached; and the yuan that
        acting on it ``recovered``.
    discoveries : pyarrow.Table
        A row each time that a ``source`` found a ``lead_id``, ``found_on`` a day: in the order of the days. Some found
        none; some more than 90 days before it was registered, or after.
    sources : pyarrow.Table
        Each ``source`` and its ``group``. A few digital ones find nothing.
    lead_cases : pyarrow.Table
        Leads that were filed and their cases, many to many: ``lead_id``, ``case_id``, ``region``, ``office``, and
        ``opened_on``, the day on which the lead was filed.
    truth : mapping of str to array
        For each ``region``, ``office`` and ``month``: the share of all leads that is ``registered`` there and then,
        ``verified``, ``filed``, ``acted`` on; of these the share that has a source (``filed.attributed``), and the
        true contribution of each group under each rule (``filed.owen.digital``).
    as_of : date
        The day at which the leads stand.
    """

    leads: Any
    discoveries: Any
    sources: Any
    lead_cases: Any
    truth: Mapping[str, npt.NDArray[Any]]
    as_of: dt.date

    def __repr__(self) -> str:
        sizes = ", ".join(f"{table.num_rows:,} {name}" for name, table in self.tables.items())
        return f"SyntheticLeads({sizes}; as of {self.as_of})"

    @property
    def tables(self) -> dict[str, Any]:
        """The tables by the names that the catalogue ``leads`` has for them."""
        names = ("leads", "discoveries", "sources", "lead_cases")
        return {name: getattr(self, name) for name in names}

    @property
    def groups(self) -> dict[str, list[str]]:
        """The sources of each group, the busiest first."""
        names, groups = (self.sources.column(name).to_pylist() for name in ("source", "group"))
        return {group: [name for name, its in zip(names, groups, strict=True) if its == group] for group in GROUPS}

    def true_contributions(
        self,
        of: str,
        rule: str,
        *,
        stage: str = "registered",
        over: Literal["leads", "attributed"] = "leads",
        by: Place | None = None,
        every: Every | None = None,
    ) -> dict[tuple[str | None, str | None], float]:
        """Return the true contribution of a group: its expected weight in a lead, by the model.

        It is what :meth:`Cube.contribution` estimates, not the mean weight of the leads that were drawn.

        Parameters
        ----------
        of : {"digital", "traditional"}
            The group.
        rule : str
            ``any``, ``exclusive``, ``first``, ``last``, ``linear``, ``shapley`` or ``owen``, within 90 days before
            the registration.
        stage : {"registered", "verified", "filed", "acted"}
            Of the leads that reached it, by the month in which they did.
        over : {"leads", "attributed"}
            Of all leads, or of those that have a source.
        by : {"office", "region"}, optional
            A contribution for each; otherwise one for all.
        every : {"month", "quarter", "year"}, optional
            A contribution for each period; otherwise one for the four years.

        Returns
        -------
        dict
            The contribution for each pair of place and period, such as ``("A省", "2024Q1")``; None stands for all.

        Raises
        ------
        QueryError
            If there is no such group, rule, stage, place or period.
        """
        for word, known in (
            (of, GROUPS),
            (rule, RULES),
            (stage, STAGES),
            (over, ("leads", "attributed")),
            (by, (None, *get_args(Place))),
            (every, (None, *get_args(Every))),
        ):
            if word not in known:
                expected = ", ".join(str(one) for one in known if one)
                raise QueryError(f"synthetic leads have no {word!r}: expected one of {expected}")
        share = self.truth[stage]
        of_all = share if over == "leads" else share * self.truth[f"{stage}.attributed"]
        place, place_of = _distinct(self.truth[by] if by else None, share.size)
        period, period_of = _distinct(periods_of(self.truth["month"], every) if every else None, share.size)
        cell = place_of * len(period) + period_of
        credit = np.bincount(cell, share * self.truth[f"{stage}.{rule}.{of}"])
        cells = [(a, b) for a in place for b in period]
        return dict(zip(cells, (credit / np.bincount(cell, of_all)).tolist(), strict=True))


def _distinct(labels: npt.NDArray[Any] | None, size: int) -> tuple[list[str | None], npt.NDArray[np.int64]]:
    """Give the labels that occur, and of each row which it has; without labels all rows are of one kind."""
    if labels is None:
        return [None], np.zeros(size, np.int64)
    names, codes = np.unique(labels, return_inverse=True)
    return [str(name) for name in names], codes


def synthetic_leads(
    n: int, *, sources: int = 348, rng: int | np.random.Generator = 0, lang: Language = "zh"
) -> SyntheticLeads:
    """Draw synthetic leads: 240 county offices in ten invented regions, four years, known true contributions.

    Leads are independent of one another. One in ten has no source; many have several, of both groups, found on the
    same day or on several, some again and again. Offices differ, and more and more leads come from digital sources,
    so contributions differ by rule, by region, from year to year and from stage to stage. Sources are as unequal as
    words in a text: the busiest finds a hundred times what the hundredth does. A million leads take about two seconds.

    The model is small enough to know the truth by adding up. What a rule reads of a lead is its *shape*: say ``T1 > D1
    + D2 > D1``, found by a traditional source first, then by two digital ones on one day, then by one of them again.
    There are seventeen shapes. Where δ says how far an office has come with models in a month (a quarter of the way in
    early 2021, over four fifths at the end of 2024), a shape is drawn there with the chance (1 − δ) · before + δ ·
    after. The true contribution is the mean of the weights of the seventeen shapes by these chances; at a later stage
    each shape also has the chance that a lead of it gets so far, and every lag of days its chance. Which sources of a
    group it is, kind, function and what was recovered are drawn apart from the shape, so by value the truth is the
    same as by leads.

    Parameters
    ----------
    n : int
        How many leads.
    sources : int
        How many sources, five digital ones (``model_001``, …) to one traditional (``channel_01``, …); at least five.
    rng : int or numpy.random.Generator
        The seed, or a generator to draw from: the same seed gives the same leads.
    lang : {"zh", "en"}
        Of the names of regions and offices.

    Returns
    -------
    SyntheticLeads

    Raises
    ------
    ValueError
        If `n` is negative, or if there are fewer than five sources.
    """
    if n < 0:
        raise ValueError(f"n is the number of leads to draw: {n} is negative")
    if sources < FEWEST:
        raise ValueError(f"sources is the number of sources: it is {sources}, and should be at least {FEWEST}")
    generator = np.random.default_rng(rng)
    world = make_lead_world(generator)
    draws = draw_leads(world, n, sources, generator)
    names = _source_names(sources)
    regions, _, offices = office_names(lang)
    return SyntheticLeads(
        leads=_leads(draws, regions, offices),
        discoveries=_discoveries(draws, names),
        sources=_sources(names),
        lead_cases=_lead_cases(draws, regions, offices),
        truth=_truth(world, regions, offices),
        as_of=LAST_DAY.astype(dt.date),
    )


def _source_names(sources: int) -> list[str]:
    digital, traditional = group_sizes(sources)
    models = [f"model_{number:03}" for number in range(1, digital + 1)]
    return models + [f"channel_{number:02}" for number in range(1, traditional + 1)]


def _labelled(codes: npt.NDArray[Any], labels: list[str] | tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(labels, pa.string()))


def _leads(draws: LeadDraws, regions: list[str], offices: list[str]) -> Any:
    import pyarrow as pa

    return pa.table(
        {
            "lead_id": np.arange(1, draws.office.size + 1),
            "region": _labelled(draws.office // (CITIES * COUNTIES), regions),
            "office": _labelled(draws.office, offices),
            "kind": _labelled(draws.kind, KINDS),
            "function": _labelled(draws.function, FUNCTIONS),
            "registered_on": draws.registered_on,
            "verified_on": draws.verified_on,
            "filed_on": draws.filed_on,
            "acted_on": draws.acted_on,
            "recovered": pa.array(draws.recovered, mask=np.isnat(draws.acted_on)),
        }
    )


def _discoveries(draws: LeadDraws, names: list[str]) -> Any:
    import pyarrow as pa

    found = draws.discoveries
    return pa.table({"lead_id": found.lead + 1, "source": _labelled(found.source, names), "found_on": found.found_on})


def _sources(names: list[str]) -> Any:
    import pyarrow as pa

    digital, traditional = group_sizes(len(names))
    return pa.table({"source": names, "group": np.repeat(GROUPS, [digital, traditional]).tolist()})


def _lead_cases(draws: LeadDraws, regions: list[str], offices: list[str]) -> Any:
    import pyarrow as pa

    links = draws.links
    office = draws.office[links.lead]
    return pa.table(
        {
            "lead_id": links.lead + 1,
            "case_id": links.case,
            "region": _labelled(office // (CITIES * COUNTIES), regions),
            "office": _labelled(office, offices),
            "opened_on": draws.filed_on[links.lead],
        }
    )


def _truth(world: LeadWorld, regions: list[str], offices: list[str]) -> Mapping[str, npt.NDArray[Any]]:
    places, months = world.weight.shape
    labels = {
        "region": np.repeat(np.array(regions), CITIES * COUNTIES * months),
        "office": np.repeat(np.array(offices), months),
        "month": np.tile((FIRST_MONTH + np.arange(months)).astype(str), places),
    }
    return MappingProxyType(labels | {name: values.ravel() for name, values in world.truth().items()})
