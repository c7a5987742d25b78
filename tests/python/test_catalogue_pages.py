# SPDX-License-Identifier: Apache-2.0
"""The page of a catalogue: every indicator in words, what is listed only, what must hold."""

from __future__ import annotations

import re

import casemetry as cm
import pytest


@pytest.fixture(scope="module")
def page() -> cm.CataloguePage:
    return cm.catalogue_page("spp")


def entry(page: cm.CataloguePage, name: str) -> cm.CatalogueEntry:
    return next(one for entries in page.sections.values() for one in entries if one.id == name)


def test_every_indicator_stands_on_it_once(page: cm.CataloguePage) -> None:
    ids = [one.id for entries in page.sections.values() for one in entries]
    assert sorted(ids) == sorted(cm.Catalogue.shipped("spp").indicators)


def test_indicators_are_grouped_by_the_table_they_are_about(page: cm.CataloguePage) -> None:
    assert list(page.sections)[:3] == ["受理案件", "审查逮捕", "不捕复议复核"]
    assert entry(page, "detention_rate") in page.sections["审查起诉"]
    assert entry(page, "case_to_item_ratio") in page.sections["审查逮捕"]


def test_a_rate_is_told_in_words_with_what_to_read_beside_it(page: cm.CataloguePage) -> None:
    rate = entry(page, "not_prosecuted_after_arrest_rate")
    assert rate.formula == "捕后不起诉 / 捕后审结"
    assert (rate.unit, rate.direction, rate.read_with, rate.evidence) == ("%", "越低越好", "诉前羁押率", "有来源写明")
    assert "12068人" in rate.source


def test_a_count_is_told_by_its_unit_its_day_and_its_condition(page: cm.CataloguePage) -> None:
    refused = "人；按审结日期；审查逮捕结果为“不构成犯罪不捕”、“证据不足不捕”、“无社会危险性不捕”之一"
    assert entry(page, "refused").formula == refused
    assert entry(page, "refused").unit == "人"
    assert entry(page, "refused_cases").unit == "件"
    assert entry(page, "accepted_cases").formula == "件；按受理日期"
    assert entry(page, "pending_cases").formula == "件；受理日期起、办结日期前"
    assert entry(page, "returned").formula == "人；按退回补充侦查日期；有退回补充侦查日期"
    assert entry(page, "juvenile_arrested").formula.endswith("；只看未成年人为是")
    assert entry(page, "prosecuted_cases").formula == "件；按审结日期；任一行审查起诉结果为“起诉”"
    assert "只看找到审查逮捕的人且任一行审查逮捕结果为“批准逮捕”、“决定逮捕”之一" in (
        entry(page, "not_prosecuted_after_arrest").formula
    )


def test_a_count_is_told_in_english_likewise() -> None:
    refused = entry(cm.catalogue_page("spp", lang="en"), "refused").formula
    assert refused == (
        "persons; by Decided on; Decision on arrest is one of 'refused no crime', 'refused evidence', 'refused no need'"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_name_of_a_list_or_a_column_is_left_in_the_words(lang: str) -> None:
    page = cm.catalogue_page("spp", lang=lang)  # type: ignore[arg-type]
    for one in (one for entries in page.sections.values() for one in entries):
        assert not re.search(r"@|\b[a-z]+_[a-z_]+\b|\\n", one.formula), one


def test_cases_and_persons_of_one_label_are_told_apart_by_their_unit(page: cm.CataloguePage) -> None:
    assert entry(page, "arrest_request_rate").formula == "受理审查逮捕（人） / 受理审查起诉（人）"
    assert (
        "不捕各原因之和（件）",
        "不构成犯罪不捕（件） + 证据不足不捕（件） + 无社会危险性不捕（件） == 不捕（件）",
    ) in page.identities


def test_the_versions_of_a_definition_are_told(page: cm.CataloguePage) -> None:
    assert "自 2021-01-01 至 2023-12-31: 不捕（人） / (批准逮捕 + 不捕（人）)" in entry(page, "non_arrest_rate").source
    assert "至 2022-12-31: 民事再审检察建议裁定再审 / 提出民事再审检察建议" in (
        entry(page, "civil_retrial_recommendation_acceptance_rate").source
    )


def test_what_is_known_by_name_only_is_listed_and_is_no_indicator(page: cm.CataloguePage) -> None:
    listed = {one.id: one for one in page.listed}
    assert {"light_sentence_after_arrest_rate", "criminal_protest_rate", "process_alert_rate"} < set(listed)
    assert not set(listed) & set(cm.Catalogue.shipped("spp").indicators)
    assert {one.evidence for one in page.listed} == {"未证实"}
    assert listed["extension_rate"].read_with == "延长审查起诉期限（人）、延长审查起诉期限（件）"


@pytest.mark.parametrize("name", ["spp", "leads", "cook-county", "cn-traffic"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_shipped_catalogue_has_a_page_in_both_languages(name: str, lang: str) -> None:
    page = cm.catalogue_page(name, lang=lang)  # type: ignore[arg-type]
    assert page.title in page.text
    assert str(page) == page.text
    assert page._repr_html_() == page.html
    assert page.html.count("<table>") == len(page.sections) + bool(page.listed) + bool(page.identities)


def test_texts_of_a_catalogue_are_escaped() -> None:
    catalogue = cm.Catalogue.of(cm.tally("<b>数", "x == '<i>'", unit="t", date="d"))
    page = cm.catalogue_page(catalogue)
    assert "<b>" not in page.html
    assert "<i>" not in page.html
    assert not page.listed
    assert not page.identities


def test_an_unknown_language_or_catalogue_is_told() -> None:
    with pytest.raises(cm.QueryError, match="lang='zh'"):
        cm.catalogue_page("spp", lang="fr")  # type: ignore[arg-type]
    with pytest.raises(cm.QueryError, match="cn-traffic, cook-county, leads, spp"):
        cm.catalogue_page("sp")
