# SPDX-License-Identifier: Apache-2.0
"""Print the counts of JUnit reports, a line each and one for all: ``tests/count.py NAME FILE [NAME FILE …]``."""

import sys
from xml.etree import ElementTree


def counts(path: str) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of a report."""
    suites = ElementTree.parse(path).getroot()
    root = suites if suites.tag == "testsuites" and "tests" in suites.attrib else suites[0]
    total, failed = int(root.get("tests", 0)), int(root.get("failures", 0)) + int(root.get("errors", 0))
    skipped = sum(
        1 for case in suites.iter("testcase") if case.find("skipped") is not None or case.get("result") == "skipped"
    )
    return total - failed - skipped, failed, skipped


def main() -> None:
    """Print the counts of each report, then of all."""
    all_counts = []
    for name, path in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        all_counts.append(counts(path))
        print("{}: {} passed, {} failed, {} skipped".format(name, *all_counts[-1]))
    if len(all_counts) > 1:
        print("{} passed, {} failed, {} skipped".format(*(sum(column) for column in zip(*all_counts, strict=True))))


if __name__ == "__main__":
    main()
