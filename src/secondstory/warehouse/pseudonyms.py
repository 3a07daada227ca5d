"""JSON attributes to the same attributes with users' identifiers as keyed pseudonyms, so that users can be counted.

`"user.id": "alice"` becomes `"user.id":"u-0123456789abcdef"`: HMAC-SHA256 of the value under the installation's key.
The number 42 and the text "42" are the same user. The work is done per distinct value, in Arrow's kernels.
"""

from __future__ import annotations

import hmac
import json
import re

import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.telemetry import USER_ATTRIBUTES
from secondstory.warehouse.redaction import matching

_VALUE = r'"(?:[^"\\]|\\.)*"|[^,{}\[\]\s"]+'
_KEYS = "|".join(re.escape(name) for name in USER_ATTRIBUTES)


def pseudonymise(texts: pa.Array, key: bytes) -> pa.Array:
    """Texts are JSON objects or arrays, nulls stay; every user attribute in them, however deep, is replaced."""
    concerned = matching(texts, f'"(?:{_KEYS})"')
    if not concerned.any():
        return texts
    mask = pa.array(concerned)
    changed = texts.filter(mask)
    for name in USER_ATTRIBUTES:
        holding = matching(changed, f'"{re.escape(name)}"')
        if holding.any():
            replaced = _replace(changed.filter(pa.array(holding)), name, key)
            changed = pc.replace_with_mask(changed, pa.array(holding), replaced)
    return pc.replace_with_mask(texts, mask, changed)


def pseudonym(value: str, key: bytes) -> str:
    """The pseudonym of one user."""
    return f"u-{hmac.digest(key, value.encode(errors='surrogatepass'), 'sha256').hex()[:16]}"


def _replace(texts: pa.Array, name: str, key: bytes) -> pa.Array:
    pair = rf'"{re.escape(name)}"\s*:\s*'
    pieces = pc.split_pattern_regex(texts, f"{pair}(?:{_VALUE})")
    if pc.max(pc.list_value_length(pieces)).as_py() > 2:  # a list of span events names a user more than once
        pattern = re.compile(f"{pair}({_VALUE})")
        rewritten = [pattern.sub(lambda found: _pair(name, found.group(1), key), text) for text in texts.to_pylist()]
        return pa.array(rewritten, pa.string())
    values = pc.struct_field(pc.extract_regex(texts, f"{pair}(?P<value>{_VALUE})"), "value").dictionary_encode()
    pairs = pa.array([_pair(name, value, key) for value in values.dictionary.to_pylist()], pa.string())
    joined = pc.binary_join(pieces, pairs.take(values.indices))
    return pc.coalesce(joined, texts)  # a key without a value is no JSON; it stays as it came


def _pair(name: str, value: str, key: bytes) -> str:
    plain = _unquoted(value)
    if plain in ("", "null"):
        return f'"{name}":{value}'
    return f'"{name}":"{pseudonym(plain, key)}"'


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value, strict=False))
    except ValueError:  # a foreign escape; any stable reading of it will do
        return value
