# SPDX-License-Identifier: Apache-2.0
"""What a cube of leads is asked: contributions, stage by stage, claims, and how sources overlap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from casemetry import _core
from casemetry._arguments import condition, names
from casemetry._cube_value import CubeValue
from casemetry.contributions import Claim, Overlap, claim_of, group_named, spelled
from casemetry.result import Result

if TYPE_CHECKING:
    from casemetry._core import Expression
    from casemetry._lead import Groups, Over, Rule


class LeadsCube(CubeValue):
    """A cube of which leads (线索) may be asked, if its catalogue declares any."""

    def contribution(
        self,
        of: str,
        *,
        rule: Rule | Sequence[Rule] | None = None,
        groups: str | Groups | None = None,
        lead: str | None = None,
        stage: str | None = None,
        over: Over = "leads",
        by: str | Sequence[str] = (),
        period: str | None = None,
        every: str | None = None,
        where: str | Expression | None = None,
        compare: str | Sequence[str] = (),
        level: float = 0.95,
    ) -> Result:
        """Ask what share of the leads (线索) a group of sources contributed: its contribution (贡献率) under a rule.

        "Contribution" alone is no number. It depends on the rule, on which leads are asked about, on the stage they
        reached, on the groups, on what a lead weighs, and on which discoveries count; these names stand below the
        table, beside the band from exclusive to any. `rule` and `groups` have no default.

        Parameters
        ----------
        of : str
            A group.
        rule : str or sequence of str
            How a lead is credited that several sources found; of several rules each has a row. With m of its k sources
            in the group: ``any`` gives 1 if m > 0, ``exclusive`` 1 if m = k, ``shapley`` m / k, ``owen`` an equal share
            to each group that found it, ``first`` and ``last`` m / k of those that found it first or last, ``linear``
            m / k of all discoveries, repeats included.
        groups : str or mapping
            The name of a grouping, or group → its sources, one of them ``...`` for all others. Groups that join those
            of a grouping in the cube answer every question, others only that over all.
        lead : str, optional
            A lead set of the catalogue; by default the only one.
        stage : str, optional
            The leads that reached it, placed by its date; by default the first.
        over : {"leads", "attributed"}
            What it is a share of: all leads W, or those that have a source, W − U.
        by, period, every, where, compare, level
            As in :meth:`Cube.table`.

        Returns
        -------
        Result
            ``numerator`` is the group's credit and ``denominator`` the leads that it is a share of; ``exclusive`` and
            ``any`` are the band, ``leads`` is W and ``unattributed`` U, both missing where there are discoveries and no
            lead table. The interval is Wilson's, by as many leads as would have this standard error if each counted
            whole.

        Raises
        ------
        QueryError
            No `rule` or `groups` (with those that are known), no such group, grouping, lead set or stage (with the
            nearest name), a rule that is asked twice or of which the lead set does not declare the sources; and as
            :meth:`Cube.table` does. Groups by which the cube does not count are no error: the rows are
            ``not_available``, and the result says which grouping to declare.
        DefinitionError
            A source in two groups.

        Examples
        --------
        >>> import casemetry as cm
        >>> leads = {"sources": [["model"], ["model", "hotline"], ["hotline"], []], "office": ["A", "A", "B", "B"]}
        >>> origin = cm.grouping("origin", {"digital": ["model"], "traditional": ...})
        >>> cube = cm.Cube({"leads": leads}, [cm.leads("supervision", unit="leads"), origin], by="office")
        >>> cube.contribution("digital", rule="owen", groups="origin").columns["value"]
        [0.375]
        >>> result = cube.contribution("digital", rule=["any", "owen"], groups="origin", by="office", over="attributed")
        >>> result.columns["value"], result.columns["unattributed"]
        ([1.0, 0.0, 0.75, 0.0], [0, 1, 0, 1])
        """
        return self._ask(
            _core.contribution,
            of,
            rule=rule,
            groups=groups,
            lead=lead,
            stage=stage or "",
            over=over,
            by=by,
            period=period,
            every=every,
            where=where,
            compare=compare,
            level=level,
        )

    def stages(
        self,
        of: str,
        *,
        rule: Rule | Sequence[Rule] | None = None,
        groups: str | Groups | None = None,
        lead: str | None = None,
        over: Over = "leads",
        by: str | Sequence[str] = (),
        period: str | None = None,
        every: str | None = None,
        where: str | Expression | None = None,
        compare: str | Sequence[str] = (),
        level: float = 0.95,
    ) -> Result:
        """Ask for the contribution (贡献率) at every stage (环节) that leads pass, side by side.

        Parameters are those of :meth:`contribution`. Each stage has its own date: over all a later one has no more
        leads than an earlier one, in a month it may.

        Raises
        ------
        QueryError
            If the leads have no stages; and as :meth:`contribution` does.

        Examples
        --------
        >>> import casemetry as cm
        >>> leads = {
        ...     "sources": [["model"], ["model", "hotline"], ["hotline"]],
        ...     "registered_on": ["2024-01-05", "2024-01-09", "2024-02-01"],
        ...     "filed_on": ["2024-03-01", "2024-03-08", None],
        ... }
        >>> passed = cm.leads("supervision", unit="leads", stages={"registered": "registered_on", "filed": "filed_on"})
        >>> origin = cm.grouping("origin", {"digital": ["model"], "traditional": ...})
        >>> cube = cm.Cube({"leads": leads}, [passed, origin])
        >>> result = cube.stages("digital", rule="owen", groups="origin")
        >>> result.columns["value"], result.columns["leads"]
        ([0.5, 0.75], [3, 2])
        """
        return self._ask(
            _core.stages,
            of,
            rule=rule,
            groups=groups,
            lead=lead,
            over=over,
            by=by,
            period=period,
            every=every,
            where=where,
            compare=compare,
            level=level,
        )

    def _ask(
        self,
        ask: Callable[..., _core.Result],
        of: str,
        *,
        rule: Rule | Sequence[Rule] | None,
        groups: str | Groups | None,
        lead: str | None,
        by: str | Sequence[str],
        where: str | Expression | None,
        compare: str | Sequence[str],
        **others: Any,
    ) -> Result:
        asked = ask(
            self._core,
            group_named(of),
            rules=names(rule or ()),
            **spelled(groups),
            lead=lead or "",
            by=names(by),
            where=condition(where),
            compare=names(compare),
            **others,
        )
        return Result(asked, _core.asked_of(self._core, asked))

    def claim(
        self,
        of: str,
        *,
        rule: Rule | None = None,
        groups: str | Groups | None = None,
        over: float,
        years: str | int | Sequence[str | int],
        lead: str | None = None,
        stage: str | None = None,
        level: float = 0.95,
    ) -> Claim:
        """Test a claim: that the contribution (贡献率) of a group exceeds a share in each of some years.

        Parameters
        ----------
        of, rule, groups, lead, stage
            As in :meth:`contribution`; one rule, under which the verdict is given. The others are told beside it.
        over : float
            The share that is said to be exceeded, in (0, 1): 0.6 is 60 %.
        years : str, int, or sequence of them
            ``["2024", "2025"]``; any periods.
        level : float
            The claim holds if the joint p is at most 1 − level.

        Raises
        ------
        QueryError
            A year without leads, a share that is not between 0 and 1; and as :meth:`contribution` does.

        Examples
        --------
        >>> import casemetry as cm
        >>> leads = {"sources": [["model"]] * 90 + [["hotline"]] * 10, "on": ["2024-03-01", "2025-03-01"] * 50}
        >>> supervision = cm.leads("supervision", unit="leads", stages={"registered": "on"})
        >>> origin = cm.grouping("origin", {"digital": ["model"], "traditional": ...})
        >>> cube = cm.Cube({"leads": leads}, [supervision, origin])
        >>> claim = cube.claim("digital", rule="owen", groups="origin", over=0.6, years=["2024", "2025"])
        >>> claim.holds, claim.rules["exclusive"]
        (True, True)
        """
        return claim_of(
            self._core, of, rule=rule, groups=groups, share=over, years=years, lead=lead, stage=stage, level=level
        )

    def overlap(self, lead: str | None = None, stage: str | None = None) -> Overlap:
        """Ask how sources overlap (重叠), over all: who finds what others find as well.

        Parameters are those of :meth:`contribution`.

        Examples
        --------
        >>> import casemetry as cm
        >>> leads = {"sources": [["model"], ["model", "hotline"], ["hotline", "model"], []]}
        >>> cube = cm.Cube({"leads": leads}, [cm.leads("supervision", unit="leads")])
        >>> overlap = cube.overlap()
        >>> overlap.unattributed, overlap.always_covered, overlap.pairs["jaccard"]
        (1, ['hotline'], [0.6666666666666666])
        """
        found = _core.overlap(self._core, lead=lead or "", stage=stage or "")
        return Overlap(found, _core.knows_unattributed(self._core, lead or ""))
