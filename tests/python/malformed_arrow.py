# SPDX-License-Identifier: Apache-2.0
"""Arrow structures that a producer got wrong: a sound batch of one column, with some of its memory changed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pyarrow as pa


class Array(ctypes.Structure):
    """A struct ArrowArray of the Arrow C data interface."""


Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(Array))),
    ("dictionary", ctypes.POINTER(Array)),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
]

Change = Callable[[Array, Array], None]
"""What is done to the batch and to its column."""

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]


class Malformed:
    """A frame of the column ``decision``, changed before it is handed out."""

    def __init__(self, column: pa.Array, change: Change) -> None:
        self._batch = pa.record_batch({"decision": column})
        self._change = change

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        schema, array = self._batch.__arrow_c_array__(requested_schema)
        batch = ctypes.cast(_pointer(array, b"arrow_array"), ctypes.POINTER(Array)).contents
        self._change(batch, batch.children[0].contents)
        return schema, array


def field(name: str, value: int) -> Change:
    """Change a field of the column."""

    def change(batch: Array, column: Array) -> None:  # noqa: ARG001
        setattr(column, name, value)

    return change


def of_batch(name: str, value: int) -> Change:
    """Change a field of the batch."""

    def change(batch: Array, column: Array) -> None:  # noqa: ARG001
        setattr(batch, name, value)

    return change


def without_buffer(place: int) -> Change:
    """Take a buffer of the column away."""

    def change(batch: Array, column: Array) -> None:  # noqa: ARG001
        column.buffers[place] = None

    return change


def number_at(place: int, value: int) -> Change:
    """Change an offset of a text column, or an index into a dictionary."""

    def change(batch: Array, column: Array) -> None:  # noqa: ARG001
        ctypes.cast(column.buffers[1], ctypes.POINTER(ctypes.c_int32))[place] = value

    return change
