# SPDX-License-Identifier: Apache-2.0
"""What has columns, handed to the data frame libraries by way of Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemetry._optional import require

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Convertible:
    """What gives an Arrow stream, and so converts to any data frame."""

    def to_arrow(self) -> pyarrow.Table:
        """Convert to an Arrow table; the metadata, if it has any, are its schema's."""
        table: pyarrow.Table = require("pyarrow").table(self)
        return table

    def to_pandas(self) -> pandas.DataFrame:
        """Convert to a pandas data frame: dimensions are categoricals, integers stay integers beside missing ones."""
        pa, pd = require("pyarrow"), require("pandas")
        frame: pandas.DataFrame = self.to_arrow().to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Convert to a polars data frame."""
        frame: polars.DataFrame = require("polars").from_arrow(self.to_arrow())
        return frame
