# SPDX-License-Identifier: Apache-2.0
"""The synthetic cards of supervision (法律监督), public interest, petitions and relief; the ledger of all cases."""

from __future__ import annotations

from collections.abc import Sequence

from casemetry._card_columns import Amount, Column, Day, Entered, Later, Number, Pick, flag
from casemetry._card_draws import Card, CaseTypes, Follows, Received
from casemetry._card_kinds import CRIMINAL_CARDS, case_number, charge, person_number, place

Spelling = tuple[str, str, float]

RETRIALS: tuple[Spelling, ...] = (
    ("改判", "revised", 0.5),
    ("发回重审", "remanded", 0.15),
    ("调解", "mediated", 0.1),
    ("和解撤诉", "withdrawn_after_settlement", 0.1),
    ("维持原判", "upheld", 0.15),
)
FIELDS: tuple[Spelling, ...] = (
    ("侦查活动", "investigation", 0.34),
    ("刑事审判", "criminal_trial", 0.1),
    ("监管执法", "custody", 0.12),
    ("减假暂", "commutation", 0.04),
    ("社区矫正", "community", 0.08),
    ("财产刑执行", "property_penalty", 0.06),
    ("民事审判", "civil_trial", 0.06),
    ("民事执行", "civil_enforcement", 0.08),
    ("行政审判", "admin_trial", 0.03),
    ("行政执行", "admin_enforcement", 0.03),
    ("行政违法行为", "admin_illegality", 0.06),
)
TYPES_OF_FIELDS = {
    "investigation": "investigation_supervision",
    "criminal_trial": "criminal_trial_supervision",
    "custody": "execution",
    "commutation": "commutation",
    "community": "execution",
    "property_penalty": "execution",
    "civil_trial": "civil_trial",
    "civil_enforcement": "civil_enforcement",
    "admin_trial": "admin_trial",
    "admin_enforcement": "admin_enforcement",
    "admin_illegality": "admin_illegality",
}


def dated(
    first: tuple[str, str],
    *more: Column,
    coded: Sequence[Column] = (),
    office: str = "承办单位",
    entered: str = "填录日期",
) -> tuple[Column, ...]:
    """Make the columns of a card of one row a case: number, place, days, codes, and when it was filled."""
    days = (Day(*first), *more)
    after = tuple(day.ours for day in days if isinstance(day, Day))
    return (case_number("部门受案号"), *place(office), *days, *coded, Entered("entered_on", entered, after))


SUPERVISION_CARDS = (
    Card(
        "filing_supervision",
        "立案监督案卡",
        (Received(4),),
        counted="done_on",
        case_types=CaseTypes.all("filing_supervision"),
        columns=dated(
            ("requested_on", "监督日期"),
            Later("done_on", "监督后立案或撤案日期", ("requested_on",), (5, 40), 0.88),
            coded=[Pick("kind", "监督种类", (("监督立案", "filing", 0.55), ("监督撤案", "withdrawal", 0.45)))],
        ),
    ),
    Card(
        "added_suspect",
        "追捕追诉案卡",
        (Received(3, persons=1.2),),
        counted="requested_on",
        case_types=CaseTypes.all("added_suspect"),
        columns=(
            case_number("部门受案号"),
            person_number("嫌疑人编号"),
            *place("承办单位"),
            charge("案由")[0],
            Day("requested_on", "提出日期"),
            Later("done_on", "到案日期", ("requested_on",), (10, 60), 0.8),
            Pick("kind", "追加种类", (("纠正漏捕", "arrest", 0.4), ("纠正漏诉", "prosecution", 0.6))),
            Entered("entered_on", "填录日期", ("requested_on", "done_on")),
        ),
    ),
    Card(
        "correction",
        "纠正违法案卡",
        (Received(14),),
        counted="issued_on",
        case_types=CaseTypes(TYPES_OF_FIELDS, "field"),
        keyed=False,
        form="merged",
        columns=dated(
            ("issued_on", "制发日期"),
            Later("adopted_on", "回复采纳日期", ("issued_on",), (7, 45), 0.96),
            coded=[Pick("field", "监督事项", FIELDS)],
        ),
    ),
    Card(
        "criminal_protest",
        "刑事抗诉案卡",
        (Received(1.2),),
        counted="filed_on",
        case_types=CaseTypes.all("criminal_protest"),
        columns=dated(
            ("filed_on", "抗诉日期"),
            Later("concluded_on", "法院审结日期", ("filed_on",), (40, 150), 0.9),
            coded=[
                Pick(
                    "result",
                    "抗诉结果",
                    (("改判", "revised", 0.6), ("发回重审", "remanded", 0.15), ("驳回抗诉", "upheld", 0.25)),
                    when=("concluded_on", ()),
                )
            ],
        ),
    ),
    Card(
        "civil_opinion",
        "民事裁判监督案卡",
        (Received(2),),
        counted="filed_on",
        columns=dated(
            ("filed_on", "提出日期"),
            Later("retrial_ordered_on", "裁定再审日期", ("filed_on",), (15, 60), 0.9),
            Later("concluded_on", "法院审结日期", ("retrial_ordered_on",), (30, 120), 0.9, ("retrial_ordered_on", ())),
            coded=[
                Pick("kind", "监督方式", (("抗诉", "protest", 0.4), ("再审检察建议", "retrial_recommendation", 0.6))),
                Pick("result", "再审结果", RETRIALS, when=("concluded_on", ())),
            ],
            office="承办院",
        ),
    ),
    Card(
        "admin_protest",
        "行政抗诉案卡",
        (Received(0.3),),
        counted="filed_on",
        keyed=False,
        columns=dated(
            ("filed_on", "提出抗诉日期"),
            Later("concluded_on", "法院审结日期", ("filed_on",), (40, 150), 0.9),
            coded=[Pick("result", "再审结果", RETRIALS, when=("concluded_on", ()))],
        ),
    ),
    Card(
        "admin_retrial_recommendation",
        "行政再审检察建议案卡",
        (Received(0.4),),
        counted="issued_on",
        keyed=False,
        columns=dated(
            ("issued_on", "提出日期"), Later("retrial_ordered_on", "法院采纳日期", ("issued_on",), (20, 90), 0.5)
        ),
    ),
    Card(
        "support_prosecution",
        "支持起诉案卡",
        (Received(5),),
        counted="supported_on",
        case_types=CaseTypes.all("civil_support"),
        columns=dated(("supported_on", "提出支持起诉意见日期"), coded=[flag("migrant_worker", "是否涉农民工", 0.6)]),
    ),
    Card(
        "admin_dispute",
        "行政争议化解案卡",
        (Received(1.5),),
        counted="resolved_on",
        case_types=CaseTypes.all("admin_dispute"),
        columns=dated(("accepted_on", "受理日期"), Later("resolved_on", "化解日期", ("accepted_on",), (15, 90), 0.7)),
    ),
    Card(
        "public_interest",
        "公益诉讼案卡",
        (Received(6),),
        counted="rectified_on",
        case_types=CaseTypes(
            {"civil": "public_interest_civil", "administrative": "public_interest_administrative"}, "kind"
        ),
        form="titled",
        columns=dated(
            ("lead_received_on", "线索受理日期"),
            Later("filed_on", "立案日期", ("lead_received_on",), (3, 25), 0.85),
            Later("recommended_on", "诉前程序日期", ("filed_on",), (5, 30), 0.9, ("filed_on", ())),
            Later("rectified_on", "整改到位日期", ("recommended_on",), (20, 60), 0.97, ("recommended_on", ())),
            Later("sued_on", "起诉日期", ("filed_on",), (45, 90), 0.08, ("filed_on", ())),
            Later("judged_on", "一审裁判日期", ("sued_on",), (30, 90), 0.95, ("sued_on", ())),
            coded=[
                flag("supported", "是否支持诉讼请求", 0.99, when=("judged_on", ())),
                Pick("kind", "诉讼种类", (("民事公益诉讼", "civil", 0.1), ("行政公益诉讼", "administrative", 0.9))),
            ],
        ),
    ),
    Card(
        "petition",
        "信访登记表",
        (Received(18),),
        counted="answered_on",
        case_types=CaseTypes.all("petition"),
        columns=(
            Number("petition_id", "信访号", "{:08}"),
            *place("承办单位"),
            flag("reachable", "是否可回复", 0.95),
            Day("received_on", "信访日期"),
            Later("replied_on", "七日回复日期", ("received_on",), (1, 9), 0.99),
            Later("answered_on", "三个月答复日期", ("received_on",), (15, 88), 0.98),
            Entered("entered_on", "填录日期", ("received_on",)),
        ),
    ),
    Card(
        "relief",
        "司法救助案卡",
        (Received(2, persons=1.3),),
        counted="granted_on",
        case_types=CaseTypes.all("relief"),
        columns=(
            case_number("部门受案号"),
            person_number("救助申请人编号"),
            *place("承办单位"),
            Day("accepted_on", "受理日期"),
            Later("granted_on", "救助金发放日期", ("accepted_on",), (10, 60), 0.95),
            Amount("amount", "救助金额", 12_000, when=("granted_on", ())),
            Entered("entered_on", "填录日期", ("accepted_on", "granted_on")),
        ),
    ),
    Card(
        "governance_recommendation",
        "社会治理检察建议",
        (Received(2),),
        counted="issued_on",
        columns=dated(("issued_on", "制发日期"), Later("adopted_on", "回复采纳日期", ("issued_on",), (20, 60), 0.97)),
    ),
    Card(
        "case_review",
        "质量评查结果",
        (Follows("prosecution_review", "concluded_on", (10, 40), 0.12, ("concluded_on", ()), once=True),),
        counted="reviewed_on",
        columns=(
            case_number("部门受案号"),
            *place("承办单位"),
            Day("reviewed_on", "评查日期"),
            Pick(
                "grade",
                "评查结论",
                (
                    ("优质案件", "excellent", 0.1),
                    ("合格案件", "qualified", 0.78),
                    ("瑕疵案件", "flawed", 0.11),
                    ("不合格案件", "unqualified", 0.01),
                ),
            ),
            Entered("entered_on", "填录日期", ("reviewed_on",)),
        ),
    ),
)

# types of cases that have no card here, and how many there are for every hundred criminal cases
OTHER_CASES = {
    "detention_extension": 4.0,
    "reconsideration": 1.0,
    "second_instance_appeal": 2.5,
    "custody_review": 3.0,
    "civil_judgment": 6.0,
    "civil_reexamination": 0.5,
    "admin_judgment": 1.5,
    "technical": 2.0,
}

CASE_TYPES: tuple[tuple[str, str], ...] = (
    ("审查逮捕案件", "arrest_review"),
    ("审查起诉案件", "prosecution_review"),
    ("延长侦查羁押期限案件", "detention_extension"),
    ("复议复核案件", "reconsideration"),
    ("二审上诉案件", "second_instance_appeal"),
    ("立案监督案件", "filing_supervision"),
    ("侦查活动监督案件", "investigation_supervision"),
    ("追捕追诉案件", "added_suspect"),
    ("刑事审判监督案件", "criminal_trial_supervision"),
    ("刑事抗诉案件", "criminal_protest"),
    ("羁押必要性审查案件", "custody_review"),
    ("民事生效裁判监督案件", "civil_judgment"),
    ("民事审判违法监督案件", "civil_trial"),
    ("民事执行监督案件", "civil_enforcement"),
    ("民事支持起诉案件", "civil_support"),
    ("民事复查案件", "civil_reexamination"),
    ("行政生效裁判监督案件", "admin_judgment"),
    ("行政审判违法监督案件", "admin_trial"),
    ("行政执行监督案件", "admin_enforcement"),
    ("行政违法行为监督案件", "admin_illegality"),
    ("行政争议化解案件", "admin_dispute"),
    ("民事公益诉讼案件", "public_interest_civil"),
    ("行政公益诉讼案件", "public_interest_administrative"),
    ("刑事执行监督案件", "execution"),
    ("减假暂监督案件", "commutation"),
    ("控告申诉案件", "petition"),
    ("司法救助案件", "relief"),
    ("检察技术案件", "technical"),
)
_CRIMINAL = ("arrest_review", "prosecution_review", "detention_extension", "second_instance_appeal")

LEDGER = Card(
    "accepted_case",
    "受理案件登记",
    (),
    counted="accepted_on",
    columns=(
        Number("case_id", "部门受案号", "{:010}"),
        *place("承办单位"),
        Day("accepted_on", "受理日期"),
        Later("concluded_on", "办结日期", ("accepted_on",), (1, 60)),
        Pick("case_type", "案件种类", tuple((theirs, ours, 1.0) for theirs, ours in CASE_TYPES)),
        Pick(
            "charge_class",
            "犯罪类别",
            (
                ("普通刑事犯罪", "ordinary", 0.86),
                ("重大刑事犯罪", "major", 0.06),
                ("职务犯罪", "duty", 0.02),
                ("经济金融犯罪", "economic", 0.06),
            ),
            when=("case_type", _CRIMINAL),
        ),
        Pick(
            "leader",
            "领导职务",
            (("检察长", "chief", 0.2), ("副检察长", "deputy_chief", 0.6), ("检委会专职委员", "committee_member", 0.2)),
            filled=0.1,
        ),
        Entered("entered_on", "填录日期", ("accepted_on",)),
    ),
)

CASE_CARDS = CRIMINAL_CARDS + SUPERVISION_CARDS
CARDS = (LEDGER, *CASE_CARDS)
