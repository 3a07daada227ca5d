"""Who has a cursor in the notes, where: the awareness of y-protocols, with everybody named by the server.

A page tells its cursor under a client id of its own choosing. What goes on to the others has the token of who is signed
in, whatever the page called itself, and nothing but the cursor; a client id is its page's until that leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from pycrdt import Decoder, Encoder

from secondstory.usecases.room.notes import NAME

_MOST_CLIENTS = 4  # in one message; a page is one
_MOST_STATE = 2000
_GONE = "null"


@dataclass(frozen=True)
class State:
    """The cursor of one client; None = it is gone. `clock` counts its states."""

    client: int
    clock: int
    cursor: object
    is_there: bool


def read_states(update: bytes) -> tuple[State, ...]:
    """The states in an awareness update. Raises ValueError where it is none, or larger than any of ours."""
    decoder = Decoder(update)
    try:
        count = decoder.read_var_uint()
        if count > _MOST_CLIENTS:
            raise ValueError(f"{count} clients in one message")
        return tuple(_read(decoder) for _ in range(count))
    except (IndexError, RuntimeError, UnicodeDecodeError) as error:
        raise ValueError(f"no awareness update: {error}") from error


def _read(decoder: Decoder) -> State:
    client, clock, text = decoder.read_var_uint(), decoder.read_var_uint(), decoder.read_var_string()
    if len(text) > _MOST_STATE:
        raise ValueError(f"a state of {len(text)} characters")
    told = orjson.loads(text)
    if not isinstance(told, dict):
        return State(client, clock, None, False)
    cursor = told.get("cursor")
    if cursor is not None and not _is_cursor(cursor):
        raise ValueError("no cursor in these notes")
    return State(client, clock, cursor, True)


def _is_cursor(cursor: object) -> bool:
    """Two places in the text. Anything else would break the editors of those it is shown to."""
    return isinstance(cursor, dict) and set(cursor) == {"anchor", "head"} and all(map(_is_place, cursor.values()))


def _is_place(place: object) -> bool:
    if not isinstance(place, dict) or not set(place) <= {"type", "tname", "item", "assoc"}:
        return False
    ids, assoc = (place.get("type"), place.get("item")), place.get("assoc", 0)
    return place.get("tname") in (None, NAME) and type(assoc) is int and all(one is None or _is_id(one) for one in ids)


def _is_id(one: object) -> bool:
    return isinstance(one, dict) and set(one) == {"client", "clock"} and all(type(part) is int for part in one.values())


def write_states(states: tuple[tuple[State, str], ...]) -> bytes:
    """An awareness update of states, each with the token of whose it is."""
    encoder = Encoder()
    encoder.write_var_uint(len(states))
    for state, token in states:
        told = {"user": {"name": token}, "cursor": state.cursor}
        encoder.write_var_uint(state.client)
        encoder.write_var_uint(state.clock)
        encoder.stream.append(_text(orjson.dumps(told) if state.is_there else _GONE.encode()))
    return encoder.to_bytes()


def _text(data: bytes) -> bytes:
    # The encoder's own counts characters where the protocol counts bytes.
    inner = Encoder()
    inner.write_var_uint(len(data))
    return inner.to_bytes() + data
