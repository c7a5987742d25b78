# SPDX-License-Identifier: Apache-2.0
"""Holidays and working weekends of 2023 and 2024 (国务院办公厅关于部分节假日安排的通知)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from casemetry._card_columns import Text

TITLE = "节假日安排"
HEADINGS = ("日期", "是否上班")

_OFF = """
    2023-01-02 2023-01-23..27 2023-04-05 2023-05-01..03 2023-06-22..23 2023-09-29 2023-10-02..06
    2024-01-01 2024-02-12..16 2024-04-04..05 2024-05-01..03 2024-06-10 2024-09-16..17 2024-10-01..04 2024-10-07
    2025-01-01
"""
_ON = """
    2023-01-28..29 2023-04-23 2023-05-06 2023-06-25 2023-10-07..08
    2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
"""


def holidays() -> dict[str, Text]:
    """Return them as a table of the site."""
    rows = sorted([(day, "否") for day in _days(_OFF)] + [(day, "是") for day in _days(_ON)])
    return {heading: np.array(cells, object) for heading, cells in zip(HEADINGS, zip(*rows, strict=True), strict=True)}


def _days(text: str) -> Iterator[str]:
    for part in text.split():
        first, _, last = part.partition("..")
        for day in range(int(first[8:]), int(last or first[8:]) + 1):
            yield f"{first[:8]}{day:02}"
