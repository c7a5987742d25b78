# SPDX-License-Identifier: Apache-2.0
"""The code in the documents runs as it stands there, from the first block to the last."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"

ARRESTS = """案件编号,人员,承办单位,案由,结论,受理日期,审结日期
1,甲,A1市东区,盗窃,批准逮捕,2023-02-01,2023-02-06
2,乙,A1市东区,盗窃,存疑不捕,2024-02-01,2024-02-07
3,丙,A1市西区,危险驾驶,无社会危险性不捕,2024-03-04,2024-03-08
4,丁,A1市西区,诈骗,,2024-03-05,
"""

PROSECUTIONS = """案件编号,人员,罪名,承办单位,处理,审结日期
1,甲,盗窃,A1市东区,不起诉,2024-02-28
1,甲,诈骗,A1市东区,不起诉,2024-03-06
1,戊,盗窃,A1市东区,起诉,2024-03-06
3,丙,危险驾驶,A1市西区,起诉,2024-04-08
"""


@pytest.mark.parametrize("name", ["index.md", "tutorial.md", "cubes.md", "binding.md", "charts.md", "monthly.md"])
def test_every_block_of_python_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "审查逮捕.csv").write_text(ARRESTS, encoding="gb18030")
    (tmp_path / "审查起诉.csv").write_text(PROSECUTIONS, encoding="gb18030")
    (tmp_path / "本院.toml").write_text('schema = 1\nid = "own"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert blocks
    exec("\n".join(blocks), {})


def test_the_example_definitions_of_the_quick_reference_are_valid() -> None:
    import casemetry as cm

    blocks = re.findall(r"```toml\n(.*?)```", (DOCS / "quick-reference.md").read_text(encoding="utf-8"), re.DOTALL)
    rates, stocks = map(cm.Catalogue.from_toml, blocks)
    assert cm.evaluate(rates, "non_arrest_rate", {"approved": 196, "refused": 40}).value == 40 / 236
    figures = {"opening(pending_cases)": 30, "accepted": 70, "concluded": 80}
    assert cm.evaluate(stocks, "clearance_rate", figures).value == 0.8
