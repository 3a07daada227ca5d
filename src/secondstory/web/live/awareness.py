"""Who has a cursor in the notes, where: the awareness of y-protocols, with everybody named by the server.

A page tells its cursor under a client id of its own choosing. What goes on to the others has the token of who is signed
in, whatever the page called itself, and nothing but the cursor; a client id is its page's until that leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from pycrdt import Decoder, Encoder

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
    return State(client, clock, told.get("cursor"), True)


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
