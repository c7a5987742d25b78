# SPDX-License-Identifier: Apache-2.0
"""The synthetic cards that criminal cases pass through: columns as the catalogue and as the site calls them."""

from __future__ import annotations

from casemetry._card_columns import Class, Column, Day, Entered, Later, Number, Pick, Place, flag
from casemetry._card_draws import Card, CaseTypes, Follows, Received

PROVINCE = "A省院"
CITY = "A1市院"
OFFICES = (CITY, "A1市中区院", "A1市东区院", "A1市西区院", "A1市南县院", "A1市北县院", "A1市新区院")

REFUSED = ("decision", ("refused_no_crime", "refused_evidence", "refused_no_need"))
NOT_PROSECUTED = ("outcome", ("not_prosecuted_statutory", "not_prosecuted_insufficient", "not_prosecuted_minor"))
PROSECUTED = ("outcome", ("prosecuted",))

# charge (罪名), its share, and the number of its class
_CHARGES = (
    ("盗窃罪", 0.24, 0),
    ("危险驾驶罪", 0.2, 0),
    ("诈骗罪", 0.14, 0),
    ("故意伤害罪", 0.12, 0),
    ("帮助信息网络犯罪活动罪", 0.1, 0),
    ("交通肇事罪", 0.06, 0),
    ("贩卖毒品罪", 0.04, 1),
    ("强奸罪", 0.02, 1),
    ("抢劫罪", 0.01, 1),
    ("非法吸收公众存款罪", 0.04, 3),
    ("职务侵占罪", 0.02, 3),
    ("受贿罪", 0.01, 2),
)
_CLASSES = (
    ("普通刑事犯罪", "ordinary", 0.84),
    ("重大刑事犯罪", "major", 0.07),
    ("职务犯罪", "duty", 0.02),
    ("经济金融犯罪", "economic", 0.07),
)


def place(heading: str) -> tuple[Column, ...]:
    """Make the columns that say where; cards differ in what they call the office."""
    return Place("province", "省级院", (PROVINCE,)), Place("city", "市级院", (CITY,)), Place("office", heading, OFFICES)


def case_number(heading: str = "统一受案号") -> Number:
    """Make the number of the case, which it keeps from card to card."""
    return Number("case_id", heading, "{:08}")


def person_number(heading: str) -> Number:
    """Make the number of a person within the case."""
    return Number("person_id", heading, "{:03}", person=True)


def charge(heading: str) -> tuple[Pick, Class]:
    """Make the charge and its class; a charge is written as the catalogue has it."""
    values = tuple((name, name, share) for name, share, _ in _CHARGES)
    classes = tuple(number for _, _, number in _CHARGES)
    return (
        Pick("charge", heading, values, of_case=True),
        Class("charge_class", "犯罪类别", _CLASSES, of="charge", members=classes),
    )


ARREST_REVIEW = Card(
    "arrest_review",
    "审查逮捕案卡",
    (Received(45, persons=1.5),),
    counted="decided_on",
    case_types=CaseTypes.all("arrest_review"),
    columns=(
        case_number(),
        person_number("嫌疑人编号"),
        *place("承办单位"),
        *charge("移送案由"),
        flag("juvenile", "是否未成年人", 0.06),
        Day("received_on", "受理日期"),
        Later("decided_on", "审结日期", ("received_on",), (2, 7), of_case=True),
        Pick(
            "decision",
            "审查结论",
            (
                ("批准逮捕", "approved", 0.6),
                ("决定逮捕", "decided", 0.02),
                ("无社会危险性不捕", "refused_no_need", 0.22),
                ("存疑不捕", "refused_evidence", 0.13),
                ("不构罪不捕", "refused_no_crime", 0.03),
            ),
            when=("decided_on", ()),
        ),
        Entered("entered_on", "案卡填录日期", ("received_on", "decided_on")),
    ),
)

PROSECUTION_REVIEW = Card(
    "prosecution_review",
    "审查起诉案卡",
    (
        Follows("arrest_review", "decided_on", (25, 70), 0.85),
        Received(60, persons=1.3),
    ),
    counted="concluded_on",
    case_types=CaseTypes.all("prosecution_review"),
    columns=(
        case_number(),
        person_number("犯罪嫌疑人编号"),
        *place("承办院"),
        *charge("案由"),
        flag("juvenile", "未成年人", 0.05),
        flag("plea_leniency", "是否认罪认罚", 0.88),
        Day("received_on", "受理日期"),
        Later("returned_on", "一次退查日期", ("received_on",), (20, 40), 0.14, of_case=True),
        Later("resubmitted_on", "一次重报日期", ("returned_on",), (15, 30), 1.0, ("returned_on", ()), of_case=True),
        Later("returned_again_on", "二次退查日期", ("resubmitted_on",), (20, 40), 0.2, ("resubmitted_on", ()), True),
        Later("resubmitted_again_on", "二次重报日期", ("returned_again_on",), (15, 30), 1.0, ("returned_again_on", ())),
        Later("extended_on", "延期日期", ("received_on", "resubmitted_on"), (26, 30), 0.12, of_case=True),
        Later("self_investigated_on", "自行补充侦查日期", ("received_on",), (5, 25), 0.1, of_case=True),
        Later(
            "concluded_on",
            "审结日期",
            (
                "received_on",
                "returned_on",
                "resubmitted_on",
                "returned_again_on",
                "resubmitted_again_on",
                "extended_on",
            ),
            (8, 30),
            of_case=True,
        ),
        Pick(
            "outcome",
            "审结处理情况",
            (
                ("01提起公诉", "prosecuted", 0.76),
                ("02相对不起诉", "not_prosecuted_minor", 0.16),
                ("03存疑不起诉", "not_prosecuted_insufficient", 0.035),
                ("04法定不起诉", "not_prosecuted_statutory", 0.015),
                ("05附条件不起诉", "conditional", 0.015),
                ("06移送机关撤回", "other", 0.015),
            ),
            when=("concluded_on", ()),
        ),
        Entered("entered_on", "录入日期", ("received_on", "concluded_on")),
    ),
)

REFUSAL_RECONSIDERATION = Card(
    "refusal_reconsideration",
    "不捕复议复核案卡",
    (Follows("arrest_review", "decided_on", (2, 7), 0.06, REFUSED),),
    counted="requested_on",
    keyed=False,
    columns=(
        case_number(),
        person_number("嫌疑人编号"),
        *place("承办单位"),
        Day("requested_on", "提请复议日期"),
        Entered("entered_on", "填录日期", ("requested_on",)),
    ),
)

NON_PROSECUTION_RECONSIDERATION = Card(
    "non_prosecution_reconsideration",
    "不起诉复议复核案卡",
    (Follows("prosecution_review", "concluded_on", (2, 7), 0.02, NOT_PROSECUTED),),
    counted="requested_on",
    keyed=False,
    columns=(
        case_number(),
        person_number("嫌疑人编号"),
        *place("承办单位"),
        Day("requested_on", "提请复议日期"),
        Entered("entered_on", "填录日期", ("requested_on",)),
    ),
)

SENTENCING_RECOMMENDATION = Card(
    "sentencing_recommendation",
    "量刑建议案卡",
    (Follows("prosecution_review", "concluded_on", (0, 0), 0.9, PROSECUTED),),
    counted="made_on",
    keyed=False,
    columns=(
        case_number(),
        person_number("被告人编号"),
        *place("单位名称"),
        flag("fixed_term", "是否确定刑量刑建议", 0.93),
        Day("made_on", "提出日期"),
        Later("judged_on", "判决日期", ("made_on",), (25, 75), 0.98),
        flag("accepted", "是否采纳", 0.95, when=("judged_on", ())),
        Entered("entered_on", "填录日期", ("made_on", "judged_on")),
    ),
)

JUDGMENT = Card(
    "judgment",
    "一审判决情况",
    (Follows("prosecution_review", "concluded_on", (25, 75), 0.97, PROSECUTED),),
    counted="judged_on",
    form="titled",
    columns=(
        case_number(),
        person_number("被告人编号"),
        *place("起诉单位"),
        *charge("罪名"),
        flag("juvenile", "是否未成年人", 0.05),
        flag("plea_leniency", "是否认罪认罚", 0.88),
        Day("judged_on", "一审判决日期"),
        Later("effective_on", "判决生效日期", ("judged_on",), (11, 60), 0.98),
        flag("appealed", "是否上诉", 0.05),
        Pick(
            "sentence",
            "裁判结果",
            (
                ("有期徒刑", "fixed_term", 0.5),
                ("宣告缓刑", "suspended", 0.25),
                ("拘役", "detention", 0.17),
                ("单处罚金", "fine_only", 0.05),
                ("免刑", "exempted", 0.015),
                ("管制", "control", 0.01),
                ("无期", "life", 0.003),
                ("宣告无罪", "acquitted", 0.002),
            ),
        ),
        Entered("entered_on", "填录日期", ("judged_on", "effective_on")),
    ),
)

_EVENTS = (
    ("不批捕复议", "refusal_reconsideration"),
    ("一次延长审查起诉期限", "first_extension"),
    ("一次退查", "first_return"),
    ("二次退查", "second_return"),
    ("不起诉复议", "non_prosecution_reconsideration"),
    ("被告人上诉", "appeal"),
    ("建议延期审理", "adjournment"),
    ("撤回起诉", "prosecution_withdrawn"),
)

PROCEDURAL_EVENT = Card(
    "procedural_event",
    "诉讼环节登记",
    (
        Follows("refusal_reconsideration", "requested_on", (0, 0), 1.0, kind="refusal_reconsideration", once=True),
        Follows("prosecution_review", "extended_on", (0, 0), 1.0, ("extended_on", ()), "first_extension", once=True),
        Follows("prosecution_review", "returned_on", (0, 0), 1.0, ("returned_on", ()), "first_return", once=True),
        Follows(
            "prosecution_review",
            "returned_again_on",
            (0, 0),
            1.0,
            ("returned_again_on", ()),
            "second_return",
            once=True,
        ),
        Follows(
            "non_prosecution_reconsideration",
            "requested_on",
            (0, 0),
            1.0,
            kind="non_prosecution_reconsideration",
            once=True,
        ),
        Follows("judgment", "judged_on", (1, 10), 1.0, ("appealed", ("true",)), "appeal"),
        Follows("prosecution_review", "concluded_on", (20, 60), 0.012, PROSECUTED, "adjournment", once=True),
        Follows("prosecution_review", "concluded_on", (20, 60), 0.002, PROSECUTED, "prosecution_withdrawn", once=True),
    ),
    counted="done_on",
    keyed=False,
    columns=(
        case_number(),
        person_number("嫌疑人编号"),
        *place("承办单位"),
        *charge("案由"),
        Day("done_on", "办理日期"),
        Pick("kind", "环节名称", tuple((theirs, ours, 1.0) for theirs, ours in _EVENTS)),
        Entered("entered_on", "填录日期", ("done_on",)),
    ),
)

CRIMINAL_CARDS = (
    ARREST_REVIEW,
    PROSECUTION_REVIEW,
    REFUSAL_RECONSIDERATION,
    NON_PROSECUTION_RECONSIDERATION,
    SENTENCING_RECOMMENDATION,
    JUDGMENT,
    PROCEDURAL_EVENT,
)
