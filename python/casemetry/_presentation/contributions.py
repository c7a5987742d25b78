# SPDX-License-Identifier: Apache-2.0
"""What always stands by a contribution: the names that it depends on, and whether all leads are known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from casemetry._core import expression
from casemetry._presentation.words import Label, word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language

Names = dict[str, str]
"""Rule, among, stage, groups, counts, over, window: what each is, in words."""


def contribution_lines(facts: Facts, lang: Language) -> list[str]:
    """Give the lines below a table of contributions: the names, and that W is not known if it is not."""
    named = list(names_by_indicator(facts, lang).values())
    unknown = [] if leads_are_known(facts) else [word("leads_unknown", lang)]
    return [*([names_line(named, lang)] if named else []), *unknown]


def leads_are_known(facts: Facts) -> bool:
    """Tell whether leads come from a lead table, so that those without a source are among them."""
    return facts.metadata.get("leads_known") != "false"


def names_by_indicator(facts: Facts, lang: Language) -> dict[str, Names]:
    """Give the names of each contribution of a result, by its id."""
    asked = [name for name, measure in facts.measures.items() if measure.kind == "contribution"]
    if not asked:
        return {}
    tree = json.loads(facts.core.catalogue.json())
    declared = {fields["id"]: fields for fields in tree["indicator"]}
    found = {} if leads_are_known(facts) else {"over": word("over_found", lang)}
    return {name: names(tree, declared[name], lang) | found for name in asked}


def names(tree: Mapping[str, Any], asked: Mapping[str, Any], lang: Language) -> Names:
    """Give the names of one contribution in words; what is not said has its declared default.

    Parameters
    ----------
    tree
        The catalogue as it is exchanged.
    asked
        ``rule``, ``groups``, ``lead``, ``stage`` and ``over``, as an indicator has them.
    lang
        Of the words.
    """
    leads: Mapping[str, Any] = tree["lead"][asked.get("lead") or next(iter(tree["lead"]))]
    stages = [name for name, _ in leads.get("stages", ())] or [word("every_stage", lang)]
    return {
        "rule": asked["rule"],
        "among": leads.get("among") or word("every_lead", lang),
        "stage": asked.get("stage") or stages[0],
        "groups": _label(tree["grouping"].get(asked["groups"], {}), asked["groups"], lang),
        "counts": leads.get("value") or word("each_lead", lang),
        "over": word("over_attributed" if asked.get("over") == "attributed" else "over_leads", lang),
        "window": _window(tree, leads, lang),
    }


def names_line(named: list[Names], lang: Language) -> str:
    """Put the names of several contributions on one line; where they differ, what there is.

    Examples
    --------
    >>> names_line([{"rule": "any", "stage": "filed"}, {"rule": "owen", "stage": "filed"}], "zh")
    '规则 any、owen · 环节 filed'
    """
    comma = "、" if lang == "zh" else ", "
    return " · ".join(f"{word(key, lang)} {comma.join(dict.fromkeys(each[key] for each in named))}" for key in named[0])


def _label(fields: Mapping[str, Any], name: str, lang: Language) -> str:
    label = fields.get("label", "")
    return (label if isinstance(label, str) else Label(label.get("zh", ""), label.get("en", "")).text(lang)) or name


def _window(tree: Mapping[str, Any], leads: Mapping[str, Any], lang: Language) -> str:
    """Give the condition under which discoveries count: that of the collapse that makes the column of sources."""
    made = _made(tree.get("unit", {}), leads["unit"], leads["sources"])
    if not made:
        return word("window_of_column", lang).format(column=leads["sources"])
    conditions = (call.text.partition(" where ")[2].removesuffix(")") for call in expression(made).collapse_calls)
    return ", ".join(filter(None, conditions)) or word("no_window", lang)


def _made(units: Mapping[str, Any], unit: str, column: str) -> str:
    """Find the expression that makes a column, through lookups; empty if it stands in a table as it is."""
    while unit in units:
        fields = units[unit]
        if column in fields.get("columns", {}):
            return str(fields["columns"][column])
        unit = next(_taken_from(fields, column), fields["from"])
    return ""


def _taken_from(fields: Mapping[str, Any], column: str) -> Iterator[str]:
    return (lookup["from"] for lookup in fields.get("lookup", {}).values() if column in lookup.get("take", ()))
