"""What OpenAPI says of a route's answers: the type that it gives, and every problem that it may answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from secondstory.web.problems import MEDIA_TYPE, Problem

Answers = dict[int | str, dict[str, Any]]


def _problems(**meanings: str) -> Answers:
    return {
        int(status.removeprefix("s")): {
            "description": meaning,
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}},
        }
        for status, meaning in meanings.items()
    }


UNCHANGED: Answers = {304: {"description": "Not changed since the entity tag that the request names."}}
"""Any GET."""
_ASKED = _problems(
    s401="The browser has not been let in.",
    s403="The host, the origin or the actor may not.",
    s422="A parameter is wrong; `field` names it.",
    s503="The database, the disk or the telemetry does not answer.",
)
_NAMED = _problems(s400="The request cannot be used.", s404="There is no such thing.")
READS = {**UNCHANGED, **_ASKED}
"""Any GET that takes an actor."""
FINDS = {**READS, **_NAMED}
"""A GET of something by name."""
CHANGES = {
    **_ASKED,
    **_NAMED,
    **_problems(s409="What is stored does not allow it.", s413="The request is too large."),
}
"""Whatever changes something."""

JOINS = {
    **CHANGES,
    **_problems(s403="The invitation is not open to this browser.", s429="Too many were tried from this address."),
}
"""A POST that is open to whoever holds an invitation."""


@dataclass(frozen=True)
class _Given:
    """Stands for the type of an answer until the description is asked for: nothing that is sent is checked against it,
    and what a validator of each answer costs, twice a route, would be more than half of a server's start."""

    model: Any

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # Inside a schema that only holds another, for then a type has its own name in the description.
        return handler(core_schema.definitions_schema(TypeAdapter(self.model).core_schema, []))


def gives(model: Any, problems: Answers, status: int = 200, meaning: str = "Done.") -> Answers:
    """The answer of a route: `model` as JSON, or one of `problems`."""
    return {status: {"model": Annotated[Any, _Given(model)], "description": meaning}, **problems}


def gives_text(media_type: str, problems: Answers, shape: str = "string") -> Answers:
    """The answer of a route that gives a text of its own media type, or one of `problems`.

    `shape` is what the text is once it is read: YAML that holds keys is an object.
    """
    return {200: {"description": "Done.", "content": {media_type: {"schema": {"type": shape}}}}, **problems}


BYTES: dict[str, Any] = {"type": "string", "contentMediaType": "application/octet-stream"}
"""The schema of an uploaded file."""


def takes_form(file: str, **fields: dict[str, Any]) -> dict[str, Any]:
    """How an operation whose route reads the form itself is described: its fields, of which `file` must be there."""
    form = {"type": "object", "required": [file], "properties": fields}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}}}
