"""Somebody agrees to captions no more while a server hears a long paste or a stream: it stops there, and says where."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import Conflict
from secondstory.model.hearing import Heard, JournalEntry
from secondstory.model.incident import Incident, Severity
from secondstory.model.room import Box, Consent, ConsentAsked, Consented, Joined, Started
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Utterance, Verdict
from secondstory.model.window import Window
from secondstory.ports import Journal, World
from secondstory.usecases.room.hear import hear, hear_voice
from secondstory.usecases.room.log import begin, happen
from secondstory.web.door import CSRF_HEADER
from secondstory.web.local import announcement
from secondstory.web.serving import serving
from secondstory.wiring import open_world

GUEST = Actor("responder-2", roles=(("inc", Role.RESPONDER),))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A live meeting with one guest, where all have agreed to be heard."""
    stretch = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, 2, tzinfo=UTC))
    with open_world(Settings(data_dir=tmp_path)) as world:
        world.incidents.save(Incident("inc", "Outage", Severity.SEV2, "UTC", stretch, ("none",)))
        begin(LOCAL_OWNER, world, "inc", Started("Outage", (Box("t", AgendaStep.TIMELINE, "Timeline", 20),), "How."))
        happen(GUEST, world, "inc", Joined(Role.RESPONDER))
        for what in (Consent.CAPTIONS, Consent.AUDIO):
            happen(LOCAL_OWNER, world, "inc", ConsentAsked(what))
        agrees(world)
        yield world


def agrees(world: World, *, yes: bool = True) -> None:
    for what in (Consent.CAPTIONS, Consent.AUDIO):
        happen(GUEST, world, "inc", Consented(what, yes))


@dataclass
class TakingBack:
    """A journal during whose second writing the guest agrees no more."""

    world: World
    writes: int = 0

    @property
    def _journal(self) -> Journal:
        return self.world.journal

    def append(self, incident_id: str, number: int, entries: tuple[JournalEntry, ...]) -> bool:
        self.writes += 1
        if self.writes == 2:
            agrees(self.world, yes=False)
        return self._journal.append(incident_id, number, entries)

    def since(self, incident_id: str, number: int, seq: int) -> tuple[JournalEntry, ...]:
        return self._journal.since(incident_id, number, seq)

    def destroy(self, incident_id: str, number: int) -> None:
        self._journal.destroy(incident_id, number)


def heard(world: World) -> list[str]:
    return [one.what.cue.text for one in world.journal.since("inc", 1, 0) if isinstance(one.what, Heard)]


def spoken(count: int) -> list[Cue]:
    return [Cue(number, 5.0 * number, 5.0 * number + 4, "Ana", f"Step {number} it was.") for number in range(count)]


def vtt(cues: list[Cue]) -> str:
    lines = [f"00:{int(one.start_s or 0) // 60:02}:{int(one.start_s or 0) % 60:02}.000" for one in cues]
    return "".join(f"{at} --> {at[:-3]}900\n<v Ana>{one.text}\n\n" for at, one in zip(lines, cues, strict=True))


def owners_client(world: World, address: str) -> httpx.Client:
    local = announcement(world.data_dir)
    assert local is not None
    headers = {CSRF_HEADER: local.csrf, "Cookie": f"{local.cookie_name}={local.cookie}"}
    return httpx.Client(base_url=f"{address}api/v1/incidents/inc/meeting", headers=headers, timeout=60)


def post(client: httpx.Client, **given: object) -> Any:
    return client.post("/captions", json=given)


def test_a_long_paste_stops_where_somebody_agrees_no_more(world: World) -> None:
    with (
        serving(replace(world, journal=TakingBack(world)), 0, 8) as served,
        owners_client(world, served.address) as client,
    ):
        refused = post(client, text="WEBVTT\n\n" + vtt(spoken(200)))
        assert refused.status_code == 409
        told = refused.json()["detail"]
        assert told.startswith("Captions stopped before 0:03:20: they need a yes from responder-2. 40 cues")
        assert heard(world) == [one.text for one in spoken(40)]
        agrees(world)
        again = post(client, text="WEBVTT\n\n" + vtt(spoken(45)))
        assert again.json() == {"heard": 5, "repeated": 40, "unread": 0}


def test_of_a_stream_nothing_is_held_that_came_while_somebody_did_not_agree(world: World) -> None:
    whole = vtt(spoken(6))
    cuts = [whole.index(f"Step {number} it") + 8 for number in range(6)]
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    with serving(world, 0, 8) as served, owners_client(world, served.address) as client:
        post(client, text="WEBVTT\n\n", stream="s")
        assert post(client, text=pieces[0], stream="s").json()["heard"] == 0
        assert post(client, text=pieces[1], stream="s").json()["heard"] == 1
        agrees(world, yes=False)
        assert post(client, text=pieces[2], stream="s").status_code == 409, "the second cue was held, and is forgotten"
        agrees(world)
        for piece in pieces[3:]:
            assert post(client, text=piece, stream="s").status_code == 200
        post(client, text="", stream="s", ends=True)
    assert heard(world) == [f"Step {number} it was." for number in (0, 3, 4, 5)]


@pytest.mark.parametrize("by_voice", [False, True])
def test_what_is_spoken_stops_at_the_next_sentence(world: World, by_voice: bool) -> None:
    def judge(utterance: Utterance) -> Verdict:
        if "Step 4" in utterance.text:
            agrees(world, yes=False)
        return Verdict()

    listening = replace(world, judge=judge)
    with pytest.raises(Conflict, match=r"before 0:00:25.*responder-2\. 5 cues"):
        if by_voice:
            hear_voice(listening, "inc", spoken(30))
        else:
            hear(LOCAL_OWNER, listening, "inc", spoken(30))
    assert len(heard(world)) == 5
