# SPDX-License-Identifier: Apache-2.0
"""The definitions of a catalogue in words: what is counted, by which day, over what."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry import _core
    from casemetry._presentation.words import Language
    from casemetry.catalogues import Catalogue

Tree = Mapping[str, Any]

UNITS = {
    "person": Label("人", "persons"),
    "case": Label("件", "cases"),
    "occasion": Label("件次", "occasions"),
    "lead": Label("条", "leads"),
}
FORMATS = {
    "percent": Label("%", "%"),
    "one_to": Label("1 : n", "1 : n"),
    "per_100": Label("每百", "per 100"),
    "days": Label("日", "days"),
}
DIRECTIONS = {
    "higher": Label("越高越好", "higher is better"),
    "lower": Label("越低越好", "lower is better"),
    "neutral": Label("中性", "neutral"),
    "range": Label("在区间内", "within a range"),
}
EVIDENCE = {
    "stated": Label("有来源写明", "stated"),
    "reproduced": Label("能复现公布数", "reproduced"),
    "inferred": Label("推断", "inferred"),
    "unconfirmed": Label("未证实", "unconfirmed"),
}

_TERM = re.compile(r"opening\((?P<opening>[^()]+)\)|(?P<name>[^\W\d]\w*)")


def label_of(tree: Tree, name: str = "") -> Label:
    """Give the label of a definition; its name stands for one that it lacks."""
    label = tree.get("label", "")
    if isinstance(label, str):
        return Label(label, "") if label else Label(name, name)
    return Label(label.get("zh", ""), label.get("en", ""))


def note_of(tree: Tree) -> Label:
    """Give the note of a definition."""
    note = tree.get("note", "")
    return Label(note, "") if isinstance(note, str) else Label(note.get("zh", ""), note.get("en", ""))


@dataclass(frozen=True)
class Words:
    """Puts the definitions of one catalogue into words of one language."""

    tree: Tree
    lang: Language
    aggregates: Mapping[str, Tree]
    indicators: Mapping[str, Tree]
    shared: frozenset[Label]
    """Labels that several aggregates have: the unit tells them apart, 不捕（人）, 不捕（件）."""

    @classmethod
    def of(cls, catalogue: Catalogue | _core.Catalogue, lang: Language) -> Words:
        """Take a catalogue apart."""
        tree = json.loads(catalogue.json())
        aggregates = _by_id(tree.get("aggregate", ()))
        labels = Counter(label_of(one, one["id"]) for one in aggregates.values())
        shared = frozenset(label for label, times in labels.items() if times > 1)
        return cls(tree, lang, aggregates, _by_id(tree.get("indicator", ())), shared)

    def table(self, indicator: Tree) -> str:
        """Find the table that an indicator is about: where its first count comes from; empty for contributions."""
        counted = self._count(indicator)
        return self.root(counted["unit"]) if counted else ""

    def table_label(self, table: str) -> str:
        """Give what a table is called."""
        return label_of(self.tree.get("table", {}).get(table, {}), table).text(self.lang)

    def unit(self, indicator: Tree) -> str:
        """Give what an indicator is counted in: 人, 件, 件次; %, 1 : n."""
        if indicator.get("format") in FORMATS:
            return FORMATS[indicator["format"]].text(self.lang)
        count = self._count(indicator)
        if count is None or count.get("kind") == "sum":
            return ""
        counts = self._counts(count["unit"])
        return counts.text(self.lang) if counts else ""

    def formula(self, fields: Tree, whole: Tree | None = None) -> str:
        """Write a formula with the labels of what it names; of a single count the day and the condition, too."""
        whole = whole or fields
        if "numerator" in whole:
            above, below = (fields.get(side, whole[side]) for side in ("numerator", "denominator"))
            return f"{self._bracketed(above)} / {self._bracketed(below)}"
        if whole["kind"] == "contribution":
            return f"{whole['group']}, {whole['rule']}, @{whole['groups']}"
        of = fields.get("of", whole.get("of", ""))
        return self._counted(self.aggregates[of]) if of in self.aggregates else self.named(of)

    def named(self, formula: str) -> str:
        """Replace the names of a formula by labels: ``opening(pending_cases)`` → 期初未结案件."""
        before = "期初" if self.lang == "zh" else "opening "
        return _TERM.sub(
            lambda term: before + self.name(term["opening"]) if term["opening"] else self.name(term["name"]), formula
        )

    def root(self, unit: str) -> str:
        """Find the table at the end of what a unit is made from."""
        units = self.tree.get("unit", {})
        while unit in units:
            unit = units[unit]["from"]
        return unit

    def name(self, name: str) -> str:
        """Give what an aggregate or an indicator is called; with its unit, if another has the same label."""
        tree = self.aggregates.get(name) or self.indicators.get(name)
        if tree is None:
            return name
        label = label_of(tree, name)
        counts = self._counts(tree["unit"]) if label in self.shared and "unit" in tree else None
        return (label.counted_in(counts) if counts else label).text(self.lang)

    def _bracketed(self, formula: str) -> str:
        named = self.named(formula)
        return f"({named})" if " " in formula else named

    def _count(self, indicator: Tree) -> Tree | None:
        """Find the first aggregate of a formula, through the count indicators that it names."""
        term = _TERM.search(indicator.get("numerator") or indicator.get("of") or "")
        name = (term["opening"] or term["name"]) if term else ""
        if name in self.aggregates or name not in self.indicators:
            return self.aggregates.get(name)
        return self._count(self.indicators[name])

    def _counts(self, unit: str) -> Label | None:
        trees = (self.tree.get("unit", {}).get(unit), self.tree.get("table", {}).get(self.root(unit)))
        for counts in (tree["counts"] for tree in trees if tree and tree.get("counts")):
            return UNITS.get(counts) if isinstance(counts, str) else Label(counts.get("zh", ""), counts.get("en", ""))
        return None

    def _counted(self, aggregate: Tree) -> str:
        columns = self.tree.get("table", {}).get(self.root(aggregate["unit"]), {}).get("columns", {})
        days = [aggregate[key] for key in ("date", "opened", "closed") if key in aggregate]
        day = "–".join(label_of(columns.get(name, {}), name).text(self.lang) for name in days)
        conditions = [aggregate[key] for key in ("where", "applies_where") if key in aggregate]
        return ("；" if self.lang == "zh" else "; ").join(filter(None, (day, " and ".join(conditions))))


def _by_id(trees: Iterable[Tree]) -> dict[str, Tree]:
    return {tree["id"]: tree for tree in trees}
