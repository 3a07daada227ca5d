"""A warehouse whose engine is loaded when it is first needed."""

from pathlib import Path

from secondstory.ports import Warehouse
from secondstory.warehouse.engine import DuckDbWarehouse
from secondstory.warehouse.late import LateWarehouse


def test_the_engine_is_opened_once_by_the_first_who_asks(tmp_path: Path) -> None:
    opened: list[Warehouse] = []

    def open_now() -> Warehouse:
        opened.append(DuckDbWarehouse(tmp_path))
        return opened[-1]

    late = LateWarehouse(open_now)
    assert opened == []
    assert late.engine == late.engine == opened[0].engine
    assert len(opened) == 1
