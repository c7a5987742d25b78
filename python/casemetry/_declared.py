# SPDX-License-Identifier: Apache-2.0
"""What definitions in code have in common if a catalogue declares them by name: ``[unit.ID]``, ``[lead.ID]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self


@dataclass(frozen=True)
class Declared:
    """A name and what stands below it.

    Attributes
    ----------
    id : str
        The name by which it is asked for.
    fields : mapping
        What stands under its key in a catalogue; a unit that it is made from may stand there itself.
    """

    id: str
    fields: Mapping[str, Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[type[Self], tuple[str, dict[str, Any]]]:
        return type(self), (self.id, dict(self.fields))
