# SPDX-License-Identifier: Apache-2.0
"""Conditions in words: of ``outcome == 'prosecuted'`` 审查起诉结果为“起诉” is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r"\s*('(?:[^'\\]|\\.)*'|\d{4}-\d\d-\d\d|[-\d.]+|@?[^\W\d]\w*|[=!<>]=|[<>()\[\],])")
_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_EVER = "9999-12-31"
_COLLAPSED = {"only", "max", "min"}


@dataclass
class ConditionWords:
    """Puts the conditions of one unit into words of one language.

    Attributes
    ----------
    zh
        Whether the words are Chinese, else English.
    label
        What a column is called.
    value
        What a value of a column is called.
    lists
        The named lists, written out where a condition names one.
    derived
        The columns that the unit makes by a condition, told by that condition.
    """

    zh: bool
    label: Callable[[str], str]
    value: Callable[[str, str], str]
    lists: Mapping[str, Sequence[Any]]
    derived: Mapping[str, str]
    _tokens: list[str] = field(default_factory=list)

    def text(self, condition: str) -> str:
        """Tell a condition."""
        inner = ConditionWords(self.zh, self.label, self.value, self.lists, self.derived, _TOKEN.findall(condition))
        return inner._any_of()

    def _next(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def _take(self, *expected: str) -> bool:
        if self._next() not in expected:
            return False
        self._tokens.pop(0)
        return True

    def _any_of(self) -> str:
        parts = [self._all_of()]
        while self._take("or"):
            parts.append(self._all_of())
        return ("，或" if self.zh else ", or ").join(parts)

    def _all_of(self) -> str:
        parts = [self._one()]
        while self._take("and"):
            parts.append(self._one())
        return ("且" if self.zh else " and ").join(parts)

    def _one(self) -> str:
        if self._take("not"):
            if self._next() == "is_null":
                return self._filled(True)
            if len(self._tokens) == 1 or self._tokens[1] in ("and", "or", ")"):
                return self._told(self._tokens.pop(0), False)
            return ("并非" if self.zh else "not ") + self._one()
        if self._next() == "is_null":
            return self._filled(False)
        if self._take("("):
            inside = self._any_of()
            self._take(")")
            return f"（{inside}）" if self.zh else f"({inside})"
        return self._compared()

    def _filled(self, filled: bool) -> str:
        self._tokens[:2] = []
        name = self._operand()
        self._take(")")
        if self.zh:
            return ("有" if filled else "无") + name
        return f"{name} is {'filled in' if filled else 'blank'}"

    def _compared(self) -> str:
        column = self._next()
        is_column = len(self._tokens) < 2 or self._tokens[1] != "("
        if is_column and (len(self._tokens) < 2 or self._tokens[1] in ("and", "or", ")")):
            return self._told(self._tokens.pop(0), True)
        left = self._operand()
        if self._take("in"):
            return self._is(left, self._listed(column), True)
        if self._next() == "not" and self._tokens[1:2] == ["in"]:
            self._tokens[:2] = []
            return self._is(left, self._listed(column), False)
        if self._next() not in _SIGNS:
            return left
        sign = self._tokens.pop(0)
        if self._next() == _EVER:
            self._tokens.pop(0)
            return f"有{left}" if self.zh else f"{left} is filled in"
        if self._next().startswith("'") and sign in ("==", "!="):
            return self._is(left, [self._quoted(column, self._tokens.pop(0)[1:-1])], sign == "==")
        return f"{left} {_SIGNS[sign]} {self._operand()}"

    def _is(self, left: str, values: Sequence[str], positive: bool) -> str:
        if self.zh:
            return f"{left}{'为' if positive else '不为'}{'、'.join(values)}{'之一' if len(values) > 1 else ''}"
        one_of = "one of " if len(values) > 1 else ""
        return f"{left} is {'' if positive else 'not '}{one_of}{', '.join(values)}"

    def _listed(self, column: str) -> list[str]:
        name = self._tokens.pop(0)
        if name.startswith("@"):
            return [self._quoted(column, str(value)) for value in self.lists.get(name[1:], [name])]
        values = []
        while not self._take("]", ""):
            token = self._tokens.pop(0)
            if token != ",":
                values.append(self._quoted(column, token.strip("'")))
        return values

    def _quoted(self, column: str, value: str) -> str:
        told = self.value(column, value)
        return f"“{told}”" if self.zh else f"'{told}'"

    def _told(self, column: str, true: bool) -> str:
        """Tell a column that is true or false by itself, or the condition that makes it."""
        if column in self.derived:
            inside = self.text(self.derived[column])
            if true:
                return inside
            return f"并非（{inside}）" if self.zh else f"not ({inside})"
        if self.zh:
            return f"{self.label(column)}为{'是' if true else '否'}"
        return f"{self.label(column)} is {'true' if true else 'false'}"

    def _operand(self) -> str:
        name = self._tokens.pop(0) if self._tokens else ""
        if not self._take("("):
            return self.label(name)
        inside = []
        while not self._take(")", ""):
            inside.append(self._any_of() if name in ("any", "all") else self._operand())
            self._take(",")
        if name in _COLLAPSED:
            return inside[0]
        if name in ("any", "all"):
            zh = "任一行" if name == "any" else "每一行"
            return (zh if self.zh else f"for {name} of its rows ") + inside[0]
        if name == "found":
            return f"找到{inside[0]}" if self.zh else f"{inside[0]} is found"
        return f"{name}({', '.join(inside)})"
