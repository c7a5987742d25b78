# SPDX-License-Identifier: Apache-2.0
"""Cubes counted by the workers of engines that exist: the recipes of the manual, run as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import casemetry as cm
import dask
import dask.dataframe as dd
import pandas as pd
import pytest
from conftest import REPOSITORY
from distributed import Client, LocalCluster

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MANUAL = (REPOSITORY / "docs" / "distribution.md").read_text(encoding="utf-8")
DASK, SPARK = re.findall(r"```python\n(.*?)```", MANUAL, flags=re.DOTALL)
(UNIT,) = re.findall(r"```toml\n(.*?)```", MANUAL, flags=re.DOTALL)

CATALOGUE = f"""
schema = 1

[table.arrest_review]
[table.arrest_review.columns]
case_id = {{ type = "text" }}
person_id = {{ type = "integer" }}
office = {{ type = "category" }}
decision = {{ type = "category", values = ["approved", "refused"] }}
decided_on = {{ type = "date" }}

{UNIT}
[unit.person.columns]
office = "only(office)"
decided_on = "max(decided_on)"
refused = "any(decision == 'refused')"

[[aggregate]]
id = "decided"
unit = "person"
date = "decided_on"

[[aggregate]]
id = "refused"
unit = "person"
date = "decided_on"
where = "refused"

[[indicator]]
id = "refusal_rate"
kind = "proportion"
numerator = "refused"
denominator = "decided"
"""


@pytest.fixture(scope="module")
def catalogue() -> cm.Catalogue:
    return cm.Catalogue.from_toml(CATALOGUE)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Two persons a case, three decisions each, in an order that splits them."""
    n = range(1_200)
    return pd.DataFrame(
        {
            "case_id": [f"c{i % 200:03d}" for i in n],
            "person_id": [i // 200 % 2 for i in n],
            "office": ["甲院" if i % 200 < 90 else "乙院" for i in n],
            "decision": ["refused" if i % 7 == 0 else "approved" for i in n],
            "decided_on": pd.to_datetime([f"2024-{i % 12 + 1:02d}-15" for i in n]),
        }
    )


@pytest.fixture(scope="module")
def whole(rows: pd.DataFrame, catalogue: cm.Catalogue) -> cm.Cube:
    return cm.Cube({"arrest_review": rows}, catalogue, by="office")


def follow(recipe: str, frame: Any, catalogue: cm.Catalogue) -> cm.Cube:
    """Run a recipe and give its cube."""
    names: dict[str, Any] = {"__name__": "recipe", "frame": frame, "catalogue": catalogue}
    exec(recipe, names)
    cube: cm.Cube = names["cube"]
    return cube


# ------------------------------------------------------------------------------------------------------- Dask


@pytest.fixture(scope="module")
def dask_client() -> Iterator[Client]:
    with (
        dask.config.set({"distributed.worker.profile.enabled": False}),
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.mark.usefixtures("dask_client")
@pytest.mark.parametrize("partitions", [1, 11])
def test_cubes_counted_by_dask_workers_add_to_the_whole(
    rows: pd.DataFrame, catalogue: cm.Catalogue, whole: cm.Cube, partitions: int
) -> None:
    cube = follow(DASK, dd.from_pandas(rows, npartitions=partitions), catalogue)
    assert cube.fingerprint == whole.fingerprint
    assert len(cube.parts) == partitions
    assert cube.rows == whole.rows
    assert cube.table(every="month").columns == whole.table(every="month").columns


@pytest.mark.usefixtures("dask_client")
def test_parts_without_a_promise_are_refused_by_the_worker_that_adds(
    rows: pd.DataFrame, catalogue: cm.Catalogue
) -> None:
    recipe = DASK.replace('partitioned_by="case_id", ', "")
    with pytest.raises(cm.MergeError, match="person"):
        follow(recipe, dd.from_pandas(rows, npartitions=3), catalogue)


# ------------------------------------------------------------------------------------------------------- Spark


@pytest.fixture(scope="module")
def spark_session() -> Iterator[SparkSession]:
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "5",
        "spark.sql.adaptive.coalescePartitions.enabled": "false",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


@pytest.mark.spark
@pytest.mark.filterwarnings("default")
def test_cubes_counted_by_spark_workers_add_to_the_whole(
    spark_session: SparkSession, rows: pd.DataFrame, catalogue: cm.Catalogue, whole: cm.Cube
) -> None:
    days = rows.assign(decided_on=rows["decided_on"].dt.date)
    cube = follow(SPARK, spark_session.createDataFrame(days), catalogue)
    assert cube.fingerprint == whole.fingerprint
    assert cube.rows == whole.rows
    assert len(cube.parts) == 5
