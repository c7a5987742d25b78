# SPDX-License-Identifier: Apache-2.0
"""A site with leads and discoveries: the leads of the oracle as tables, a catalogue of them, and a cube."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import casemetry as cm
import pyarrow as pa
from casemetry._lead import Rule
from oracle.leads import Discovery, Groups, Lead

GROUPS: Groups = {"digital": ["m1", "m2"], "traditional": ["hotline", "manual"], "review": ["case_review"]}
SOURCES = [source for members in GROUPS.values() for source in members]
RULES: tuple[Rule, ...] = ("any", "exclusive", "first", "last", "linear", "shapley", "owen")
SPLITTING = RULES[2:]
"""The rules that share each lead out among the groups that found it."""

STAGES = ("registered", "verified", "filed")

SETS = ["sources", "first_sources", "last_sources", "log"]
COLLAPSE = {
    "sources": "set(source)",
    "first_sources": "earliest(source by found_on)",
    "last_sources": "latest(source by found_on)",
    "log": "bag(source)",
}
LEAD_SET = {
    "unit": "lead",
    "sources": "sources",
    "first": "first_sources",
    "last": "last_sources",
    "log": "log",
}
LEAD_COLUMNS: Mapping[str, Any] = {
    "lead_id": {"type": "text"},
    "office": {"type": "category"},
    "value": {"type": "integer"},
    **{f"{stage}_on": {"type": "date"} for stage in STAGES},
}
DISCOVERY_COLUMNS = {"lead_id": {"type": "text"}, "source": {"type": "category"}, "found_on": {"type": "date"}}


def day(number: int | None) -> dt.date | None:
    """Give a day by its number; 0 is the first of January 2024."""
    return None if number is None else dt.date(2024, 1, 1) + dt.timedelta(number)


def lead_table(leads: Sequence[Lead]) -> pa.Table:
    """Write one row a lead."""
    reached = {
        f"{stage}_on": pa.array(
            [day(lead.stages[at]) if at < len(lead.stages) else None for lead in leads], pa.date32()
        )
        for at, stage in enumerate(STAGES)
    }
    return pa.table(
        {
            "lead_id": pa.array([lead.id for lead in leads], pa.string()),
            "office": pa.array([lead.office for lead in leads], pa.string()),
            "value": pa.array([lead.value for lead in leads], pa.int64()),
            **reached,
        }
    )


def discovery_table(leads: Sequence[Lead]) -> pa.Table:
    """Write one row a discovery."""
    rows = [(lead.id, lead.office, found) for lead in leads for found in lead.log]
    return pa.table(
        {
            "lead_id": pa.array([lead for lead, _, _ in rows], pa.string()),
            "office": pa.array([office for _, office, _ in rows], pa.string()),
            "source": pa.array([found.source for _, _, found in rows], pa.string()),
            "found_on": pa.array([day(found.time) for _, _, found in rows], pa.date32()),
        }
    )


def tables(leads: Sequence[Lead]) -> dict[str, pa.Table]:
    """Write both."""
    return {"leads": lead_table(leads), "discoveries": discovery_table(leads)}


def definitions(
    declared: Mapping[str, Any] | None = None,
    *,
    collapse: Mapping[str, str] = COLLAPSE,
    lead_set: Mapping[str, Any] = LEAD_SET,
    stages: Sequence[str] = (),
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Define leads with a lookup of their discoveries; where nothing is found the sets are empty."""
    return {
        "schema": 1,
        "id": "leads",
        "table": {"leads": {"columns": {**LEAD_COLUMNS}}, "discoveries": {"columns": {**DISCOVERY_COLUMNS}}},
        "unit": {
            "discovered": {"from": "discoveries", "one_row_per": ["lead_id"], "columns": {**collapse}},
            "lead": {
                "from": "leads",
                "counts": "lead",
                "lookup": {
                    "found": {
                        "from": "discovered",
                        "on": ["lead_id"],
                        "take": SETS,
                        "otherwise": {name: [] for name in SETS},
                    }
                },
            },
        },
        "lead": {
            "supervision": {**lead_set, **({"stages": [[name, f"{name}_on"] for name in stages]} if stages else {})}
        },
        "grouping": {"origin": GROUPS} if declared is None else {**declared},
        **(more or {}),
    }


def discoveries_only(declared: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Define leads that discoveries are collapsed to: those that no source found are not there."""
    made = definitions(declared)
    del made["table"]["leads"], made["unit"]["discovered"]
    made["table"]["discoveries"]["columns"]["office"] = {"type": "category"}
    made["unit"]["lead"] = {
        "from": "discoveries",
        "counts": "lead",
        "one_row_per": ["lead_id"],
        "columns": {**COLLAPSE, "office": "only(office)"},
    }
    return made


def cube(leads: Sequence[Lead], declared: Mapping[str, Any] | None = None, **options: Any) -> cm.Cube:
    """Build the cube of some leads; `options` are those of a cube, `stages` and `lead_set` those of definitions."""
    asked = {name: options.pop(name) for name in ("stages", "lead_set", "collapse", "more") if name in options}
    return cm.Cube(tables(leads), cm.Catalogue.from_dict(definitions(declared, **asked)), **options)


@dataclass(frozen=True)
class Row:
    """A row of a result, its columns by name."""

    columns: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.columns[name]
        except KeyError:
            raise AttributeError(name) from None


def rows(result: cm.Result) -> list[Row]:
    """Give the rows of a result."""
    columns = result.columns
    return [Row(dict(zip(columns, cells, strict=True))) for cells in zip(*columns.values(), strict=True)]


def by_rule(
    cube: cm.Cube, of: str, rules: Sequence[Rule] = RULES, groups: str = "origin", **asked: Any
) -> dict[str, Row]:
    """Ask for the contribution of a group, over all, under several rules."""
    answer = rows(cube.contribution(of, rule=list(rules), groups=groups, **asked))
    return dict(zip(rules, answer, strict=True))


def log(*found: str | tuple[str, int | None]) -> list[Discovery]:
    """Write down discoveries: sources, each with a day or on the first."""
    return [Discovery(*each) if isinstance(each, tuple) else Discovery(each, 0) for each in found]
