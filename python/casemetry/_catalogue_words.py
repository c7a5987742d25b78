# SPDX-License-Identifier: Apache-2.0
"""The definitions of a catalogue in words: what is counted, by which day, over what."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casemetry._condition_words import ConditionWords
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
    labels: frozenset[str]
    """What tables and aggregates are called, in Chinese."""

    @classmethod
    def of(cls, catalogue: Catalogue | _core.Catalogue, lang: Language) -> Words:
        """Take a catalogue apart."""
        tree = json.loads(catalogue.json())
        aggregates = _by_id(tree.get("aggregate", ()))
        labels = Counter(label_of(one, one["id"]) for one in aggregates.values())
        shared = frozenset(label for label, times in labels.items() if times > 1)
        called = frozenset(label.zh for label in labels) | {label_of(one).zh for one in tree.get("table", {}).values()}
        return cls(tree, lang, aggregates, _by_id(tree.get("indicator", ())), shared, called)

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
            grouping = self.tree.get("grouping", {}).get(whole["groups"], {})
            return f"{label_of(grouping, whole['groups']).text(self.lang)}: {whole['group']}, {whole['rule']}"
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
        conditions = self._conditions(aggregate["unit"])
        days = [conditions.label(aggregate[key]) for key in ("date", "opened", "closed") if key in aggregate]
        counts = None if aggregate.get("kind") == "sum" else self._counts(aggregate["unit"])
        applies = aggregate.get("applies_where", "")
        among = Label("只看", "among those where ").text(self.lang) + conditions.text(applies) if applies else ""
        where = conditions.text(aggregate["where"]) if "where" in aggregate else ""
        told = (counts.text(self.lang) if counts else "", self._by(days), where, among)
        return ("；" if self.lang == "zh" else "; ").join(filter(None, told))

    def _by(self, days: Sequence[str]) -> str:
        """Tell the day by which is counted, or the two between which something is pending."""
        if len(days) == 2:
            return Label(f"{days[0]}起、{days[1]}前", f"from {days[0]} until {days[1]}").text(self.lang)
        return Label(f"按{days[0]}", f"by {days[0]}").text(self.lang) if days else ""

    def _conditions(self, unit: str) -> ConditionWords:
        columns = self._columns(unit)
        units = self.tree.get("unit", {})
        looked_up = {name: lookup["from"] for name, lookup in units.get(unit, {}).get("lookup", {}).items()}

        def label(name: str) -> str:
            source = looked_up.get(name, "")
            named = units.get(source) or self.tree.get("table", {}).get(source) or columns.get(name, {})
            return label_of(named, name).text(self.lang)

        return ConditionWords(
            zh=self.lang == "zh",
            label=label,
            value=lambda column, value: self._value(columns.get(column, {}), value),
            lists=self.tree.get("list", {}),
            derived={name: text for name, text in self._made(unit).items() if name not in columns},
        )

    def _columns(self, unit: str) -> dict[str, Tree]:
        """Gather the columns of the table that a unit is made from, and of the tables that it looks up."""
        lookups = self.tree.get("unit", {}).get(unit, {}).get("lookup", {}).values()
        tables = [*(self.root(lookup["from"]) for lookup in lookups), self.root(unit)]
        trees = self.tree.get("table", {})
        return {name: column for table in tables for name, column in trees.get(table, {}).get("columns", {}).items()}

    def _made(self, unit: str) -> dict[str, str]:
        """Gather what a unit makes and what it takes from the units that it looks up."""
        tree = self.tree.get("unit", {}).get(unit)
        if tree is None:
            return {}
        found = self._made(tree["from"])
        for lookup in tree.get("lookup", {}).values():
            taken = self._made(lookup["from"])
            found |= {name: taken[name] for name in lookup.get("take", ()) if name in taken}
        return found | dict(tree.get("columns", {}))

    def _value(self, column: Tree, value: str) -> str:
        """Give a value its alias, one that is a label or else the shortest; in English its own words."""
        if self.lang == "en":
            return value.replace("_", " ")
        aliases = [theirs for theirs, ours in column.get("aliases", {}).items() if ours == value]
        return min(aliases, key=lambda alias: (alias not in self.labels, len(alias), alias), default=value)


def _by_id(trees: Iterable[Tree]) -> dict[str, Tree]:
    return {tree["id"]: tree for tree in trees}
