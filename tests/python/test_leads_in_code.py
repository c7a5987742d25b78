# SPDX-License-Identifier: Apache-2.0
"""Leads and groupings as values: with the units that they are made from they become the tree that TOML becomes."""

from __future__ import annotations

import json
import pickle

import casemetry as cm
import pytest

TOML = """
schema = 1

[table.discoveries]

[table.leads]

[table.origins]

[unit.discovered]
from = "discoveries"
one_row_per = ["lead_id"]
[unit.discovered.columns]
sources = "set(source)"
first = "earliest(source by found_on)"

[unit.lead]
from = "leads"
counts = "lead"
[unit.lead.lookup.discovered]
from = "discovered"
on = ["lead_id"]
take = ["sources", "first"]
otherwise = { sources = [], first = [] }

[lead.supervision]
label = "监督线索"
unit = "lead"
sources = "sources"
first = "first"
among = "kind == 'supervision'"
stages = [["registered", "registered_on"], ["filed", "filed_on"]]
value = "recovered"

[grouping.origin]
label = { zh = "来源性质", en = "Origin" }
digital = ["m1", "m2"]
rest = "traditional"

[grouping.dated]
table = "origins"
"""

discovered = cm.unit(
    "discovered",
    from_="discoveries",
    one_row_per="lead_id",
    columns={"sources": "set(source)", "first": "earliest(source by found_on)"},
)
lead = cm.unit(
    "lead",
    from_="leads",
    counts="lead",
    lookups={
        "discovered": {
            "from": discovered,
            "on": ["lead_id"],
            "take": ["sources", "first"],
            "otherwise": {"sources": [], "first": []},
        }
    },
)
supervision = cm.leads(
    "supervision",
    unit=lead,
    first="first",
    among=cm.col("kind") == "supervision",
    stages={"registered": "registered_on", "filed": "filed_on"},
    value="recovered",
    label="监督线索",
)
origin = cm.grouping("origin", {"digital": ["m1", "m2"], "traditional": ...}, label={"zh": "来源性质", "en": "Origin"})
dated = cm.grouping("dated", "origins")


def test_they_become_the_tree_that_toml_becomes() -> None:
    assert cm.Catalogue.of(supervision, origin, dated) == cm.Catalogue.from_toml(TOML)


def test_a_catalogue_tells_what_it_declares() -> None:
    catalogue = cm.Catalogue.of(supervision, origin, dated)
    assert (catalogue.leads, catalogue.groupings) == (["supervision"], ["origin", "dated"])


def test_a_contribution_is_shown_by_its_group_rule_and_grouping() -> None:
    share = {"id": "share", "kind": "contribution", "group": "digital", "rule": "owen", "groups": "origin"}
    declared = json.loads(cm.Catalogue.of(supervision, origin).json())
    catalogue = cm.Catalogue.from_dict({**declared, "indicator": [share]})
    assert str(catalogue) == "share  share  contribution  digital, owen, @origin"
    assert catalogue.indicator("share").rule == "owen"


def test_a_catalogue_takes_more_of_them_or_replaces_them() -> None:
    catalogue = cm.Catalogue.of(supervision).with_(origin).with_(cm.grouping("origin", {"digital": ["m1"]}))
    assert '"origin":{"digital":["m1"]}' in catalogue.json().replace(" ", "")
    assert catalogue.units == ["discovered", "lead"]


def test_two_that_differ_under_one_name_are_refused() -> None:
    with pytest.raises(cm.DefinitionError, match=r"grouping\.origin: two definitions need different groupings"):
        cm.Catalogue.of(origin, cm.grouping("origin", {"digital": ["m1"]}))


def test_they_are_values() -> None:
    assert pickle.loads(pickle.dumps(supervision)) == supervision
    assert pickle.loads(pickle.dumps(origin)) == origin
    assert len({origin, pickle.loads(pickle.dumps(origin))}) == 1
    assert repr(supervision) == "LeadSet(supervision: sources of lead)"
    assert (repr(origin), repr(dated)) == ("Grouping(origin: digital, traditional)", "Grouping(dated: origins)")


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ({"digital": ..., "traditional": ...}, "grouping.origin: 'digital' and 'traditional' are both `...`"),
        ({"rest": ["m1"]}, "grouping.origin.rest: 'rest' is a key of a grouping: call the group something else"),
        ({"digital": "m1"}, r"grouping.origin.digital: list the sources of a group: \['m1'\], or ... for all others"),
    ],
)
def test_groups_that_are_none(groups: dict[str, object], message: str) -> None:
    with pytest.raises(cm.DefinitionError, match=message) as raised:
        cm.grouping("origin", groups)  # type: ignore[arg-type]
    assert raised.value.faults


def test_what_the_catalogue_finds_wrong_is_said_with_its_path() -> None:
    with pytest.raises(cm.DefinitionError) as raised:
        cm.Catalogue.of(
            cm.leads("supervision", unit=discovered, sources="source"), cm.grouping("origin", {"digital": []})
        )
    assert [fault.path for fault in raised.value.faults] == ["lead.supervision.sources", "grouping.origin.digital"]
