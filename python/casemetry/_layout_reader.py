# SPDX-License-Identifier: Apache-2.0
"""Reads the tree of a layout; every fault of its form is told at once, with its place and the nearest valid key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casemetry._errors import DefinitionError, Fault
from casemetry._nearest import hint
from casemetry._presentation.words import Label

Labels = Mapping[str, Mapping[str, Label]]
"""What the values of dimensions are called."""

NO_LABEL = Label("", "")
DEEPEST = 4

_TOP = ("schema", "title", "section", "labels", "structure")
_SECTION = ("title", "lines")
_STRUCTURE = ("title", "of", "dimension", "groups", "where")
_LINE = ("of", "label", "level", "unit", "where", "by")
_STRUCTURE_NAMES = {"of": "a count", "dimension": "a dimension", "groups": "a grouping of the catalogue"}


@dataclass(frozen=True)
class Line:
    """A line of a monthly table (项目): a label, and the indicators that stand beside it.

    Attributes
    ----------
    of : tuple of str
        Indicators, each in a row of its own: of a count its 件, then its 人; or one rate.
    label : Label
        Empty: that of the first indicator.
    level : int
        How far it is indented: 1 for 其中.
    unit : Label
        What stands as the unit; empty: what the indicator counts, or how it is printed.
    where : tuple of (dimension, value)
        Only the units with this value of a dimension by which the cube is counted.
    by : str
        A dimension: instead of the line one for each of its labels, in their declared order.
    """

    of: tuple[str, ...]
    label: Label = NO_LABEL
    level: int = 0
    unit: Label = NO_LABEL
    where: tuple[str, str] | None = None
    by: str = ""

    @property
    def dimension(self) -> str:
        """The dimension by which it must be asked; empty: none."""
        return self.where[0] if self.where else self.by


@dataclass(frozen=True)
class LayoutSection:
    """Lines under a heading."""

    title: Label
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class StructureLine:
    """A structural ratio (结构比) on a page of its own: what a count is made up of.

    Attributes
    ----------
    title : Label
        履职结构比.
    of : str
        A count.
    dimension : str
        Whose labels are put into classes.
    groups : str
        The grouping of the catalogue that says which label is in which class.
    where : str
        Only the units that meet this condition, ``case_type in @four_functions``; empty: all.
    """

    title: Label
    of: str
    dimension: str
    groups: str
    where: str = ""


class LayoutReader:
    """Reads one tree and gathers its faults."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def layout(
        self, tree: Mapping[str, Any]
    ) -> tuple[Label, tuple[LayoutSection, ...], Labels, tuple[StructureLine, ...]]:
        """Read title, sections, labels of values and structural ratios; raise DefinitionError with all faults."""
        self._keys("", tree, _TOP)
        if tree.get("schema") != 1:
            self._fault("schema", f"should be 1, the form of layouts that is read here, and is {tree.get('schema')!r}")
        title = self._label("title", tree.get("title"), "the title of the table")
        found = self._tables("section", tree.get("section"), "[[section]] with a title and lines")
        sections = tuple(self._section(f"section #{number}", each) for number, each in enumerate(found, 1))
        labels = {
            dimension: {
                str(value): self._label(f"labels.{dimension}.{value}", label, "a label") for value, label in each
            }
            for dimension, each in self._groups("labels", tree.get("labels", {}))
        }
        ratios = self._tables("structure", tree["structure"], "[[structure]]") if "structure" in tree else ()
        structures = tuple(self._structure(f"structure #{number}", each) for number, each in enumerate(ratios, 1))
        raise_faults(self._faults)
        return title, sections, labels, structures

    def _groups(self, path: str, tree: Any) -> Iterable[tuple[str, Iterable[tuple[Any, Any]]]]:
        if isinstance(tree, Mapping) and all(isinstance(each, Mapping) for each in tree.values()):
            return [(str(name), each.items()) for name, each in tree.items()]
        self._fault(path, "should be labels by dimension and value, [labels.charge_class] ordinary = '…'")
        return ()

    def _section(self, path: str, tree: Mapping[str, Any]) -> LayoutSection:
        self._keys(path, tree, _SECTION)
        title = self._label(f"{path}.title", tree.get("title"), "the heading of the section")
        found = self._tables(f"{path}.lines", tree.get("lines"), "[{ of = 'indicator' }, …]")
        return LayoutSection(title, tuple(self._line(f"{path}, line #{at}", each) for at, each in enumerate(found, 1)))

    def _structure(self, path: str, tree: Mapping[str, Any]) -> StructureLine:
        self._keys(path, tree, _STRUCTURE)
        title = self._label(f"{path}.title", tree.get("title"), "what the ratio is called")
        names = {key: self._text(f"{path}.{key}", tree.get(key), what) for key, what in _STRUCTURE_NAMES.items()}
        where = self._text(f"{path}.where", tree.get("where", ""), "a condition")
        return StructureLine(title, **names, where=where)

    def _line(self, path: str, tree: Mapping[str, Any]) -> Line:
        self._keys(path, tree, _LINE)
        if "where" in tree and "by" in tree:
            self._fault(path, "has both 'where' (one label of a dimension) and 'by' (all of its labels): keep one")
        return Line(
            self._of(f"{path}.of", tree.get("of")),
            self._label(f"{path}.label", tree["label"], "what the line is called") if "label" in tree else NO_LABEL,
            self._level(f"{path}.level", tree.get("level", 0)),
            self._label(f"{path}.unit", tree["unit"], "the unit") if "unit" in tree else NO_LABEL,
            self._where(f"{path}.where", tree["where"]) if "where" in tree else None,
            self._text(f"{path}.by", tree.get("by", ""), "the name of a dimension"),
        )

    def _of(self, path: str, value: Any) -> tuple[str, ...]:
        names = (value,) if isinstance(value, str) else value
        if not isinstance(names, Sequence) or not names or not all(isinstance(name, str) and name for name in names):
            self._fault(path, "should name an indicator, 'arrested', or those of cases and persons, ['…', '…']")
            return ()
        return tuple(names)

    def _level(self, path: str, value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= DEEPEST:
            return value
        self._fault(path, f"should be a whole number from 0 to {DEEPEST}, how far the line is indented")
        return 0

    def _where(self, path: str, value: Any) -> tuple[str, str] | None:
        if isinstance(value, Mapping) and len(value) == 1:
            [(dimension, label)] = value.items()
            if isinstance(label, str):
                return dimension, label
        self._fault(path, "should be one label of one dimension, { case_type = '…' }")
        return None

    def _label(self, path: str, value: Any, what: str) -> Label:
        if isinstance(value, str) and value:
            return Label(value, value)
        if isinstance(value, Mapping) and value and set(value) <= {"zh", "en"}:
            label = Label(*(self._text(f"{path}.{lang}", value.get(lang, ""), "text") for lang in ("zh", "en")))
            return Label(label.text("zh"), label.text("en"))
        self._fault(path, f"should be {what}: '…' or {{ zh = '…', en = '…' }}")
        return NO_LABEL

    def _text(self, path: str, value: Any, what: str) -> str:
        if isinstance(value, str):
            return value
        self._fault(path, f"should be {what}, and is {value!r}")
        return ""

    def _tables(self, path: str, value: Any, what: str) -> Iterable[Mapping[str, Any]]:
        if isinstance(value, Sequence) and value and all(isinstance(each, Mapping) for each in value):
            return value
        self._fault(path, f"should be {what}")
        return ()

    def _keys(self, path: str, tree: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in tree:
            if key not in known:
                self._fault(path, f"unknown key {str(key)!r}; {hint(str(key), known, 'known:')}")

    def _fault(self, path: str, message: str) -> None:
        self._faults.append(Fault(path, message, None))


def raise_faults(faults: Sequence[Fault]) -> None:
    """Raise DefinitionError with all faults; nothing if there are none."""
    if not faults:
        return
    told = [f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in faults]
    if len(told) > 1:
        told = [f"{len(told)} faults of the layout:", *(f"- {each}" for each in told)]
    raise DefinitionError("\n".join(told), tuple(faults))
