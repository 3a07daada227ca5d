"""The columns of a segment's files: those that sources give, and of logs the shape of the line beside them."""

from __future__ import annotations

import pyarrow as pa

from secondstory.model.telemetry import SCHEMAS, TableName

PATTERN = pa.field("pattern", pa.string(), nullable=False)  # see `warehouse.shapes`
STORED: dict[TableName, pa.Schema] = {**SCHEMAS, TableName.LOGS: SCHEMAS[TableName.LOGS].append(PATTERN)}
