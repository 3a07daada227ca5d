"""Types of what requests give, checked and brought into one form before a route sees them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from secondstory.model.window import in_utc

Time = Annotated[AwareDatetime, AfterValidator(in_utc)]
"""A time that names its offset; in UTC once it is read."""

Name = Annotated[str, Field(max_length=200)]
"""A name or label. A text without a largest length is not checked to be Unicode either."""
