"""How a segment's file looks: the columns that sources give, of logs the shape of the line beside them, as Parquet."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from secondstory.model.telemetry import SCHEMAS, TableName

PATTERN = pa.field("pattern", pa.string(), nullable=False)  # see `warehouse.shapes`
STORED: dict[TableName, pa.Schema] = {**SCHEMAS, TableName.LOGS: SCHEMAS[TableName.LOGS].append(PATTERN)}

_ROW_GROUP_ROWS = 122_880  # DuckDB's unit of parallel work
_COMPRESSION_LEVEL = 3


def write_parquet(rows: pa.Table, file: Any) -> None:
    """Rows into an open file or Arrow stream; the same rows, the same bytes."""
    pq.write_table(rows, file, compression="zstd", compression_level=_COMPRESSION_LEVEL, row_group_size=_ROW_GROUP_ROWS)
