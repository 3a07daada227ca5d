"""The text of an expression to tokens, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondstory.algorithms.promql.refusal import Refused

_TOKEN = re.compile(
    r"""
      (?P<space>[\s]+|\#[^\n]*)
    | (?P<duration>(?:[0-9]+(?:ms|[smhdwy]))+(?![A-Za-z0-9_]))
    | (?P<number>0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>[A-Za-z_:][A-Za-z0-9_:]*)
    | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)
    | (?P<sign>=~|!~|==|!=|<=|>=|[-+*/%^=<>(){}\[\],:@])
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))")
_PLAIN = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", "'": "'", '"': '"'}
_PART = re.compile(r"([0-9]+)(ms|[smhdwy])")
_MILLISECONDS = {
    "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000
}  # fmt: skip
_ORDER = tuple(reversed(_MILLISECONDS))


@dataclass(frozen=True)
class Token:
    """A piece of the text; `kind` is duration, number, name, string, sign or end."""

    kind: str
    text: str
    position: int  # of its first character, from 1


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens in order, an `end` last. Raises Refused on a character that begins none."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Refused(f"{text[at]!r} begins nothing that is known here", at + 1)
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match.group(), at + 1))
        at = match.end()
    return (*found, Token("end", "", len(text) + 1))


def duration_ms(token: Token) -> int:
    """A duration such as 1h30m in milliseconds. Raises Refused where units are repeated or out of order."""
    parts = _PART.findall(token.text)
    places = [_ORDER.index(unit) for _, unit in parts]
    if places != sorted(set(places)):
        raise Refused(f"{token.text!r} is no duration: units go from the largest to the smallest", token.position)
    return sum(int(number) * _MILLISECONDS[unit] for number, unit in parts)


def duration_text(milliseconds: int) -> str:
    """Milliseconds as a duration, in the fewest units: 5400000 is 1h30m.

    >>> duration_text(5_400_000)
    '1h30m'
    """
    parts, rest = [], milliseconds
    for unit in _ORDER[2:]:  # years and weeks read worse than days
        number, rest = divmod(rest, _MILLISECONDS[unit])
        parts += [f"{number}{unit}"] if number else []
    return "".join(parts) or "0s"


def string_of(token: Token) -> str:
    """What a quoted string means."""
    inner = token.text[1:-1]
    return inner if token.text.startswith("`") else _ESCAPE.sub(lambda match: _meant(match, token), inner)


def _meant(match: re.Match[str], token: Token) -> str:
    two, four, eight, octal, plain = match.groups()
    if two or four or eight:
        code = int(two or four or eight, 16)
    elif octal:
        code = int(octal, 8)
    elif plain in _PLAIN:
        return _PLAIN[plain]
    else:
        raise Refused(f"{match.group()!r} is no escape", token.position)
    if code > 0x10FFFF:
        raise Refused(f"{match.group()!r} is no character", token.position)
    return chr(code)
