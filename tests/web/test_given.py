"""What a request's numbers may look like: JSON Schema takes 7.0 for a whole number, and nothing but numbers for one."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from secondstory.web.given import WHOLE

_WHOLE: TypeAdapter[int] = TypeAdapter(Annotated[int, Field(ge=1, le=9, strict=True), WHOLE])


@pytest.mark.parametrize("written", ["7", "7.0", "7e0"])
def test_a_whole_number_is_whole_however_it_is_written(written: str) -> None:
    assert _WHOLE.validate_json(written) == 7


@pytest.mark.parametrize("written", ["7.5", "true", '"7"', "null", "1e400", "[7]", "0", "10"])
def test_nothing_else_is_taken_for_a_whole_number(written: str) -> None:
    with pytest.raises(ValidationError):
        _WHOLE.validate_json(written)


def test_its_bounds_are_told_in_the_description() -> None:
    assert _WHOLE.json_schema() == {"type": "integer", "minimum": 1, "maximum": 9}
