# SPDX-License-Identifier: Apache-2.0
"""Turns the shipped definitions from TOML into the exchanged form, as a C++ source: shipped.py OUT.cpp IN.toml ..."""

import datetime
import json
import pathlib
import sys
import tomllib

LETTERS = 8000  # of a literal: longer ones are no C++ that every compiler takes


def day(value: object) -> str:
    """Write a date as JSON has it: as text."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")


def entry(path: pathlib.Path) -> str:
    """Write one catalogue: its name, and its JSON in raw literals that follow each other."""
    text = json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=day, ensure_ascii=False)
    pieces = (f'R"json({text[start : start + LETTERS]})json"' for start in range(0, len(text), LETTERS))
    return "\n".join([f'    {{"{path.stem}",', *pieces, "    },"])


def main(out: str, *paths: str) -> None:
    """Write the source."""
    entries = map(entry, sorted(map(pathlib.Path, paths), key=lambda path: path.stem))
    source = [
        "// SPDX-License-Identifier: Apache-2.0",
        "// Made by cpp/cmake/shipped.py.",
        '#include "catalogue/shipped.hpp"',
        "namespace casemetry::definition {",
        "std::span<const Shipped> shipped() {",
        "  static constexpr Shipped catalogues[] = {",
        *entries,
        "  };",
        "  return catalogues;",
        "}",
        "}  // namespace casemetry::definition",
    ]
    pathlib.Path(out).write_text("\n".join(source) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
