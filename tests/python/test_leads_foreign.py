# SPDX-License-Identifier: Apache-2.0
"""A cube of leads that other hands wrote: its patterns are those of its groupings."""

from __future__ import annotations

import casemetry as cm
import pyarrow as pa
import pytest

LEADS = {
    "sources": [["m1"], ["m1", "h"], ["h"], []],
    "registered_on": ["2024-01-05", "2024-01-09", "2024-02-01", "2024-03-01"],
}
DEFINITIONS = (
    cm.leads("found", unit="leads", stages={"registered": "registered_on"}),
    cm.grouping("origin", {"digital": ["m1"], "hotline": ["h"]}),
)


def relabelled(before: str, after: str) -> pa.Table:
    """The Arrow form of a cube in which a label of `@origin` was written otherwise."""
    cells = pa.table(cm.Cube({"leads": LEADS}, DEFINITIONS).to_arrow())
    labels = cells["@origin"].to_pylist()
    changed = pa.array([after if label == before else label for label in labels])
    metadata = {
        key: value.replace(f'"{before}"'.encode(), f'"{after}"'.encode())
        for key, value in cells.schema.metadata.items()
    }
    at = cells.schema.get_field_index("@origin")
    return cells.set_column(at, "@origin", changed).replace_schema_metadata(metadata)


@pytest.mark.parametrize(
    ("label", "fault"),
    [
        ("stranger 1", "grouping 'origin' has no group 'stranger'"),
        ("digital", "'digital' is no pattern"),
        ("digital 01", "is a pattern that is written 'digital 1'"),
        ("digital 9223372036854775807, hotline 1", "more members than fit 64 bits"),
    ],
)
def test_a_label_that_is_no_pattern_of_the_grouping_is_refused(label: str, fault: str) -> None:
    with pytest.raises(cm.SchemaError, match=fault):
        cm.Cube.from_arrow(relabelled("digital 1", label))


def test_what_was_handed_out_is_read_back() -> None:
    cube = cm.Cube.from_arrow(relabelled("digital 1", "digital 1"))
    assert cube == cm.Cube({"leads": LEADS}, DEFINITIONS)
