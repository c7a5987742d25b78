# SPDX-License-Identifier: Apache-2.0
"""What a cube is asked of leads besides a table: whether a claim holds, and how sources overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casemetry import _core
from casemetry._errors import QueryError
from casemetry._lead import grouping
from casemetry._presentation.html import STYLE, fragment, table
from casemetry._presentation.leads import ClaimFacts, overlap_grids
from casemetry._presentation.plain import plain
from casemetry._presentation.words import check_language

if TYPE_CHECKING:
    from casemetry._lead import Groups, Rule
    from casemetry._presentation.grid import Grid
    from casemetry._presentation.words import Language

__all__ = ["Claim", "Overlap"]


@dataclass(frozen=True, repr=False, eq=False)
class Claim:
    """A claim about years (论断), tested: that the contribution of a group exceeds a share in each of them.

    Made by :meth:`casemetry.Cube.claim`. Each year is tested one-sided by the score test that Wilson's interval
    inverts; jointly it is an intersection–union test (Berger 1982): the claim holds if every year rejects, so the joint
    p is the largest of them. The table has a row for each rule under which it could be tested, for a claim that holds
    under one rule only is a claim about the rule.
    """

    _facts: ClaimFacts

    @property
    def holds(self) -> bool:
        """Whether it holds under the rule that was asked: the joint p is at most 1 − level."""
        return self._facts.core.asked.holds

    @property
    def p(self) -> float:
        """The joint p under the rule that was asked."""
        return self._facts.core.asked.p

    @property
    def years(self) -> list[str]:
        """The years that it is about."""
        return [year.year for year in self._facts.core.asked.years]

    @property
    def rules(self) -> dict[str, bool]:
        """Under which rules it holds, and under which not."""
        return {verdict.rule: verdict.holds for verdict in self._facts.core.rules}

    @property
    def columns(self) -> dict[str, list[Any]]:
        """A row for each rule and year, to work with.

        ``rule``, ``year``, ``value``, ``low``, ``high``, ``leads``, ``unattributed`` (missing without a lead table),
        ``unknown``, ``p``, and of all years of the rule ``joint_p`` and ``holds``.
        """
        figures = ("value", "low", "high", "leads", "unattributed", "unknown")
        rows = [
            {
                "rule": verdict.rule,
                "year": year.year,
                **{name: getattr(year, name) for name in figures},
                "unattributed": year.unattributed if self._facts.leads_known else None,
                "p": year.p,
                "joint_p": verdict.p,
                "holds": verdict.holds,
            }
            for verdict in self._facts.core.rules
            for year in verdict.years
        ]
        return {name: [row[name] for row in rows] for name in ("rule", "year", *figures, "p", "joint_p", "holds")}

    def text(self, lang: Language = "zh") -> str:
        """Print it as a text table."""
        check_language(lang)
        return plain(self._facts.grid(lang), lang, rows=len(self.rules))

    def html(self, lang: Language = "zh") -> str:
        """Print it as a piece of HTML that needs no script, no other file and no network."""
        check_language(lang)
        return fragment(self._facts.grid(lang), lang, rows=len(self.rules))

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


@dataclass(frozen=True, repr=False, eq=False)
class Overlap:
    """How sources overlap (重叠): who finds what others find as well. Made by :meth:`casemetry.Cube.overlap`."""

    _overlap: _core.Overlap
    _leads_known: bool = True

    @property
    def leads(self) -> int:
        """How many leads there are of which the sources are known (W), those without any included."""
        return self._overlap.leads

    @property
    def unattributed(self) -> int | None:
        """How many leads no source found (U); not known where there are discoveries and no lead table."""
        return self._overlap.unattributed if self._leads_known else None

    @property
    def unknown(self) -> int:
        """Leads whose sources are not known, or of which it is not known whether they are asked about."""
        return self._overlap.unknown

    @property
    def names(self) -> dict[str, str]:
        """Which leads these are: ``among``, ``stage``, ``counts`` and ``window``."""
        return self._overlap.names

    @property
    def sources(self) -> dict[str, list[Any]]:
        """A row a source: ``source``, ``leads`` (that it found), ``alone`` (that no other found)."""
        return _columns(self._overlap.sources, ("source", "leads", "alone"))

    @property
    def pairs(self) -> dict[str, list[Any]]:
        """A row for each two sources that share a lead, by how many they share.

        ``first``, ``second``, ``both``, ``either``, ``jaccard`` (both / either), ``first_in_second`` (the share of the
        first's leads that the second found as well) and ``second_in_first``.
        """
        shares = ("jaccard", "first_in_second", "second_in_first")
        return _columns(self._overlap.pairs, ("first", "second", "both", "either", *shares))

    @property
    def intersections(self) -> dict[str, list[Any]]:
        """A row for each of the largest sets of two sources or more: ``sources``, ``leads`` (found by just these)."""
        return _columns(self._overlap.intersections, ("sources", "leads"))

    @property
    def never(self) -> list[str]:
        """The sources that a grouping lists, and that found no lead."""
        return [one.source for one in self._overlap.sources if not one.leads]

    @property
    def always_covered(self) -> list[str]:
        """The sources of which others found every lead as well."""
        return [one.source for one in self._overlap.sources if one.always_covered]

    def text(self, lang: Language = "zh", *, rows: int = 20) -> str:
        """Print it as text tables, each of so many rows at most."""
        check_language(lang)
        return "\n\n".join(plain(grid, lang, rows=rows) for grid in self._grids(lang))

    def html(self, lang: Language = "zh", *, rows: int = 20) -> str:
        """Print it as a piece of HTML that needs no script, no other file and no network."""
        check_language(lang)
        tables = "<br>".join(table(grid, lang, rows=rows) for grid in self._grids(lang))
        return f'<div class="casemetry"><style>{STYLE}</style>{tables}</div>'

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def _grids(self, lang: Language) -> tuple[Grid, ...]:
        return overlap_grids(self._overlap, lang, leads_known=self._leads_known)


def _columns(rows: Sequence[object], names: Sequence[str]) -> dict[str, list[Any]]:
    return {name: [getattr(row, name) for row in rows] for name in names}


def spelled(groups: str | Groups | None) -> dict[str, Any]:
    """Take the name of a grouping, or groups with their sources, as the core does."""
    if groups is None or isinstance(groups, str):
        return {"groups": groups or ""}
    fields = dict(grouping("groups", groups).fields)
    rest = fields.pop("rest", "")
    return {"groups": list(fields.items()), "rest": rest}


def group_named(of: Any) -> str:
    """Take the name of one group."""
    if not isinstance(of, str):
        raise QueryError(f"of={of!r}: name one group, such as of='digital'")
    return of


def claim_of(
    cube: _core.Cube,
    of: str,
    *,
    rule: Rule | None,
    groups: str | Groups | None,
    share: float,
    years: str | int | Sequence[str | int],
    lead: str | None,
    stage: str | None,
    level: float,
) -> Claim:
    """Test a claim, as :meth:`casemetry.Cube.claim` says."""
    if rule is not None and not isinstance(rule, str):
        raise QueryError(
            f"rule={rule!r}: a claim is tested under one rule; what becomes of it under others stands beside it"
        )
    if isinstance(share, bool) or not isinstance(share, (int, float)):
        raise QueryError(
            f"over={share!r}: the share that is said to be exceeded is a number between 0 and 1, such as 0.6"
        )
    asked = [str(year) for year in ([years] if isinstance(years, (str, int)) else years)]
    of_these: dict[str, Any] = {**spelled(groups), "lead": lead or "", "stage": stage or ""}
    verdicts = _core.claim(cube, group_named(of), rule=rule, share=share, years=asked, level=level, **of_these)
    known = _core.knows_unattributed(cube, lead or "")
    return Claim(ClaimFacts(verdicts, of=of, share=share, level=level, names=verdicts.names, leads_known=known))
