"""The description of the API, OpenAPI 3.1, made from the routes."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from secondstory.web.answers import json_answer
from secondstory.web.examples import add_examples
from secondstory.web.guard import API
from secondstory.web.links import add_links
from secondstory.web.problems import Problem


def describe(request: Request, app: FastAPI) -> Response:
    """The description as a response."""
    return json_answer(request, description(app))


def description(app: FastAPI) -> dict[str, Any]:
    """The description as plain JSON."""
    described = app.openapi()
    schemas = described["components"]["schemas"]
    for operations in described["paths"].values():
        for operation in operations.values():
            if security := operation.get("security"):  # FastAPI lists them as alternatives; all of them are needed
                operation["security"] = [{name: scopes for scheme in security for name, scopes in scheme.items()}]
    add_links(described, API)
    add_examples(described)
    schemas[Problem.__name__] = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    return described
