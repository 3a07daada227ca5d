"""Who took part and as what, from `Name=role` or a small TOML file beside a transcript."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

from secondstory.model.errors import BadInput
from secondstory.model.transcript import Participant
from secondstory.model.utterance import SpeakerRole
from secondstory.texts import say

ENDING = ".roles.toml"


def roles_given(pairs: Iterable[str]) -> tuple[Participant, ...]:
    """Participants from texts such as `Ana Lind=executive`. Raises BadInput on what is no such pair."""
    return tuple(_participant(*(part.strip() for part in pair.rpartition("=")[::2])) for pair in pairs)


def roles_in(name: str, data: bytes) -> tuple[Participant, ...]:
    """Participants from lines such as `"Ana Lind" = "executive"`. Raises BadInput on a file that cannot be used."""
    try:
        table = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(say("coaching.roles_file", path=name, problem=error), say("coaching.roles_file_next")) from error
    return tuple(_participant(person, str(role)) for person, role in table.items())


def _participant(name: str, role: str) -> Participant:
    known = ", ".join(one.value for one in SpeakerRole)
    if not name or role not in known.split(", "):
        told = say("coaching.no_role", given=f"{name}={role}"[:80])
        raise BadInput(told, say("coaching.no_role_next", known=known))
    return Participant(name, SpeakerRole(role))
