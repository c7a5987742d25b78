# SPDX-License-Identifier: Apache-2.0
"""A site small enough to be counted by hand, with the tables of the catalogue ``spp`` as an office fills them in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import casemetry as cm

AS_OF = "2024-03-31"
PERIOD = "2024Q1"
GOLDEN = Path(__file__).parents[1] / "golden"

Expected = int | str | tuple[int, int]
"""A count; a sum as text; or what stands above and below the line."""


def table(text: str) -> dict[str, list[str | None]]:
    """Read a table written by hand: names in the first line, ``-`` where nothing was filled in."""
    names, *rows = [line.split() for line in text.strip().splitlines()]
    return {name: [None if cell == "-" else cell for cell in cells] for name, *cells in zip(names, *rows, strict=True)}


ARRESTS = table("""
    case_id person_id charge_class juvenile received_on decided_on decision
    c1      甲        普通犯罪     false    2024-01-03  2024-01-10 批准逮捕
    c1      乙        普通犯罪     false    2024-01-03  2024-01-10 存疑不捕
    c2      丙        普通犯罪     true     2024-01-05  2024-01-12 不构成犯罪不捕
    c2      丁        普通犯罪     true     2024-01-05  2024-01-12 无社会危险性不捕
    c3      戊        职务犯罪     false    2024-02-01  2024-02-05 决定逮捕
    c4      己        普通犯罪     true     2024-02-20  2024-02-27 批准逮捕
    c5      庚        普通犯罪     false    2024-03-01  2024-03-08 证据不足不捕
    c6      辛        经济犯罪     false    2024-03-05  2024-03-12 无逮捕必要不捕
    c7      壬        普通犯罪     false    2023-12-20  2023-12-28 批准逮捕
    c8      癸        普通犯罪     false    2024-03-30  -          -
""")

PROSECUTIONS = table("""
    case_id person_id juvenile plea_leniency received_on returned_on resubmitted_on returned_again_on resubmitted_again_on extended_on self_investigated_on concluded_on outcome
    c1      甲        false    true          2024-01-20  2024-02-01  2024-02-20     2024-03-01        2024-03-10           2024-02-10  -                    2024-03-20   起诉
    c1      乙        false    true          2024-01-20  -           -              -                 -                    -           -                    2024-03-20   相对不起诉
    c2      丙        true     false         2024-02-01  -           -              -                 -                    -           -                    2024-02-20   法定不起诉
    c2      丁        true     true          2024-02-01  -           -              -                 -                    -           -                    2024-02-20   相对不起诉
    c3      戊        false    true          2024-02-15  2024-02-25  2024-03-10     -                 -                    -           2024-03-12           2024-03-25   存疑不起诉
    c4      己        true     -             2024-03-01  -           -              -                 -                    -           -                    2024-03-15   附条件不起诉
    c7      壬        false    true          2023-12-30  -           -              -                 -                    -           -                    2024-01-15   提起公诉
    c9      子        false    false         2024-01-08  -           -              -                 -                    -           -                    2024-01-30   起诉
    c9      丑        true     true          2024-01-08  -           -              -                 -                    -           -                    2024-01-30   起诉
    c10     寅        false    false         2024-01-09  -           -              -                 -                    -           -                    2024-02-09   核准不起诉
    c11     卯        false    false         2024-03-02  -           -              -                 -                    -           -                    2024-03-09   改变管辖
    c12     辰        false    false         2024-03-25  -           -              -                 -                    -           -                    -            -
    c13     巳        true     false         2024-01-02  -           -              -                 -                    -           -                    2024-01-22   不起诉
""")  # noqa: E501

REFUSAL_RECONSIDERATIONS = table("""
    case_id person_id requested_on
    c1      乙        2024-01-15
    c5      庚        2024-03-10
    c0      申        2023-12-15
""")
NON_PROSECUTION_RECONSIDERATIONS = table("""
    case_id person_id requested_on
    c2      丙        2024-02-25
    c3      戊        2024-03-28
    c10     寅        2024-02-15
    c0      申        2024-04-01
""")

EVENTS = table("""
    case_id kind                 done_on
    c1      批捕（不批捕）申诉   2024-01-15
    c1      不批捕复议           2024-01-15
    c5      不批捕复核           2024-03-20
    c1      一次延长审查起诉期限 2024-02-10
    c1      二次延长审查起诉期限 2024-02-25
    c1      三次延长审查起诉期限 2024-03-10
    c1      一次退回补充侦查     2024-02-01
    c3      一次退查             2024-02-25
    c3      一次退查             2024-02-26
    c1      二次退回补充侦查     2024-03-01
    c2      不起诉复议           2024-02-25
    c3      不起诉复核           2024-03-28
    c10     不起诉申诉           2024-03-01
    c9      撤回起诉             2024-03-05
    c9      法院退回             2024-03-06
    c9      检察机关建议延期审理 2024-03-07
    c9      被告人上诉           2024-03-10
    c9      被告人上诉           2024-03-11
    c7      国家赔偿             2024-03-30
    c7      一次退查             2023-12-31
    c7      讯问                 2024-01-05
""")

JUDGMENTS = table("""
    case_id person_id plea_leniency appealed judged_on  sentence
    c1      甲        true          false    2024-03-28 有期徒刑
    c9      子        false         true     2024-02-28 拘役
    c9      丑        true          true     2024-02-28 缓刑
    c7      壬        true          false    2024-03-01 无罪
    c14     午        true          -        2024-03-05 无期徒刑
    c15     未        false         false    2023-12-01 死刑
""")

RECOMMENDATIONS = table("""
    person_id fixed_term accepted made_on    judged_on
    甲        true       true     2024-01-10 2024-02-01
    乙        true       false    2024-01-11 2024-02-02
    丙        false      true     2024-02-01 2024-03-01
    丁        true       -        2024-03-20 -
    戊        true       true     2023-12-01 2024-01-05
""")

FILINGS = table("""
    case_id kind     requested_on done_on
    f1      监督立案 2024-01-05   2024-01-20
    f2      监督立案 2024-02-01   -
    f3      监督撤案 2024-02-03   2024-03-01
    f4      监督撤案 2023-12-20   2024-01-08
""")
ADDED = table("""
    case_id person_id kind requested_on done_on
    a1      甲        追捕 2024-01-05   2024-01-10
    a1      乙        追捕 2024-01-05   -
    a2      丙        追诉 2023-12-05   2024-02-10
    a3      丁        追诉 2024-01-05   2024-03-10
""")

CORRECTED = {  # 监督领域: 当期提出、当期采纳；上一年度提出的一件次当期采纳，已在采纳数中
    "侦查活动": (3, 2),
    "刑事审判活动": (2, 1),
    "监管执法": (4, 3),
    "减刑假释暂予监外执行": (5, 2),
    "社区矫正": (6, 4),
    "财产刑执行": (3, 1),
    "民事审判活动": (2, 2),
    "民事执行活动": (4, 1),
    "行政审判活动": (1, 1),
    "行政执行活动": (2, 3),
    "行政违法行为": (7, 5),
}


def corrections() -> dict[str, list[str | None]]:
    """Write a row for each correction: one issued in the year before, of those adopted in the period."""
    rows: list[tuple[str, str, str | None]] = []
    for field, (issued, adopted) in CORRECTED.items():
        rows.append((field, "2023-12-20", "2024-01-10"))
        rows += [(field, "2024-02-01", "2024-03-01" if n < adopted - 1 else None) for n in range(issued)]
    fields, issued_on, adopted_on = zip(*rows, strict=True)
    return {"field": list(fields), "issued_on": list(issued_on), "adopted_on": list(adopted_on)}


CRIMINAL_PROTESTS = table("""
    case_id filed_on   concluded_on result
    p1      2024-01-05 -            -
    p2      2023-10-01 2024-01-20   改判
    p3      2023-11-01 2024-02-01   维持
    p4      2024-01-02 2024-03-20   发回重审
""")
CIVIL_OPINIONS = table("""
    case_id kind         filed_on   retrial_ordered_on concluded_on result
    o1      抗诉         2024-01-05 -                  -            -
    o2      抗诉         2023-09-01 2023-10-01         2024-02-01   改判
    o3      抗诉         2023-09-02 2023-10-02         2024-03-01   维持
    o4      抗诉         2023-09-03 2023-10-03         2024-03-03   和解撤诉
    o5      再审检察建议 2023-10-01 2023-12-20         2024-02-10   调解
    o6      再审检察建议 2024-01-10 2024-03-01         -            -
    o7      再审检察建议 2024-02-10 -                  -            -
""")
SUPPORTED = table("""
    case_id migrant_worker supported_on
    s1      true           2024-01-05
    s2      false          2024-02-01
    s3      true           2023-12-01
""")
ADMIN_PROTESTS = table("""
    filed_on   concluded_on result
    2024-02-01 -            -
    2023-08-01 2024-01-10   改判
    2023-08-02 2024-01-11   维持
""")
ADMIN_RECOMMENDATIONS = table("""
    issued_on  retrial_ordered_on
    2024-01-05 2024-02-05
    2024-01-06 -
    2024-03-01 -
    2023-12-01 2024-01-30
""")
DISPUTES = table("""
    case_id accepted_on resolved_on
    d1      2023-12-05  2024-01-20
    d2      2024-01-05  -
""")
PUBLIC_INTEREST = table("""
    case_id kind         lead_received_on filed_on   recommended_on rectified_on sued_on    judged_on  supported
    g1      民事公益诉讼 2024-01-02       2024-01-20 2024-01-25     2024-03-25   -          -          -
    g2      行政公益诉讼 2024-01-03       2024-02-01 2024-02-05     -            2024-03-20 -          -
    g3      行政公益诉讼 2024-02-01       -          -              -            -          -          -
    g4      行政公益诉讼 2023-10-01       2023-11-01 2023-11-05     2024-01-05   -          -          -
    g5      民事公益诉讼 2023-09-01       2023-10-01 -              -            2023-12-01 2024-02-20 true
    g6      民事公益诉讼 2023-09-02       2023-10-02 -              -            2023-12-02 2024-03-20 false
""")
PETITIONS = table("""
    petition_id received_on replied_on answered_on reachable
    p1          2024-02-08  2024-02-23 -           true
    p2          2024-02-08  2024-02-24 -           true
    p3          2024-01-31  2024-02-08 -           true
    p4          2024-02-01  -          -           true
    p5          2024-02-28  2024-03-01 -           true
    p6          2024-02-08  -          -           false
    p7          2023-11-10  2023-11-15 2024-02-10  true
    p8          2023-12-20  2023-12-25 2024-03-25  true
    p9          2023-12-18  2023-12-20 -           true
""")
RELIEF = table("""
    case_id person_id accepted_on granted_on amount
    k1      甲        2023-12-10  2024-01-10 10000.00
    k1      乙        2023-12-10  2024-01-12 5000.50
    k2      丙        2024-02-10  2024-03-01 20000
    k3      丁        2023-11-10  2023-12-01 999
    k4      戊        2024-03-10  -          -
""")
GOVERNANCE = table("""
    case_id issued_on
    v1      2024-01-05
    v2      2024-03-05
    v3      2023-12-05
""")
REVIEWS = table("""
    case_id reviewed_on grade
    w1      2024-01-05  优质
    w2      2024-01-05  优质
    w3      2024-02-05  合格
    w4      2024-02-05  基本合格
    w5      2024-03-05  瑕疵
    w6      2024-03-05  不合格
    w7      2023-12-05  合格
""")

CARRIED = table("""
    case_type        charge_class accepted_on concluded_on leader
    审查起诉         普通犯罪     2023-12-01  2024-01-15   检察长
    审查起诉         普通犯罪     2023-12-02  -            -
    审查逮捕         重大犯罪     2024-01-05  2024-01-12   副检察长
    审查起诉         职务犯罪     2024-01-06  -            检察长
    审查起诉         经济犯罪     2024-02-06  2024-03-06   检察长
    民事生效裁判监督 -            2023-11-01  2024-03-01   -
""")


def case_types(catalogue: cm.Catalogue) -> list[str]:
    """Name the types of cases that the catalogue knows."""
    column = json.loads(catalogue.json())["table"]["accepted_case"]["columns"]["case_type"]
    return list(column["values"])


def accepted(catalogue: cm.Catalogue) -> dict[str, list[str | None]]:
    """One case of every type, accepted on 2024-02-01 and not concluded; and the six that are written above."""
    types: list[str | None] = list(case_types(catalogue))
    more: Mapping[str, list[str | None]] = {"case_type": types, "accepted_on": ["2024-02-01"] * len(types)}
    return {name: cells + more.get(name, [None] * len(types)) for name, cells in CARRIED.items()}


def tables(catalogue: cm.Catalogue) -> dict[str, Any]:
    """All tables of the site."""
    return {
        "accepted_case": accepted(catalogue),
        "arrest_review": ARRESTS,
        "prosecution_review": PROSECUTIONS,
        "refusal_reconsideration": REFUSAL_RECONSIDERATIONS,
        "non_prosecution_reconsideration": NON_PROSECUTION_RECONSIDERATIONS,
        "procedural_event": EVENTS,
        "judgment": JUDGMENTS,
        "sentencing_recommendation": RECOMMENDATIONS,
        "filing_supervision": FILINGS,
        "added_suspect": ADDED,
        "correction": corrections(),
        "criminal_protest": CRIMINAL_PROTESTS,
        "civil_opinion": CIVIL_OPINIONS,
        "support_prosecution": SUPPORTED,
        "admin_protest": ADMIN_PROTESTS,
        "admin_retrial_recommendation": ADMIN_RECOMMENDATIONS,
        "admin_dispute": DISPUTES,
        "public_interest": PUBLIC_INTEREST,
        "petition": PETITIONS,
        "relief": RELIEF,
        "governance_recommendation": GOVERNANCE,
        "case_review": REVIEWS,
        "holidays": GOLDEN / "holidays_cn.csv",
    }


def answered(cube: cm.Cube, expected: Mapping[str, Expected], **asked: Any) -> dict[str, Expected]:
    """Ask for the indicators of an expectation, and give the answers in its form."""
    columns = cube.table(list(expected), period=PERIOD, **asked).columns
    rows = zip(*(columns[name] for name in ("indicator", "value", "numerator", "denominator")), strict=True)
    return {name: _answer(expected[name], value, above, below) for name, value, above, below in rows}


def _answer(expected: Expected, value: Any, above: int, below: int) -> Expected:
    if isinstance(expected, tuple):
        return above, below
    return str(value) if isinstance(expected, str) else int(value)
