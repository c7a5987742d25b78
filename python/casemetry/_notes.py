# SPDX-License-Identifier: Apache-2.0
"""What was found in a file besides its cells, and what was done about it: counted, in both languages."""

from __future__ import annotations

from typing import NamedTuple

from casemetry._presentation.words import Label, Language

MOST_PLACES = 5
"""How many places are named."""

_WORDS = {
    "title_rows": Label("标题上方的行，未读", "rows above the heading, not read"),
    "joined_heading": Label("两行表头，已合并为“上/下”", "rows of heading, joined as upper/lower"),
    "merged_heading": Label("表头的合并单元格，已填充", "merged cells in the heading, filled"),
    "merged_filled": Label(
        "合并单元格已按其范围填充（同一列上下合并的文本）",
        "cells filled with the text of the cells that are merged with them, over rows of one column",
    ),
    "merged_cells": Label(
        "数据中未填充的合并单元格（数字，或跨列）：值只在第一格，其余为空",
        "merged cells among the data, not filled (a number, or over columns): the value is in the first cell only",
    ),
    "blank_rows": Label("空行，未读", "blank rows, not read"),
    "blank_columns": Label("无表头的空列，未读", "blank columns without a heading, not read"),
    "total_rows": Label("合计行，未读", "rows of totals, not read"),
    "hidden_sheets": Label("隐藏的工作表，未读", "hidden sheets, not read"),
    "errors": Label("错误单元格（如 #REF!），按缺失", "cells with an error (such as #REF!), missing"),
    "no_cached_value": Label(
        "没有结果的公式，按缺失：请在 Excel 中打开并保存",
        "formulas without a stored result, missing: open the file in Excel and save it",
    ),
    "text_dates": Label("真日期之间的文本日期，一并读取", "dates written as text among true dates, read as dates"),
    "unreadable_dates": Label(
        "真日期之间读不成日期的文本（如 2024.2.30、不详），按缺失",
        "texts among true dates that are no dates (such as 2024.2.30), missing where a date is read",
    ),
    "text_numbers": Label("存为文本的数字，一并读取", "numbers stored as text among numbers, both read"),
    "numbers_as_text": Label("文本之间的数字，按文本", "numbers among text, taken as text"),
    "early_dates": Label(
        "1900 年 3 月以前的日期：多半是序号而非日期（Excel 的 60 号不存在）",
        "days before March 1900: likely numbers and no dates (day 60 of Excel does not exist)",
    ),
    "long_numbers": Label(
        "超过 15 位的数字：Excel 只保留 15 位，编号已失真；请以文本重新导出",
        "numbers of more than 15 digits: Excel keeps only 15, the ids are not whole; export them as text",
    ),
    "scientific_text": Label(
        "写成科学计数的编号（1.29E+11）：已失真，请以文本重新导出",
        "ids written as 1.29E+11: they are not whole, export them as text",
    ),
    "ids_as_numbers": Label(
        "存为数字的编号：前面的 0 若有已丢失",
        "ids stored as numbers: zeros at their front, if there were any, are lost",
    ),
    "macros": Label("含宏，不执行", "macros, which are not run"),
    "external_links": Label("链接其他文件，不读取", "links to other files, which are not read"),
}
_MEASURES = {
    "title_rows": "行",
    "joined_heading": "行",
    "blank_rows": "行",
    "total_rows": "行",
    "blank_columns": "列",
    "merged_heading": "处",
    "merged_cells": "处",
    "hidden_sheets": "张",
    "macros": "处",
    "external_links": "个",
}
"""What is counted, in Chinese; cells (格) where nothing is said."""


class Note(NamedTuple):
    """What was found, how often, and where first."""

    kind: str
    number: int
    places: tuple[str, ...] = ()
    """The first of them: rows, columns, cells or sheets as Excel names them."""

    def text(self, lang: Language = "zh") -> str:
        """Tell it in a line.

        Examples
        --------
        >>> Note("total_rows", 1, ("12",)).text("en")
        '1 rows of totals, not read (12)'
        >>> Note("total_rows", 1, ("12",)).text("zh")
        '合计行，未读：1 行 (12)'
        """
        more = ", …" if self.number > len(self.places) >= MOST_PLACES else ""
        listed = f"({', '.join(self.places)}{more})" if self.places else ""
        words = _WORDS[self.kind].text(lang)
        if lang == "zh":
            return f"{words}：{self.number:,} {_MEASURES.get(self.kind, '格')} {listed}".rstrip()
        return f"{self.number:,} {words} {listed}".rstrip()
