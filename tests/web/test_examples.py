"""Each JSON body that a request carries has an example in the description, and each example is one that is taken."""

from typing import Any

import jsonschema_rs
import pytest

from secondstory.web.app import described_app
from secondstory.web.description import description

DESCRIBED = description(described_app())


def bodies() -> dict[str, dict[str, Any]]:
    found = {}
    for path, operations in DESCRIBED["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content is not None:
                found[f"{method.upper()} {path}"] = content["schema"]
    return found


@pytest.mark.parametrize("label", sorted(bodies()))
def test_a_body_has_an_example_that_fits_its_schema(label: str) -> None:
    schema = bodies()[label]
    named = DESCRIBED["components"]["schemas"].get(schema.get("$ref", "").rsplit("/", 1)[-1], schema)
    examples = named.get("examples") or []
    assert examples, f"{label} has no example: add one to its model's json_schema_extra, or to web/examples.py"
    for example in examples:
        jsonschema_rs.validate({**schema, "components": DESCRIBED["components"]}, example)


def test_every_bound_stands_in_the_words_of_json_schema() -> None:
    pythonic = {"ge", "gt", "le", "lt", "min_length", "max_length"}
    found: list[str] = []

    def walk(node: Any, where: str) -> None:
        if isinstance(node, dict):
            found.extend(f"{where}/{key}" for key in pythonic & node.keys() if not isinstance(node[key], dict))
            for key, inner in node.items():
                walk(inner, f"{where}/{key}")
        elif isinstance(node, list):
            for place, inner in enumerate(node):
                walk(inner, f"{where}/{place}")

    walk(DESCRIBED, "")
    assert found == [], "put WHOLE behind Field(...), and bound each kind of a union: else no reader learns the bound"
