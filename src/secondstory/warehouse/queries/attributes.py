"""Single attributes out of JSON objects, by regular expression.

Attributes are canonical JSON objects with a quote inside a text escaped, so `"name":` can only be a key. One regular
expression costs a fraction of parsing the object, and every engine has it. It looks at keys of any depth; values that
are objects or arrays themselves are left alone.
"""

from __future__ import annotations

import re

import ibis
import ibis.expr.types as ir

from secondstory.model.telemetry import REPLICA_ATTRIBUTES

_REPLICAS = "|".join(re.escape(name) for name in REPLICA_ATTRIBUTES)
_PLAIN_VALUE = r'(?:"(?:[^"\\]|\\.)*"|[^",{}\[\]]+)'


def attribute(attributes: ir.StringColumn, *names: str) -> ir.StringColumn:
    """The first of these attributes that is present and not empty, as written (escapes stay); null without any."""
    return ibis.coalesce(
        *[attributes.re_extract(rf'"{re.escape(name)}"\s*:\s*"?((?:[^"\\,}}]|\\.)+)', 1).nullif("") for name in names]
    )


def without_replicas(attributes: ir.StringColumn) -> ir.StringColumn:
    """The JSON object without the attributes that tell replicas of one service apart; the order of keys is kept."""
    rest = attributes.re_replace(rf',?\s*"(?:{_REPLICAS})"\s*:\s*{_PLAIN_VALUE}', "")
    return rest.re_replace(r"^\{\s*,\s*", "{")
