# SPDX-License-Identifier: Apache-2.0
"""Contributions by office and month in SQL for DuckDB, written from the words of the rules: joins, groups, filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rule = Literal["any", "exclusive", "first", "last", "linear", "shapley", "owen"]
Over = Literal["leads", "attributed"]

WEIGHTS = {
    "any": "(m > 0)::DOUBLE",
    "exclusive": "(k > 0 AND m = k)::DOUBLE",
    "first": "CASE WHEN k = 0 THEN 0 WHEN k_first > 0 THEN m_first / k_first END",
    "last": "CASE WHEN k = 0 THEN 0 WHEN k_last > 0 THEN m_last / k_last END",
    "linear": "CASE WHEN n > 0 THEN n_of_group / n ELSE 0 END",
    "shapley": "CASE WHEN k > 0 THEN m / k ELSE 0 END",
    "owen": "CASE WHEN m > 0 THEN 1 / groups ELSE 0 END",
}
"""Rule → what a lead is worth to the group; NULL where no time is known."""


@dataclass(frozen=True)
class Question:
    """What is asked of the tables ``leads``, ``discoveries`` and ``groups`` (source, name)."""

    of: str
    rule: Rule
    rest: str
    window: bool
    among: bool
    over: Over
    stage: str
    later: tuple[str, ...]
    value: bool


def _reached(asked: Question) -> str:
    return " OR ".join(f"{stage}_on IS NOT NULL" for stage in (asked.stage, *asked.later))


def shares(asked: Question) -> str:
    """Write the query: office, month, Σvw, Σv, Σv²(w − p)², Σv², W, U, unknown, and the band."""
    window = "AND d.found_on - l.registered_on BETWEEN -90 AND 0" if asked.window else ""
    among = "kind = 'supervision'" if asked.among else "true"
    kept = "k > 0" if asked.over == "attributed" else "true"
    value = "value" if asked.value else "1"
    return f"""
WITH told AS (
    SELECT d.lead_id, d.source, d.found_on, coalesce(g.name, '{asked.rest}') AS name
    FROM discoveries d JOIN leads l USING (lead_id) LEFT JOIN groups g USING (source)
    WHERE d.source IS NOT NULL {window}
), timed AS (
    SELECT *, found_on = min(found_on) OVER lead AS at_first, found_on = max(found_on) OVER lead AS at_last
    FROM told WINDOW lead AS (PARTITION BY lead_id)
), counted AS (
    SELECT lead_id, count(*)::DOUBLE AS n, count(DISTINCT source)::DOUBLE AS k, count(DISTINCT name)::DOUBLE AS groups,
        count(DISTINCT source) FILTER (at_first)::DOUBLE AS k_first,
        count(DISTINCT source) FILTER (at_last)::DOUBLE AS k_last,
        count(*) FILTER (name = '{asked.of}')::DOUBLE AS n_of_group,
        count(DISTINCT source) FILTER (name = '{asked.of}')::DOUBLE AS m,
        count(DISTINCT source) FILTER (at_first AND name = '{asked.of}')::DOUBLE AS m_first,
        count(DISTINCT source) FILTER (at_last AND name = '{asked.of}')::DOUBLE AS m_last
    FROM timed GROUP BY lead_id
), lead AS (
    SELECT office, strftime({asked.stage}_on, '%Y-%m') AS month, {value} AS v, {among} AS is_asked,
        coalesce(n, 0) AS n, coalesce(k, 0) AS k, coalesce(m, 0) AS m, groups, n_of_group, k_first, m_first, k_last,
        m_last
    FROM leads LEFT JOIN counted USING (lead_id)
    WHERE ({_reached(asked)}) AND ({among}) IS NOT false
), weighed AS (
    SELECT *, CASE WHEN is_asked THEN {WEIGHTS[asked.rule]} END AS w, ({WEIGHTS["any"]}) AS w_any,
        ({WEIGHTS["exclusive"]}) AS w_exclusive
    FROM lead
), cell AS (
    SELECT office AS its_office, month AS its_month, sum(v * w) / nullif(sum(v) FILTER (w IS NOT NULL), 0) AS p
    FROM weighed WHERE {kept} GROUP BY office, month
)
SELECT office, month,
    coalesce(sum(v * w) FILTER ({kept}), 0) AS credit,
    coalesce(sum(v) FILTER ({kept} AND w IS NOT NULL), 0) AS total,
    coalesce(sum((v * (w - p)) ** 2) FILTER ({kept}), 0) AS deviations,
    coalesce(sum(v * v) FILTER ({kept} AND w IS NOT NULL), 0) AS squares,
    count(*) FILTER (is_asked) AS leads,
    count(*) FILTER (is_asked AND k = 0) AS unattributed,
    count(*) FILTER ({kept} AND w IS NULL) AS unknown,
    coalesce(sum(v * w_any) FILTER ({kept} AND is_asked), 0) AS any_credit,
    coalesce(sum(v * w_exclusive) FILTER ({kept} AND is_asked), 0) AS exclusive_credit,
    coalesce(sum(v) FILTER ({kept} AND is_asked), 0) AS band_total
FROM weighed LEFT JOIN cell ON office IS NOT DISTINCT FROM its_office AND month IS NOT DISTINCT FROM its_month
GROUP BY office, month
"""
