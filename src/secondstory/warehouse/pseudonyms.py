"""JSON attributes to the same attributes with users' identifiers as keyed pseudonyms, so that users can be counted.

`"user.id": "alice"` becomes `"user.id":"u-0123456789abcdef"`: HMAC-SHA256 of the value under the installation's key.
The number 42 and the text "42" are the same user. A cheap search finds the texts that may name a user; these are read
as JSON, for only so are nested objects, lists and every spelling of a name seen. A text costs some ten microseconds.
"""

from __future__ import annotations

import hmac
import json
import re
from functools import lru_cache

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.telemetry import USER_ATTRIBUTES
from secondstory.warehouse.redaction import matching

_VALUE = r'"(?:[^"\\]|\\.)*"|[^,{}\[\]\s"]+'


def pseudonymise(texts: pa.Array, key: bytes) -> pa.Array:
    """Texts are JSON objects or arrays, nulls stay; every user attribute in them, however deep, is replaced."""
    concerned = matching(texts, _HINT)
    if not concerned.any():
        return texts
    mask = pa.array(concerned)
    changed = [_replaced(text, key) for text in texts.filter(mask).to_pylist()]
    return pc.replace_with_mask(texts, mask, pa.array(changed, pa.string()))


@lru_cache(maxsize=65_536)  # a keyed hash costs as much as reading a text
def pseudonym(value: str, key: bytes) -> str:
    """The pseudonym of one user."""
    return f"u-{hmac.digest(key, value.encode(errors='surrogatepass'), 'sha256').hex()[:16]}"


def _replaced(text: str, key: bytes) -> str:
    try:
        return orjson.dumps(_walked(orjson.loads(text), "", key)).decode()
    except orjson.JSONDecodeError:  # a number or an escape beyond the reader's bounds; flat attributes are found so too
        return _PAIR.sub(lambda found: _pair(found, key), text)


def _walked(value: object, path: str, key: bytes) -> object:
    """`value` with users replaced; `path` are the keys that lead to it. The items of a list stand where it stands."""
    if isinstance(value, dict):
        return {name: _walked(held, f"{path}.{name}" if path else name, key) for name, held in value.items()}
    if isinstance(value, list):
        return [_walked(item, path, key) for item in value]
    if value in (None, "") or not _names_a_user(path):
        return value
    return pseudonym(value if isinstance(value, str) else json.dumps(value), key)


@lru_cache(maxsize=4096)
def _names_a_user(path: str) -> bool:
    return _NAMES.search(path) is not None


def _pair(found: re.Match[str], key: bytes) -> str:
    name, value = found.groups()
    plain = _unquoted(value)
    if plain in ("", "null") or not _names_a_user(name):
        return found.group()
    return f'"{name}":"{pseudonym(plain, key)}"'


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value, strict=False))
    except ValueError:  # a foreign escape; any stable reading of it will do
        return value


def _spelled(name: str) -> str:
    """Every spelling of a dotted name: a word of its own, or a capital after a small letter, begins it."""
    first, *rest = re.split(r"[._]", name)
    end = "".join(rf"[._-]?(?i:{word})s?" for word in rest)
    return rf"(?:(?<![^._-])(?i:{first})|(?<=[a-z0-9]){first.capitalize()})s?{end}"


_NAMES = re.compile(rf"(?:{'|'.join(_spelled(name) for name in USER_ATTRIBUTES)})(?![^.])")
_PAIR = re.compile(rf'"((?:[^"\\]|\\.)*)"\s*:\s*({_VALUE})')
_HINT = f"(?i:{'|'.join(sorted({re.split(r'[._]', name)[0] for name in USER_ATTRIBUTES}))})"
