# SPDX-License-Identifier: Apache-2.0
"""The command: what it prints, what it writes, how it fails."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import casemetry as cm
import openpyxl
import pytest
from casemetry.cli import main

ROWS = "20000"


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def demo(out: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["demo", "--out", str(out), "--rows", ROWS, "--lang", lang]) == 0
    return capsys.readouterr().out


def test_the_demo_prints_tables_paths_and_seconds(
    tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = demo(tmp_path / "demo", lang, capsys)
    words = {
        "zh": [
            "不捕率",
            "A省",
            "2024-12",
            "复算",
            "公布",
            "20,000 件合成案件",
            "4,000 条合成线索",
            "贡献率",
            "检察业务月报（2024年1–9月）",
            "用时（秒）",
        ],
        "en": [
            "Non-arrest rate",
            "Province A",
            "2024-12",
            "Computed",
            "Published",
            "20,000 synthetic cases",
            "4,000 synthetic leads",
            "Contribution",
            "Monthly table",
            "Seconds",
        ],
    }
    files = [str(tmp_path / "demo" / "casemetry-demo.html"), "casemetry-demo.xlsx", "casemetry-demo-monthly.xlsx"]
    for text in [*words[lang], *files]:
        assert text in printed


def test_published_figures_are_computed_again_beside_the_published_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = demo(tmp_path, "zh", capsys)
    (line,) = re.findall(r"^不捕率 +2019-01\.\.2019-12.*$", printed, flags=re.MULTILINE)
    assert line.split()[2:] == ["313,743", "1,402,233", "22.4%", "22.4%", "✓"]
    assert printed.count("✓") == 23 + 1  # 16 from exact counts, 7 from rounded ones; the note
    assert "✗" not in printed


def test_contributions_stand_side_by_side_by_rule_with_the_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = demo(tmp_path, "zh", capsys)
    for rule in ("any", "exclusive", "first", "last", "linear", "shapley", "owen"):
        (line,) = re.findall(rf"^{rule} +([\d.]+)% +\d+ \(([\d.]+)%\)$", printed, flags=re.MULTILINE)
        truth, held = map(float, line)
        assert 30 < truth < 75
        assert held > 85


def test_the_page_is_offline(tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    demo(tmp_path, lang, capsys)
    page = (tmp_path / "casemetry-demo.html").read_text(encoding="utf-8")
    assert not re.findall(r"(src|href)=[\"']?(https?:)?//", page)
    assert "<script" not in page
    assert "@import" not in page
    assert "22.4%" in page


def test_the_workbook_has_real_numbers_and_its_definitions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo(tmp_path, "zh", capsys)
    book = openpyxl.load_workbook(tmp_path / "casemetry-demo.xlsx")
    cases, leads = book.sheetnames[:3], book.sheetnames[3:-1]
    assert cases == ["合计，2024年", "按省级院，2024年", "按月，2024年"]
    assert len(leads) == 4
    assert all("线索" in name or "贡献率" in name for name in leads)
    assert book.sheetnames[-1] == "口径"
    numbers = [cell.value for row in book.worksheets[1].iter_rows(min_row=2) for cell in row if cell.data_type == "n"]
    assert len(numbers) >= 10 * 4


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"casemetry {cm.__version__}\n"


def test_reading_tells_how_a_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "审查逮捕.csv"
    file.write_bytes("承办单位,审结日期\nA1市中区,2024-01-05\nA1市东区,\n".encode("gb18030"))
    assert main(["read", str(file)]) == 0
    printed = capsys.readouterr().out
    assert "承办单位" in printed
    assert "date" in printed


def test_a_file_that_is_not_there_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "nowhere.csv"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("casemetry: ")
    assert "nowhere.csv" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("rows", ["0", "-5", "many"])
def test_a_number_of_cases_that_is_none_is_refused(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["demo", "--rows", rows])
    assert end.value.code == 2
    assert "--rows" in capsys.readouterr().err


def test_without_a_command_the_usage_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 2
    assert "demo" in capsys.readouterr().err


def test_bind_writes_what_is_decided_and_what_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "案卡"
    folder.mkdir()
    (folder / "审查逮捕.csv").write_text("承办单位,审查结论\n甲院,批准逮捕\n甲院,另行\n", encoding="gb18030")
    out = tmp_path / "本院.toml"
    assert main(["bind", str(folder), "--out", str(out), "--lang", "en"]) == 0
    assert "indicators can be computed; " in capsys.readouterr().out
    text = out.read_text(encoding="utf-8")
    assert 'from = "审查逮捕"' in text
    assert '# values.decision."另行" = ""' in text
    assert main(["bind", str(folder), "--map", str(out), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == text


class TestTable:
    ARRESTS = (
        "案件编号,嫌疑人编号,承办单位,审查结论,审结日期\n1,1,甲院,批准逮捕,2024-03-01\n2,2,甲院,不批准逮捕,2024-03-02\n"
    )
    MAPPING = 'schema = 1\ncatalogue = "spp"\n[table.arrest_review]\nfrom = "批捕"\n'

    @pytest.fixture
    def site(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "案卡").mkdir()
        (tmp_path / "案卡" / "批捕.csv").write_text(self.ARRESTS, encoding="gb18030")
        (tmp_path / "部分.toml").write_text(self.MAPPING, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def table(self, *options: str, period: str = "2024-03") -> int:
        return main(["table", "案卡", "--map", "部分.toml", "--period", period, *options])

    def test_what_a_part_of_the_tables_does_not_allow_stands_with_its_reason(self, site: Path) -> None:
        assert self.table("--as-of", "2024-03-31") == 0
        page = openpyxl.load_workbook(site / "月报.xlsx")["全部单位"]
        reasons = {row[0].value: (row[2].value, row[-1].value) for row in page.iter_rows()}
        assert reasons["受理案件"][0] == "不可用"
        assert "一、受理案件（缺表：受理案件）" in reasons  # once for the section

    @pytest.mark.usefixtures("site")
    def test_it_ends_with_the_file_and_not_with_calls(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.table("--as-of", "2024-03-31") == 0
        printed = capsys.readouterr().out
        assert printed.endswith("月报.xlsx\n")
        assert "binding.set" not in printed
        assert "编辑 部分.toml" in printed

    def test_no_as_of_day_is_loud(self, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.table() == 0
        assert "没有给出数据截至日" in capsys.readouterr().err
        assert "没有给出数据截至日" in openpyxl.load_workbook(site / "月报.xlsx")["全部单位"]["A3"].value

    @pytest.mark.usefixtures("site")
    def test_a_period_without_records_is_loud(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.table("--as-of", "2024-03-31", period="2022-03") == 0
        told = capsys.readouterr().err
        assert "1–3月累计: 数据中没有本期的任何记录；有记录的月份：2024-03 至 2024-03" in told

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (["案卡", "--period", "三月"], "period"),
            (["案卡", "--period", "2024-03", "--as-of", "月底"], "as_of"),
            (["空空", "--period", "2024-03"], "no folder or workbook 空空"),
            (["案卡", "--period", "2024-03", "--out", "无/月报.xlsx"], "there is no folder"),
            (["案卡", "--period", "2024-03", "--out", "月报.xls"], "should end in .xlsx"),
        ],
    )
    def test_arguments_are_checked_before_files_are_read(
        self, site: Path, options: list[str], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (site / "案卡" / "批捕.csv").write_bytes(b"\xff")
        assert main(["table", *options]) == 1
        captured = capsys.readouterr()
        assert told in captured.err
        assert captured.out == ""


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "casemetry", "--version"], check=True, capture_output=True, text=True)
    assert done.stdout == f"casemetry {cm.__version__}\n"
