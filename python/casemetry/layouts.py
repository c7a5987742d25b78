# SPDX-License-Identifier: Apache-2.0
"""Layouts: which indicators stand on which line of a monthly table, under which headings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casemetry._errors import DefinitionError, Fault, QueryError
from casemetry._files import read_whole
from casemetry._layout_names import KnownNames
from casemetry._layout_reader import Labels, LayoutReader, LayoutSection, Line, StructureLine, raise_faults

if TYPE_CHECKING:
    from casemetry._presentation.words import Label
    from casemetry.catalogues import Catalogue

__all__ = ["Layout"]


@dataclass(frozen=True)
class Layout:
    """The title, sections and lines of a monthly table; a value.

    Attributes
    ----------
    title : Label
        ``zh`` and ``en``.
    sections : tuple of LayoutSection
        In the order in which they are printed; each with its ``title`` and ``lines``.
    labels : mapping
        By dimension and value what a value is called where a line stands for each of them.
    structures : tuple of StructureLine
        The structural ratios, which have a page of their own.

    Examples
    --------
    >>> import casemetry as cm
    >>> layout = cm.Layout.from_toml('''
    ... schema = 1
    ... title = "办案月报"
    ... [[section]]
    ... title = "审查逮捕"
    ... lines = [
    ...   { of = "non_arrest_rate" },
    ...   { label = "其中：未成年人", of = "juvenile_non_arrest_rate", level = 1 },
    ... ]
    ... ''')
    >>> layout.indicators
    ('non_arrest_rate', 'juvenile_non_arrest_rate')
    """

    title: Label
    sections: tuple[LayoutSection, ...]
    labels: Labels
    structures: tuple[StructureLine, ...]

    @classmethod
    def shipped(cls, name: str) -> Layout:
        """Read the layout that comes with a catalogue: ``spp``.

        Raises
        ------
        QueryError
            A catalogue that none comes with.
        """
        return cls.from_toml(cls.toml_of(name))

    @staticmethod
    def toml_of(name: str) -> str:
        """Give the text of the layout that comes with a catalogue, for a site to start its own from.

        Examples
        --------
        >>> import casemetry as cm
        >>> cm.Layout.toml_of("spp").count("[[section]]") > 10
        True
        """
        folder = resources.files("casemetry") / "definitions" / "layouts"
        names = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
        if name not in names:
            raise QueryError(
                f"no layout of a monthly table comes with the catalogue {name!r}: write one and give it, "
                f"layout='….toml'; layouts come with {', '.join(names)}"
            )
        return (folder / f"{name}.toml").read_text(encoding="utf-8")

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Layout:
        """Read a TOML file."""
        try:
            return cls.from_toml(read_whole(Path(path)).decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise DefinitionError(f"{path} is not UTF-8 (byte {error.start + 1}): save it as UTF-8") from None

    @classmethod
    def from_toml(cls, text: str) -> Layout:
        """Read TOML text.

        Raises
        ------
        DefinitionError
            With every fault of its form.
        """
        try:
            tree = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise DefinitionError(f"the layout is not TOML that can be read: {error}") from None
        return cls.from_dict(tree)

    @classmethod
    def from_dict(cls, tree: Mapping[str, Any]) -> Layout:
        """Read the same tree as nested mappings and sequences."""
        return cls(*LayoutReader().layout(tree))

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that it names, each once."""
        return tuple(dict.fromkeys(name for _, line in self.lines() for name in line.of))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that lines and structural ratios are asked by: a cube must be counted by all of them."""
        lines = (line.dimension for _, line in self.lines() if line.dimension)
        return tuple(dict.fromkeys([*lines, *(ratio.dimension for ratio in self.structures)]))

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Go through all lines, each with the place where it stands: ``section #2, line #3``."""
        for number, section in enumerate(self.sections, 1):
            for place, line in enumerate(section.lines, 1):
                yield f"section #{number}, line #{place}", line

    def check(self, catalogue: Catalogue) -> None:
        """Make sure that a catalogue has every indicator, dimension and value that is named.

        Raises
        ------
        DefinitionError
            With every unknown one, the place where it stands, and the nearest name.
        """
        known = KnownNames(catalogue)
        told = [(place, why) for place, line in self.lines() for why in known.unknown(line)]
        for number, ratio in enumerate(self.structures, 1):
            told += [(f"structure #{number}", why) for why in known.unknown_of(ratio)]
        raise_faults([Fault(place, why, None) for place, why in told])
