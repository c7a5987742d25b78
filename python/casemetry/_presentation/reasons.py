# SPDX-License-Identifier: Apache-2.0
"""Why an indicator is not available, in a few words of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from casemetry._presentation.words import Label

_NO_TABLE = re.compile(r"needs table '([^']+)'")
_NO_COLUMN = re.compile(r"table '([^']+)' has no column '([^']+)'")


def short_reason(reason: str, tables: Mapping[str, Any]) -> Label:
    """Shorten the reason that the core gives, with the labels of the catalogue for what is missing.

    Parameters
    ----------
    reason
        As the core words it.
    tables
        The tables of the catalogue in its exchanged form, by name.

    Examples
    --------
    >>> tables = {"judgment": {"label": {"zh": "刑事判决"}, "columns": {"judged_on": {"label": {"zh": "判决日期"}}}}}
    >>> short_reason("needs table 'judgment'; the tables given are: arrest_review", tables).zh
    '缺表：刑事判决'
    >>> short_reason("table 'judgment' has no column 'judged_on'; known: office", tables).zh
    '缺列：刑事判决·判决日期'
    """
    if found := _NO_COLUMN.match(reason):
        table, column = found.groups()
        declared = tables.get(table, {})
        titles = (_label(table, declared), _label(column, declared.get("columns", {}).get(column, {})))
        return Label(f"缺列：{titles[0].zh}·{titles[1].zh}", f"no column {titles[0].en}: {titles[1].en}")
    if found := _NO_TABLE.match(reason):
        title = _label(found[1], tables.get(found[1], {}))
        return Label(f"缺表：{title.zh}", f"no table {title.en}")
    return Label(reason, reason)


def _label(name: str, declared: Mapping[str, Any]) -> Label:
    label = declared.get("label", {})
    texts = Label(label, label) if isinstance(label, str) else Label(label.get("zh", ""), label.get("en", ""))
    return Label(texts.text("zh") or name, texts.text("en") or name)
