# SPDX-License-Identifier: Apache-2.0
"""Units defined in code: what is counted, each a value that carries the units it is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from casemetry._arguments import names
from casemetry._declared import Declared

if TYPE_CHECKING:
    from casemetry._core import Expression

Value: TypeAlias = "str | Expression"
Names = str | Mapping[str, str]

Lookup = TypedDict(
    "Lookup",
    {
        "from": "str | Unit",
        "on": Sequence[str] | Mapping[str, str],
        "take": Sequence[str],
        "otherwise": Mapping[str, Any],
        "duplicates": Literal["unknown"],
    },
    total=False,
)


class Unit(Declared):
    """What is counted (计数单位), defined in code.

    Made by :func:`unit`; given wherever a definition takes a `unit`, or to :meth:`Catalogue.of` as it is.
    """

    def with_sources(self) -> Iterator[Unit]:
        """Go through the units that it is made from, then itself."""
        for source in (self.fields["from"], *(lookup.get("from") for lookup in self.fields.get("lookup", {}).values())):
            if isinstance(source, Unit):
                yield from source.with_sources()
        yield self

    def __repr__(self) -> str:
        return f"Unit({self.id}: from {name_of(self.fields['from'])})"


def unit(
    id: str,
    *,
    from_: str | Unit,
    one_row_per: str | Sequence[str] = (),
    take: Sequence[str] = (),
    columns: Mapping[str, Value] | None = None,
    lookups: Mapping[str, Lookup] | None = None,
    counts: Names | None = None,
    label: Names | None = None,
) -> Unit:
    """Define what is counted (计数单位), if it is not the rows of a table: a person in a case, a case, a lead.

    The rows of `from_` are collapsed to one for each key, then columns of other units are looked up, then columns are
    derived.

    Parameters
    ----------
    id : str
        Its name.
    from_ : str or Unit
        The table, or another unit, whose rows it takes.
    one_row_per : str or sequence of str
        The key. Without it each row is a unit, and keeps its columns.
    take : sequence of str
        Without a key: the columns of the source that it keeps, and no others. All if it is left out.
    columns : mapping of str to str or Expression, optional
        Expressions. Inside a collapse call (``any``, ``all``, ``count``, ``min``, ``max``, ``sum``, ``only``, ``set``,
        ``bag``, ``earliest``, ``latest``) names are columns of the source, outside it the unit's own: its key, what it
        looked up, and its other columns.
    lookups : mapping of str to mapping, optional
        Columns of another unit or table, many to one: ``from`` which, ``on`` which columns (or this side's with the
        other's), what to ``take``, and for whom nothing is found ``otherwise``; ``found(name)`` is a predicate.
        ``duplicates="unknown"`` lets a key stand twice on the other side, and counts it.
    counts : str or mapping, optional
        ``person`` (人), ``case`` (件), ``occasion`` (件次), ``lead`` (条), or a label.
    label : str or mapping, optional
        What it is called: Chinese, or ``{"zh": …, "en": …}``.

    Examples
    --------
    Of the persons concluded, whether they had been arrested, from another table:

    >>> import casemetry as cm
    >>> person = ["case_id", "person_id"]
    >>> arrested = cm.unit(
    ...     "arrested_person",
    ...     from_="arrest_review",
    ...     one_row_per=person,
    ...     columns={"arrested": "any(decision == 'approved')"},
    ... )
    >>> concluded = cm.unit(
    ...     "concluded_person",
    ...     from_="prosecution_review",
    ...     one_row_per=person,
    ...     lookups={"arrest": {"from": arrested, "on": person, "take": ["arrested"]}},
    ...     columns={"outcome": "only(outcome)", "after_arrest": "found(arrest) and arrested"},
    ... )
    >>> rate = cm.proportion(
    ...     "捕后不诉率", numerator="outcome == 'not_prosecuted'", applies_where="after_arrest", unit=concluded
    ... )
    >>> cm.Catalogue.of(rate).units
    ['arrested_person', 'concluded_person']
    >>> print(cm.Catalogue.of(concluded).toml())
    schema = 1
    <BLANKLINE>
    [table.arrest_review]
    <BLANKLINE>
    [table.prosecution_review]
    <BLANKLINE>
    [unit.arrested_person]
    from = "arrest_review"
    one_row_per = ["case_id", "person_id"]
    <BLANKLINE>
    [unit.arrested_person.columns]
    arrested = "any(decision == 'approved')"
    <BLANKLINE>
    [unit.concluded_person]
    from = "prosecution_review"
    one_row_per = ["case_id", "person_id"]
    <BLANKLINE>
    [unit.concluded_person.lookup.arrest]
    from = "arrested_person"
    on = ["case_id", "person_id"]
    take = ["arrested"]
    <BLANKLINE>
    [unit.concluded_person.columns]
    outcome = "only(outcome)"
    after_arrest = "found(arrest) and arrested"
    <BLANKLINE>
    """
    fields = {
        "label": label,
        "from": from_,
        "counts": counts,
        "one_row_per": names(one_row_per),
        "take": names(take),
        "lookup": {name: dict(lookup) for name, lookup in (lookups or {}).items()},
        "columns": {name: str(value) for name, value in (columns or {}).items()},
    }
    return Unit(id, {key: value for key, value in fields.items() if value})


def name_of(unit: str | Unit) -> str:
    """Give the name of a unit or table."""
    return unit.id if isinstance(unit, Unit) else unit
