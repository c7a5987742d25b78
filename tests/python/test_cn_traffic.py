# SPDX-License-Identifier: Apache-2.0
"""Real Chinese data with Chinese column names: judgments of traffic crimes, 2019."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import casemetry as cm
import pytest


@pytest.fixture(scope="module", params=["2019.csv.gz", "2019.parquet"])
def judgments(real_data: Path, request: pytest.FixtureRequest) -> cm.Table:
    return cm.read(real_data / "cn_traffic_2019" / request.param)


@pytest.fixture(scope="module")
def cube(judgments: cm.Table) -> cm.Cube:
    return cm.Cube({"judgments": judgments}, cm.Catalogue.shipped("cn-traffic"), by=["规范地区"])


def asked(cube: cm.Cube, indicator: str) -> dict[str, Any]:
    return {name: values[0] for name, values in cube.table(indicator).columns.items()}


def test_suspended_sentences(cube: cm.Cube) -> None:
    result = asked(cube, "suspension_rate")
    assert (result["numerator"], result["denominator"], result["unknown"]) == (15_321, 23_028, 0)


def test_suspended_sentences_of_the_forgiven(cube: cm.Cube) -> None:
    result = asked(cube, "suspension_rate_if_forgiven")
    assert (result["value"], result["denominator"]) == (0.8596133190118153, 9_310)


def test_in_one_line_with_chinese_names(judgments: cm.Table) -> None:
    result = cm.rate(judgments, "缓刑 > 0", among="是否谅解 == 1").columns
    assert result["value"] == [0.8596133190118153]


def test_regions_add_up(cube: cm.Cube) -> None:
    regions = cube.table("suspension_rate", by="规范地区").columns
    assert len(regions["规范地区"]) == 346
    assert (sum(regions["numerator"]), sum(regions["denominator"])) == (15_321, 23_028)


def test_mean_imprisonment_is_sum_over_number(cube: cm.Cube) -> None:
    result = asked(cube, "mean_imprisonment")
    assert result["value"] == result["numerator"] / result["denominator"]
    assert result["low"] < result["value"] < result["high"]
