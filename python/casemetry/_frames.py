# SPDX-License-Identifier: Apache-2.0
"""Data frames and mappings of columns, handed to the core: through Arrow where the frame speaks it, else by buffers."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from casemetry import _core
from casemetry._errors import SchemaError

_MOMENTS = ("s", "ms", "us", "ns")
_LONGEST_INTEGER = 1 << 63
_COLLECTIONS = (list, tuple, set, frozenset, np.ndarray)


class GivenArray(NamedTuple):
    """A column for the core.

    Attributes
    ----------
    name
        What the column is called.
    kind
        ``number``, ``boolean``, ``moment:s`` … ``moment:ns``, ``codes``, ``text`` or ``lists``.
    values
        A contiguous array; for text a list; for lists an array of where each of them ends.
    labels
        What codes stand for; a code below 0 is missing. For lists their members, one list after another.
    missing
        Which cells are missing, besides None, NaN and NaT.
    """

    name: str
    kind: str
    values: Any
    labels: Sequence[str | None] = ()
    missing: npt.NDArray[np.bool_] | None = None


def core_table(data: Any, *, name: str, columns: Sequence[str] | None) -> _core.Table:
    """Read a frame, an Arrow object or a mapping of columns; only ``columns`` if given."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(data, pandas.DataFrame):
        return _of_pandas(data, name=name, columns=columns)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return _core.Table.from_stream(data, name=name, columns=_listed(columns))
    if isinstance(data, Mapping):
        return _of_mapping(data, name=name, columns=columns)
    hint = "; call .collect() first" if type(data).__name__ == "LazyFrame" else ""
    raise SchemaError(
        f"table '{name}': an object of the type {type(data).__name__} is not read{hint}; give the path of a file, a "
        "data frame (pandas, polars, pyarrow, DuckDB, anything with __arrow_c_stream__) or a mapping of columns"
    )


def _listed(columns: Sequence[str] | None) -> list[str] | None:
    return None if columns is None else list(columns)


def _of_pandas(frame: Any, *, name: str, columns: Sequence[str] | None) -> _core.Table:
    if columns is not None and all(column in frame.columns for column in columns):
        frame = frame[list(columns)]
    try:
        import pyarrow as pa

        has_names = any(level is not None for level in frame.index.names)
        stream = pa.Table.from_pandas(frame, preserve_index=has_names)
    except (ImportError, NotImplementedError, TypeError, ValueError):
        # No pyarrow, or a column that it does not take: the core says why.
        arrays = {str(label): frame.iloc[:, place] for place, label in enumerate(frame.columns)}
        if len(arrays) < frame.shape[1]:
            raise SchemaError(f"table '{name}': two columns of the frame have the same name; rename one") from None
        return _of_mapping(arrays, name=name, columns=columns)
    return _core.Table.from_stream(stream, name=name, columns=_listed(columns))


def _of_mapping(data: Mapping[str, Any], *, name: str, columns: Sequence[str] | None) -> _core.Table:
    present = columns is not None and all(column in data for column in columns)
    chosen = {column: data[column] for column in columns or ()} if present else data
    table = _core.Table.from_arrays([given_array(str(label), values) for label, values in chosen.items()], name=name)
    if columns is not None and not present:
        table.values(next(column for column in columns if column not in data), 0)  # tells the nearest name
    return table


def given_array(name: str, values: Any) -> GivenArray:
    """Give a NumPy array, a pandas series or categorical, or a list to the core."""
    if hasattr(values, "cat") or hasattr(values, "categories"):
        categorical = values.cat if hasattr(values, "cat") else values
        return _of_codes(name, np.asarray(categorical.codes), categorical.categories)
    if isinstance(values, np.ndarray):
        return _of_numpy(name, values)
    if hasattr(values, "dtype") and hasattr(values, "isna"):
        return _of_series(name, values)
    return _of_list(name, list(values))


def _of_codes(name: str, codes: npt.NDArray[Any], labels: Iterable[Any]) -> GivenArray:
    return GivenArray(name, "codes", np.ascontiguousarray(codes), [str(label) for label in labels])


def _of_numpy(name: str, values: npt.NDArray[Any], missing: npt.NDArray[np.bool_] | None = None) -> GivenArray:
    if values.ndim != 1:
        raise SchemaError(f"column '{name}': an array of {values.ndim} dimensions is none; give an array a column")
    native = np.ascontiguousarray(values.astype(values.dtype.newbyteorder("="), copy=False))
    match native.dtype.kind:
        case "b":
            return GivenArray(name, "boolean", native, missing=missing)
        case "i" | "u" | "f":
            return GivenArray(name, "number", native, missing=missing)
        case "M":
            return _of_moments(name, native)
        case "U":
            return GivenArray(name, "text", native.tolist(), missing=missing)
        case "O":
            return _of_list(name, native.tolist(), missing)
    raise SchemaError(f"column '{name}': an array of {native.dtype} is not read; make it text, numbers or dates")


def _of_moments(name: str, values: npt.NDArray[Any]) -> GivenArray:
    unit, _ = np.datetime_data(values.dtype)
    if unit not in _MOMENTS:
        unit = "s"
    values = values.astype(f"datetime64[{unit}]", copy=False)
    return GivenArray(name, f"moment:{unit}", values.view(np.int64))


def _of_series(name: str, values: Any) -> GivenArray:
    kind = getattr(values.dtype, "kind", "O")
    if getattr(values.dtype, "tz", None) is not None:
        raise SchemaError(
            f"column '{name}' holds moments of the zone '{values.dtype.tz}'; keep the local wall time and drop "
            "the zone first: .dt.tz_localize(None)"
        )
    if isinstance(values.dtype, np.dtype):
        missing = np.asarray(values.isna(), dtype=bool) if kind == "O" else None
        return _of_numpy(name, values.to_numpy(), missing)
    missing = np.asarray(values.isna(), dtype=bool)
    if kind in "biu":
        plain = {"b": np.bool_, "i": np.int64, "u": np.uint64}[kind]
        return _of_numpy(name, values.to_numpy(dtype=plain, na_value=0), missing)
    if kind == "f":
        return _of_numpy(name, values.to_numpy(dtype=np.float64, na_value=np.nan))
    if kind == "M":
        return _of_numpy(name, values.to_numpy(dtype="datetime64[ns]"))
    return _of_list(name, values.tolist(), missing)


def _of_list(name: str, values: list[Any], missing: npt.NDArray[np.bool_] | None = None) -> GivenArray:
    """Give Python values of one type, with None, NaN or a mask for the missing."""
    absent = _absent(values) if missing is None else missing
    kinds = {type(value) for value, gone in zip(values, absent, strict=True) if not gone}
    if kinds and all(issubclass(kind, _COLLECTIONS) for kind in kinds):
        return _of_lists(name, [() if gone else value for value, gone in zip(values, absent, strict=True)], absent)
    if kinds and all(issubclass(kind, bool | np.bool_) for kind in kinds):
        return _of_numpy(name, np.array([bool(v) and not gone for v, gone in zip(values, absent, strict=True)]), absent)
    if kinds and all(issubclass(kind, int | np.integer) and kind is not bool for kind in kinds):
        whole = [0 if gone else int(v) for v, gone in zip(values, absent, strict=True)]
        if all(-_LONGEST_INTEGER < v < _LONGEST_INTEGER for v in whole):
            return _of_numpy(name, np.array(whole, dtype=np.int64), absent)
    elif kinds and all(issubclass(kind, int | float | np.number) and kind is not bool for kind in kinds):
        return _of_numpy(name, np.array([np.nan if gone else v for v, gone in zip(values, absent, strict=True)], float))
    elif kinds and all(issubclass(kind, dt.date) for kind in kinds):
        written = [None if gone else v.isoformat()[:10] for v, gone in zip(values, absent, strict=True)]
        return _of_moments(name, np.array(written, dtype="datetime64[s]"))
    return GivenArray(name, "text", values, missing=absent)


def _of_lists(name: str, values: list[Any], absent: npt.NDArray[np.bool_]) -> GivenArray:
    """Give lists, tuples, sets or arrays of text, which become a column of sets."""
    members: list[str | None] = []
    ends = np.zeros(len(values), dtype=np.int64)
    for row, value in enumerate(values):
        for member in value:
            if not (isinstance(member, str) or _is_missing(member)):
                raise SchemaError(
                    f"column '{name}', row {row + 1}: a list has a member of the type {type(member).__name__}; a list "
                    "of texts is a set: make its members text first, or make the lists a table with a row each"
                )
            members.append(member)
        ends[row] = len(members)
    return GivenArray(name, "lists", ends, members, absent)


def _absent(values: list[Any]) -> npt.NDArray[np.bool_]:
    return np.fromiter(map(_is_missing, values), dtype=bool, count=len(values))


def _is_missing(value: Any) -> bool:
    return value is None or (not isinstance(value, _COLLECTIONS) and value != value)
