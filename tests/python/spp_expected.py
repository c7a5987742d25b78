# SPDX-License-Identifier: Apache-2.0
"""What the catalogue ``spp`` counts on the site of ``spp_site``, written by hand: 2024Q1, data as of its last day.

A count stands alone; of a rate what is above the line and what is below it. 件 and 人 stand side by side.
"""

from __future__ import annotations

from spp_site import Expected

ACCEPTED: dict[str, Expected] = {
    "accepted_cases": 36,  # 33 types once, and three more; three were carried over
    "accepted_criminal": 16,
    "accepted_civil": 6,
    "accepted_administrative": 7,
    "accepted_public_interest": 2,
    "accepted_execution": 2,
    "accepted_arrest_review": 2,
    "accepted_prosecution_review": 3,
    "concluded_cases": 4,
    "pending_cases_before": 3,
    "pending_cases": 35,
    "closing_rate": (4, 3 + 36),
    "pending_criminal": 15,
    "closing_rate_criminal": (3, 2 + 16),
    "pending_ordinary": 1,
    "closing_rate_ordinary": (1, 2),
    "pending_major": 0,
    "closing_rate_major": (1, 1),
    "pending_duty": 1,
    "closing_rate_duty": (0, 1),
    "pending_economic": 0,
    "closing_rate_economic": (1, 1),
    "pending_civil": 6,
    "closing_rate_civil": (1, 1 + 6),
    "pending_administrative": 7,
    "closing_rate_administrative": (0, 7),
    "pending_public_interest": 2,
    "closing_rate_public_interest": (0, 2),
    "leader_cases": 3,
    "chief_case_share": (2, 3),
}

ARREST: dict[str, Expected] = {
    "arrest_review_received": 9,  # 癸 too, who is not decided yet; 壬 came in the year before
    "arrest_review_received_cases": 7,
    "arrested": 3,  # 甲 戊 己
    "arrested_cases": 3,  # c1, though 乙 was refused
    "refused": 5,  # 乙 丙 丁 庚 辛
    "refused_cases": 3,  # c2 c5 c6
    "refused_no_crime": 1,
    "refused_no_crime_cases": 1,  # c2, though 丁 was refused for another reason
    "refused_evidence": 2,
    "refused_evidence_cases": 1,  # c5; 乙 is in a case of arrest
    "refused_no_need": 2,
    "refused_no_need_cases": 1,  # c6
    "juvenile_arrested": 1,
    "juvenile_refused": 2,
    "refusal_review_requested": 2,
    "non_arrest_rate": (5, 3 + 5),
    "arrest_rate": (3, 3 + 5),
    "juvenile_non_arrest_rate": (2, 1 + 2),
    "arrest_request_rate": (9, 12),
    "non_arrest_review_rate": (2, 5),
}

PROSECUTION: dict[str, Expected] = {
    "prosecution_review_received": 12,
    "prosecution_review_received_cases": 9,
    "prosecution_review_concluded": 11,  # without 卯, passed on, and 辰, pending
    "prosecution_review_concluded_cases": 8,
    "prosecuted": 4,  # 甲 壬 子 丑
    "prosecuted_cases": 3,  # c1 c7 c9
    "not_prosecuted": 6,  # 乙 丙 丁 戊 寅 巳
    "not_prosecuted_cases": 4,  # c2 c3 c10 c13; 乙 is in a case of prosecution
    "not_prosecuted_statutory": 1,
    "not_prosecuted_statutory_cases": 1,  # c2
    "not_prosecuted_insufficient": 1,
    "not_prosecuted_insufficient_cases": 1,  # c3
    "not_prosecuted_minor": 2,
    "not_prosecuted_minor_cases": 0,  # 乙 in c1, 丁 in c2
    "not_prosecuted_other": 2,
    "not_prosecuted_other_cases": 2,  # c10 c13
    "conditional": 1,
    "conditional_cases": 1,
    "juvenile_prosecuted": 1,
    "juvenile_not_prosecuted": 3,
    "juvenile_conditional": 1,
    "returned": 2,
    "returned_cases": 2,
    "returned_again": 1,
    "returned_again_cases": 1,
    "resubmitted": 2,
    "resubmitted_cases": 2,
    "resubmitted_again": 1,
    "resubmitted_again_cases": 1,
    "extended": 1,
    "extended_cases": 1,
    "self_investigated": 1,
    "self_investigated_cases": 1,
    "non_prosecution_review_requested": 3,
    "not_prosecuted_after_arrest": 1,  # 戊
    "non_prosecution_rate": (6, 4 + 6),
    "prosecution_rate": (4, 4 + 6),
    "not_prosecuted_after_arrest_rate": (1, 3),  # 甲 戊 壬, who was arrested in the year before
    "detention_rate": (3, 10),
    "non_prosecution_review_rate": (3, 6),
    "return_rate": (2, 12),
}

CASE_TO_ITEM: dict[str, Expected] = {
    "activity_arrest_petition": 1,
    "activity_refusal_reconsideration": 1,
    "activity_refusal_review": 1,
    "activity_first_extension": 1,
    "activity_second_extension": 1,
    "activity_third_extension": 1,
    "activity_first_return": 3,
    "activity_second_return": 1,
    "activity_non_prosecution_reconsideration": 1,
    "activity_non_prosecution_review": 1,
    "activity_non_prosecution_petition": 1,
    "activity_prosecution_withdrawn": 1,
    "activity_returned_by_court": 1,
    "activity_adjournment": 1,
    "activity_appeal": 2,
    "activity_state_compensation": 1,
    "base_cases": 7 + 9 - 3,  # c1 c3 c4 came with an arrest
    "items": 13 + 19,  # 讯问 is none of the sixteen
    "case_to_item_ratio": (32, 13),
    "items_per_100_cases": (32, 13),
}

JUDGMENT: dict[str, Expected] = {
    "judged": 5,
    "judged_cases": 4,
    "convicted": 4,
    "acquitted": 1,
    "imprisoned": 2,
    "light_sentences": 2,
    "plea_lenient": 6,  # 甲 乙 丁 戊 壬 丑
    "plea_lenient_cases": 5,
    "recommended": 4,
    "plea_leniency_rate": (6, 10),
    "plea_appeal_rate": (1, 3),  # 丑 of 甲 丑 壬; whether 午 appealed is not filled in
    "fixed_term_share": (3, 4),
    "recommendation_acceptance_rate": (3, 4),  # one of the three was recommended in the year before
}

SUPERVISION: dict[str, Expected] = {
    "filing_supervised": 2,
    "filing_done": 1,
    "withdrawal_supervised": 1,
    "withdrawal_done": 2,
    "filing_supervision_success_rate": (3, 3),
    "added_arrests": 1,
    "added_prosecutions": 2,
    "investigation_corrections": 3,
    "investigation_correction_adoption_rate": (2, 3),
    "criminal_trial_corrections": 2,
    "criminal_trial_correction_adoption_rate": (1, 2),
    "criminal_protests_filed": 2,
    "criminal_protests_concluded": 3,
    "criminal_protest_change_rate": (2, 3),  # not of the 2 that were filed
    "custody_corrections": 4,
    "custody_correction_adoption_rate": (3, 4),
    "commutation_corrections": 5,
    "commutation_correction_adoption_rate": (2, 5),
    "community_corrections": 6,
    "community_correction_adoption_rate": (4, 6),
    "property_penalty_corrections": 3,
    "property_penalty_correction_adoption_rate": (1, 3),
}

CIVIL: dict[str, Expected] = {
    "civil_protests_filed": 1,
    "civil_retrials_recommended": 2,
    "civil_protest_change_rate": (2, 3),
    "civil_retrial_recommendation_acceptance_rate": (1, 1),
    "civil_judgment_change_rate": (3, 4),
    "civil_trial_corrections": 2,
    "civil_trial_correction_adoption_rate": (2, 2),
    "civil_enforcement_corrections": 4,
    "civil_enforcement_correction_adoption_rate": (1, 4),
    "suits_supported": 2,
    "suits_supported_migrant": 1,
}

ADMINISTRATIVE: dict[str, Expected] = {
    "admin_protests_filed": 1,
    "admin_retrial_recommended": 3,
    "admin_protest_change_rate": (1, 2),
    "admin_retrial_recommendation_acceptance_rate": (2, 3),
    "admin_trial_corrections": 1,
    "admin_trial_correction_adoption_rate": (1, 1),
    "admin_enforcement_corrections": 2,
    "admin_enforcement_correction_adoption_rate": (3, 2),  # more adopted than issued: a flow over a flow
    "admin_illegality_corrections": 7,
    "admin_disputes_resolved": 1,
}

PUBLIC_INTEREST: dict[str, Expected] = {
    "pil_leads": 3,
    "pil_filed": 2,
    "pil_filed_civil": 1,
    "pil_filed_administrative": 1,
    "pil_recommended": 2,
    "pil_sued": 1,
    "pil_rectification_rate": (2, 2),
    "pil_suit_rate": (1, 2),
    "pil_support_rate": (1, 2),
}

OTHER: dict[str, Expected] = {
    "petitions_received": 6,
    "seven_day_reply_rate": (3, 5),  # p2 a day late over the Spring Festival, p4 not yet; p6 cannot be replied to
    "three_month_answer_rate": (1, 3),  # p7 on the last day; p8 late; p9 not yet
    "relieved": 3,
    "relieved_cases": 2,
    "relief_yuan": "35000.5",
    "governance_recommended": 2,
    "cases_reviewed": 6,
    "reviewed_excellent": 2,
    "reviewed_qualified": 1,
    "reviewed_basically_qualified": 1,
    "reviewed_flawed": 1,
    "reviewed_unqualified": 1,
}

ALL = {
    "accepted": ACCEPTED,
    "arrest": ARREST,
    "prosecution": PROSECUTION,
    "case_to_item": CASE_TO_ITEM,
    "judgment": JUDGMENT,
    "supervision": SUPERVISION,
    "civil": CIVIL,
    "administrative": ADMINISTRATIVE,
    "public_interest": PUBLIC_INTEREST,
    "other": OTHER,
}
