# SPDX-License-Identifier: Apache-2.0
"""A site's tables under a catalogue's names: what binds by itself, what waits, what is refused, what is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import casemetry as cm
import pytest
from casemetry import SchemaError

CATALOGUE = cm.Catalogue.from_dict(
    {
        "schema": 1,
        "id": "small",
        "table": {
            "arrests": {
                "label": {"zh": "审查逮捕", "en": "Arrest review"},
                "also": ["批捕案卡"],
                "columns": {
                    "case_id": {"type": "text", "label": {"zh": "案件编号", "en": "Case"}},
                    "office": {"type": "category", "label": {"zh": "承办单位", "en": "Office"}, "also": ["承办院"]},
                    "juvenile": {"type": "boolean", "label": {"zh": "未成年人", "en": "Juvenile"}},
                    "decided_on": {"type": "date", "label": {"zh": "审结日期", "en": "Decided on"}},
                    "decision": {
                        "type": "category",
                        "values": ["approved", "refused"],
                        "aliases": {"批准逮捕": "approved", "不批准逮捕": "refused"},
                        "label": {"zh": "审查逮捕结果", "en": "Decision"},
                        "also": ["审查结论"],
                    },
                },
            },
            "judgments": {
                "label": {"zh": "判决", "en": "Judgments"},
                "columns": {"judged_on": {"type": "date", "label": {"zh": "判决日期", "en": "Judged on"}}},
            },
        },
        "aggregate": [
            {"id": "arrested", "unit": "arrests", "date": "decided_on", "where": "decision == 'approved'"},
            {"id": "refusals", "unit": "arrests", "date": "decided_on", "where": "decision == 'refused'"},
            {"id": "young", "unit": "arrests", "date": "decided_on", "where": "juvenile"},
            {"id": "judged", "unit": "judgments", "date": "judged_on"},
        ],
        "indicator": [
            {
                "id": "refusal_rate",
                "label": {"zh": "不捕率", "en": "Refusal rate"},
                "kind": "proportion",
                "numerator": "refusals",
                "denominator": "arrested + refusals",
            },
            {"id": "juveniles", "label": {"zh": "未成年人", "en": "Juveniles"}, "kind": "count", "of": "young"},
            {"id": "judgment_count", "label": {"zh": "判决", "en": "Judgments"}, "kind": "count", "of": "judged"},
        ],
    }
)
ARRESTS: dict[str, list[Any]] = {
    "案件编号": ["0017", "0018", "0019"],
    "承办单位": ["甲院", "甲院", "乙院"],
    "审结日期": ["2024-01-05", "2024-01-06", "2024-02-07"],
    "审查结论": ["批准逮捕", "不批准逮捕", "批准逮捕"],
}


def bound(**changes: Any) -> cm.Binding:
    return cm.bind({"审查逮捕": {**ARRESTS, **changes}}, CATALOGUE)


def kinds(binding: cm.Binding, kind: str) -> dict[str, tuple[str | None, str, bool]]:
    return {one.theirs: (one.ours, one.why, one.decided) for one in binding.proposals if one.kind == kind}


def test_names_labels_and_declared_other_names_bind_by_themselves() -> None:
    binding = bound()
    assert kinds(binding, "table") == {"审查逮捕": ("arrests", "label", True)}
    assert kinds(binding, "column") == {
        "案件编号": ("case_id", "label", True),
        "承办单位": ("office", "label", True),
        "审结日期": ("decided_on", "label", True),
        "审查结论": ("decision", "also", True),
    }
    assert kinds(binding, "value") == {
        "批准逮捕": ("approved", "alias", True),
        "不批准逮捕": ("refused", "alias", True),
    }
    assert binding.tables["arrests"].columns == ["case_id", "office", "decided_on", "decision"]


@pytest.mark.parametrize("name", ["ＡＲＲＥＳＴ　Review", " arrests ", "\ufeff审查逮捕", "审查 逮捕", "批捕案卡"])
def test_width_case_spaces_and_marks_do_not_matter(name: str) -> None:
    binding = cm.bind({name: {" Ｏｆｆｉｃｅ": ["甲院"], "审查 结论": ["批准 逮捕"]}}, CATALOGUE)
    assert binding.tables["arrests"].columns == ["office", "decision"]
    assert binding.unlisted == ()
    assert binding.catalogue.json() != CATALOGUE.json()


def test_what_is_only_alike_waits_with_its_reason() -> None:
    binding = cm.bind({"2024年审查逮捕": ARRESTS}, CATALOGUE)
    (waiting,) = binding.waiting
    assert (waiting.ours, waiting.why, waiting.decided) == ("arrests", "suggestion", False)
    assert waiting.reason == ("含“审查逮捕”", "contains '审查逮捕'")
    assert binding.tables == {}
    assert binding.set("arrests", "2024年审查逮捕").waiting == ()


def test_a_table_without_a_telling_name_is_suggested_by_its_columns() -> None:
    (waiting,) = cm.bind({"Sheet1": ARRESTS}, CATALOGUE).waiting
    assert (waiting.ours, waiting.reason.en) == ("arrests", "4 of 5 columns have its names")


def test_two_tables_that_claim_one_wait_for_a_decision() -> None:
    binding = cm.bind({"审查逮捕": ARRESTS, "批捕案卡": ARRESTS}, CATALOGUE)
    assert [(one.theirs, one.decided) for one in binding.proposals] == [("审查逮捕", False), ("批捕案卡", False)]
    assert binding.waiting[0].reason.en == "'批捕案卡' has the name too"
    assert binding.set("arrests", "批捕案卡").tables["arrests"].rows == 3


def test_a_label_wins_over_another_name_and_equals_wait() -> None:
    assert kinds(bound(承办院=["x", "y", "z"]), "column")["承办单位"] == ("office", "label", True)
    twice = bound(Office=["x", "y", "z"])
    assert kinds(twice, "column")["Office"] == ("office", "name", False)
    assert "office" not in twice.tables["arrests"].columns


def test_one_table_of_a_site_may_serve_several_of_the_catalogue() -> None:
    site = {"案卡": {**ARRESTS, "判决日期": ["2024-03-01", None, None]}}
    binding = cm.bind(site, CATALOGUE).set("arrests", "案卡").set("judgments", "案卡")
    assert list(binding.tables) == ["arrests", "judgments"]
    assert binding.tables["judgments"].values("judged_on", 1) == ["2024-03-01"]


def test_a_code_never_seen_is_reported_and_not_guessed() -> None:
    binding = bound(审查结论=["批准逮捕", "另行处理", "另行处理"], 未成年人=["是", "否", "不详"])
    assert [tuple(one) for one in binding.unlisted] == [
        ("arrests", "juvenile", "不详", 1, None),
        ("arrests", "decision", "另行处理", 2, None),
    ]
    assert cm.Cube(binding).table("refusal_rate").columns["unknown"] == [2]
    decided = binding.set("arrests.decision", {"另行处理": "refused"}).set("arrests.juvenile", {"不详": None})
    assert decided.unlisted == ()
    assert cm.Cube(decided).table(["refusal_rate", "juveniles"]).columns["numerator"] == [2, 1]


def test_tables_and_columns_that_are_not_used_are_told_with_the_nearest_tables() -> None:
    site = {"审查逮捕": {**ARRESTS, "备注": ["a", "b", "c"]}, "x": {"承办单位": ["甲院"], "审结日期": ["2024-01-05"]}}
    binding = cm.bind({**site, "y": {"z": [1]}}, CATALOGUE)
    assert [tuple(one) for one in binding.unused] == [
        ("审查逮捕", ("备注",), False, ()),
        ("x", ("承办单位", "审结日期"), True, ("arrests",)),
        ("y", ("z",), True, ()),
    ]
    text = binding.text()
    assert "未用的本院表" in text
    assert "整张表（2 列）：承办单位、审结日期" in text
    assert "没有相近的" in text
    assert "The site's, not used" in binding.text("en")


def test_a_closed_column_is_not_bound_before_one_of_its_codes_is() -> None:
    binding = bound(审查结论=["01", "02", "02"], 未成年人=["是", "否", "否"])
    assert "decision" not in binding.tables["arrests"].columns
    assert binding.tables["arrests"].values("审查结论") == ["01", "02", "02"]
    assert [one.written for one in binding.unlisted] == ["02", "01"]
    assert binding.computable == ("juveniles",)
    assert binding.missing["refusal_rate"] == ("arrests.decision：代码待定",)
    assert "审查逮捕.审查逮捕结果：代码待定" in binding.text()
    assert "Arrest review.Decision: codes wait" in binding.text("en")
    assert "decision" in cm.Cube(binding).not_available["refusal_rate"]
    one = binding.set("arrests.decision", {"01": "approved"})
    assert one.computable == ("refusal_rate", "juveniles")
    assert cm.Cube(one).table("refusal_rate").columns["unknown"] == [2]


def test_a_column_all_of_whose_codes_are_left_out_or_blank_is_bound() -> None:
    assert bound(审查结论=["x", "x", "x"]).set("arrests.decision", {"x": None}).computable == ("refusal_rate",)
    assert bound(审查结论=[None, None, None]).computable == ("refusal_rate",)


def test_the_dimensions_that_can_be_counted_by_are_told() -> None:
    types = cm.bind({"受理案件": {"案件类型": ["未知类型"]}}, "spp")
    assert "case_type" not in types.dimensions
    assert "case_type" in types.set("accepted_case.case_type", {"未知类型": "relief"}).dimensions


def test_other_widths_of_what_was_decided_bind_as_well() -> None:
    decided = {"01批捕": "approved", "02不捕": "refused"}
    binding = bound(审查结论=["01批捕", "０１批捕 ", "02不捕"]).set("arrests.decision", decided)
    assert binding.unlisted == ()
    assert cm.Cube(binding).table("refusal_rate").columns["value"] == [1 / 3]


def test_spellings_of_an_open_category_can_be_joined() -> None:
    binding = bound(承办单位=["甲院", "甲检察院", "乙院"]).set("arrests.office", {"甲检察院": "甲院"})
    assert cm.Cube(binding, by="office").table("refusal_rate", by="office").columns["office"] == ["乙院", "甲院"]


def test_a_denied_value_is_no_suggestion_for_what_it_denies() -> None:
    (unlisted,) = bound(审查结论=["未批准逮捕", "批准逮捕", "批准逮捕"]).unlisted
    assert unlisted.suggestion == "refused"


def test_what_can_be_computed_and_what_the_others_lack_is_told() -> None:
    binding = bound()
    assert binding.computable == ("refusal_rate",)
    assert binding.missing == {"juveniles": ("arrests.juvenile",), "judgment_count": ("judgments",)}
    text = binding.text("en")
    assert text.startswith("1 of 3 indicators can be computed; nothing waits for a decision")
    assert "Juveniles       Arrest review.Juvenile" in text
    assert "3 个指标中 1 个可以计算" in binding.text()
    assert "审查逮捕.未成年人" in binding.html()


def test_a_cube_is_built_from_it_and_gives_rows_back() -> None:
    binding = bound(备注=["a", "b", "c"])
    table = cm.Cube(binding, by="office").table("refusal_rate", by="office", period="2024-01")
    assert table.columns["numerator"] == [0, 1]  # 乙院, 甲院
    assert table.rows(binding, office="甲院").values("备注") == ["b"]
    assert cm.Cube.plan(binding).cells >= 1
    assert cm.units(binding, None, "arrests").rows == 3
    with pytest.raises(cm.QueryError, match="a binding brings its catalogue"):
        cm.Cube(binding, CATALOGUE)
    with pytest.raises(cm.QueryError, match="tables need a catalogue"):
        cm.Cube({"arrests": ARRESTS})


def test_cubes_of_sites_that_spell_otherwise_add() -> None:
    one = bound()
    other = bound(审查结论=["捕", "捕", "捕"]).set("arrests.decision", {"捕": "approved"})
    both = cm.Cube(one, by="office") + cm.Cube(other, by="office")
    assert both.table("refusal_rate").columns["denominator"] == [6]


def test_left_out_is_not_passed_on() -> None:
    binding = bound(decision=["approved"] * 3).set("arrests.decision", None)
    assert "decision" not in binding.tables["arrests"].columns
    assert bound().set("arrests", None).tables == {}
    unknown = bound().set("arrests.decision", {"批准逮捕": None})
    assert unknown.unlisted == ()
    assert cm.Cube(unknown).table("refusal_rate").columns["unknown"] == [2]


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        ("arests", "审查逮捕", "no such table; did you mean 'arrests'"),
        ("arrests", "审查逮补", "is not among the tables given; did you mean '审查逮捕'"),
        ("arrests.decison", "审查结论", "no such column; did you mean 'decision'"),
        ("arrests.decision", "审查结伦", "no column '审查结伦'; did you mean '审查结论'"),
        ("arrests.decision", {"捕": "aproved"}, "lists no value 'aproved'; did you mean 'approved'"),
        ("arrests.office", {"甲": None}, "the column is open"),
        ("arrests.decision", {"approved": None}, "is a value that the column lists"),
    ],
)
def test_names_that_are_not_there_are_refused_with_the_nearest(ours: str, theirs: Any, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        bound().set(ours, theirs)


def test_a_mapping_keeps_what_is_decided_and_shows_what_waits(tmp_path: Path) -> None:
    binding = bound(审查结论=["批准逮捕", "捕", "另行\n# 处理"]).set("arrests.decision", {"捕": "approved"})
    path = binding.save(tmp_path / "本院.toml")
    text = path.read_text(encoding="utf-8")
    assert 'columns.decision = "审查结论"\n' in text
    assert 'values.decision."捕" = "approved"\n' in text
    assert '\n# values.decision."另行\\n# 处理" = ""  # 1 行；目录未列，也无近似：approved, refused\n' in text
    again = cm.bind({"审查逮捕": {**ARRESTS, "审查结论": ["批准逮捕", "捕", "另行\n# 处理"]}}, CATALOGUE, mapping=path)
    assert again.toml() == text
    assert again.catalogue == binding.catalogue
    assert {one.why for one in again.proposals if one.kind == "column"} == {"mapping"}
    path.write_text(text.replace("\n# values", "\nvalues").replace('处理" = ""', '处理" = "refused"'), encoding="utf-8")
    mended = cm.bind({"审查逮捕": {**ARRESTS, "审查结论": ["批准逮捕", "捕", "另行\n# 处理"]}}, CATALOGUE, mapping=path)
    assert mended.unlisted == ()


def test_a_mapping_keeps_decisions_about_what_this_month_does_not_hold(tmp_path: Path) -> None:
    path = bound().set("arrests.decision", {"捕": "approved"}).save(tmp_path / "本院.toml")
    assert '"捕" = "approved"' in cm.bind({"审查逮捕": ARRESTS}, CATALOGUE, mapping=path).toml()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('schema = 1\ncatalogue = "leads"', "is a mapping for the catalogue 'leads', not for 'small'"),
        ("schema = 1", "is a mapping for the catalogue None"),
        ('schema = 2\ncatalogue = "small"', "schema: should be 1"),
        ('schema = 1\ncatalogue = "small"\n[tables.arrests]', "tables: is no key of a mapping; did you mean 'table'"),
        ('schema = 1\ncatalogue = "small"\n[table.arests]\nfrom = "审查逮捕"', "did you mean 'arrests'"),
        ('schema = 1\ncatalogue = "small"\n[table.arrests]\nform = "审查逮捕"', "form: is no key of a table"),
        ('schema = 1\ncatalogue = "small"\n[table.arrests]\nfrom = 3', "from: should be the name of a table"),
        ('schema = 1\ncatalogue = "small"\n[table.arrests]\nfrom = "逮捕"', "not among the tables given"),
        ('schema = 1\ncatalogue = "small"\n[table.arrests]\ncolumns = { ofice = "承办单位" }', "did you mean 'office'"),
        ('schema = 1\ncatalogue = "small"\n[table.arrests]\ncolumns = { office = "单位" }', "no column '单位'"),
        ('schema = 1\ncatalogue = "small"\n[table.arrests]\nvalues.decision = { "捕" = "yes" }', "no value 'yes'"),
        ("schema = ", "is not TOML"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "本院.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=message):
        cm.bind({"审查逮捕": ARRESTS}, CATALOGUE, mapping=path)


def test_all_faults_of_a_mapping_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "本院.toml"
    path.write_text(
        'schema = 1\ncatalogue = "small"\n[table.a]\nfrom = ""\n[table.arrests]\ncolumns.b = ""\ncolumns.c = ""'
    )
    with pytest.raises(SchemaError, match=r"3 names are not right\n.*table.a: .*\n.*columns.b: .*\n.*columns.c: "):
        cm.bind({"审查逮捕": ARRESTS}, CATALOGUE, mapping=path)


def write(folder: Path, name: str, table: dict[str, list[Any]], encoding: str = "utf-8") -> Path:
    rows = [list(table), *zip(*table.values(), strict=True)]
    path = folder / name
    path.write_bytes("\n".join(",".join(map(str, row)) for row in rows).encode(encoding))
    return path


def test_a_folder_holds_the_tables_of_a_site(tmp_path: Path) -> None:
    write(tmp_path, "审查逮捕.csv", ARRESTS, "gb18030")
    write(tmp_path, "判决.csv", {"判决日期": ["2024-03-01"]})
    (tmp_path / "说明.docx").write_bytes(b"PK")
    (tmp_path / "~$案卡.xlsx").write_bytes(b"")
    binding = cm.bind(tmp_path, CATALOGUE)
    assert {name: table.rows for name, table in binding.tables.items()} == {"arrests": 3, "judgments": 1}
    with pytest.raises(SchemaError, match="the folder holds no table"):
        cm.bind(tmp_path.parent / tmp_path.name / "..", CATALOGUE)


def test_the_files_of_several_months_stand_one_below_the_other(tmp_path: Path) -> None:
    files = [write(tmp_path, f"逮捕_{month}月.csv", ARRESTS) for month in (1, 2)]
    for given in (files, str(tmp_path / "逮捕_*.csv")):
        assert cm.bind({"审查逮捕": given}, CATALOGUE).tables["arrests"].rows == 6
    months = cm.bind(tmp_path, CATALOGUE)
    assert months.set("arrests", ["逮捕_1月", "逮捕_2月"]).tables["arrests"].rows == 6
    pattern = months.set("arrests", "逮捕_*")
    assert pattern.tables["arrests"].rows == 6
    assert 'from = "逮捕_*"' in pattern.toml()


def test_files_of_other_columns_do_not_stand_below_each_other(tmp_path: Path) -> None:
    january = write(tmp_path, "1月.csv", ARRESTS)
    february = write(tmp_path, "2月.csv", {"承办单位": ["甲院"]})
    with pytest.raises(SchemaError, match="'1月' has a column '案件编号' and '2月' has none"):
        cm.bind({"审查逮捕": [january, february]}, CATALOGUE)
    with pytest.raises(SchemaError, match="no file is like"):
        cm.bind({"审查逮捕": str(tmp_path / "3月*")}, CATALOGUE)
    with pytest.raises(SchemaError, match="the list of its files is empty"):
        cm.bind({"审查逮捕": []}, CATALOGUE)


def test_what_is_no_table_of_a_site_is_refused() -> None:
    with pytest.raises(SchemaError, match="give them by their names"):
        cm.bind(3, CATALOGUE)


def test_hostile_names_are_shown_harmless() -> None:
    binding = cm.bind({"审查逮捕": {**ARRESTS, "审查结论": ["<script>", "\x1b[31m", "批准逮捕"]}}, CATALOGUE)
    assert "<script>" not in binding.html()
    assert "\x1b" not in binding.text()
    assert "\x1b" not in binding.toml()
