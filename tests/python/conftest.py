# SPDX-License-Identifier: Apache-2.0
"""What all tests share: where the real data are, and what a skip means when they are there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared"

# What random tests draw from: the same in every run unless another is given.
SEED = os.environ.get("CASEMETRY_SEED", "2026")

# A run is the same everywhere: no draw of chance, no clock.
settings.register_profile("casemetry", deadline=None, derandomize=True)
settings.load_profile("casemetry")


def pytest_report_header() -> str:
    """Tell what random tests draw from."""
    return f"casemetry: CASEMETRY_SEED={SEED}"


@pytest.fixture(scope="session")
def golden() -> Path:
    """Return the small golden facts that a clone carries."""
    return REPOSITORY / "tests" / "golden"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the real data beside the repository; the test is skipped where there are none."""
    if not (SHARED / "data").is_dir():
        pytest.skip("no real data beside the repository (../shared/data)")
    return SHARED / "data"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run that skipped something although it was told that nothing need be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and exitstatus == pytest.ExitCode.OK and os.environ.get("CASEMETRY_SKIPS_FAIL") == "1":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
