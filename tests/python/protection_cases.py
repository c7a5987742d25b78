# SPDX-License-Identifier: Apache-2.0
"""What the cases are of which protected results are audited: filed, and refused or not, by offices of two cities."""

from __future__ import annotations

from typing import Any

import casemetry as cm

K = 5

DEFINITIONS: dict[str, Any] = {
    "schema": 1,
    "table": {"cases": {"columns": {"on": {"type": "date"}, "refused": {"type": "boolean"}}}},
    "dimension": {"office": {"hierarchy": {"prefixes": [1], "levels": ["city"]}}},
    "aggregate": [
        {"id": "cases", "unit": "cases", "date": "on"},
        {"id": "refused", "unit": "cases", "date": "on", "where": "refused"},
    ],
    "indicator": [
        {"id": "filed", "kind": "count", "of": "cases"},
        {"id": "rate", "kind": "proportion", "numerator": "refused", "denominator": "cases"},
    ],
}
CATALOGUE = cm.Catalogue.from_dict(DEFINITIONS)
