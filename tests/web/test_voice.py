"""Microphones in the meeting: nothing is taken before all agree, captions are by track, and a lag is told."""

import asyncio
import json
import threading
import wave
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.room import Consent, ConsentAsked, Consented
from secondstory.model.transcript import Cue
from secondstory.ports import Ear, World
from secondstory.ports.speech import FRAME_BYTES, RATE
from secondstory.speech.whisper import WhisperSpeech, is_installed
from secondstory.usecases.room.lead import Asked, come_in, start_meeting
from secondstory.usecases.room.log import happen
from secondstory.usecases.room.voice import VoiceState, voice_state
from secondstory.web.live.voice import Track, VoiceDesk
from secondstory.wiring import open_world

from .conftest import BASE, Browser, visit

SPOKEN = Path(__file__).parents[1] / "recordings" / "speech" / "two-sentences.wav"
SECOND = RATE * 2
LOUD, QUIET = b"\xff\x0f", b"\x00\x00"


class LoudEar:
    def speaks(self, frame: bytes) -> bool:
        return frame[:2] == LOUD


class Counting:
    """Says how long what it was given is; waits for `may_go` before."""

    def __init__(self) -> None:
        self.may_go = threading.Event()
        self.may_go.set()

    def ear(self) -> Ear:
        return LoudEar()

    def words(self, audio: bytes) -> str:
        assert self.may_go.wait(30)
        return f"{len(audio) / SECOND:.1f} seconds"


@dataclass
class Scene:
    """A live meeting of the demo with a responder in it, and what was heard."""

    world: World
    incident: str
    heard: list[Cue]

    def hear(self, _world: World, _incident: str, cues: tuple[Cue, ...]) -> None:
        self.heard += cues

    def person(self, role: Role = Role.RESPONDER) -> Actor:
        return Actor("responder-1", roles=((self.incident, role),))

    def asks(self) -> None:
        """Who leads asks everybody, and agrees."""
        happen(LOCAL_OWNER, self.world, self.incident, ConsentAsked(Consent.AUDIO))
        happen(LOCAL_OWNER, self.world, self.incident, Consented(Consent.AUDIO, yes=True))

    def agrees(self, yes: bool = True) -> None:
        happen(self.person(), self.world, self.incident, Consented(Consent.AUDIO, yes))


@pytest.fixture
def scene(own_demo_dir: Path) -> Any:
    with open_world(Settings(data_dir=own_demo_dir)) as opened:
        world = replace(opened, speech=Counting())
        incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
        begun = Scene(world, incident, [])
        start_meeting(LOCAL_OWNER, world, incident, Asked("Checkout outage"))
        come_in(LOCAL_OWNER, world, incident)
        come_in(begun.person(), world, incident)
        yield begun


def sentence(seconds: float) -> bytes:
    return LOUD * int(RATE * seconds) + QUIET * RATE


def test_it_is_open_only_while_everybody_who_came_in_agrees(scene: Scene) -> None:
    def state() -> VoiceState:
        return voice_state(scene.world, scene.incident)[0]

    assert state() is VoiceState.NOT_ASKED
    happen(LOCAL_OWNER, scene.world, scene.incident, ConsentAsked(Consent.AUDIO))
    assert voice_state(scene.world, scene.incident) == (VoiceState.NOT_AGREED, 2), "who asks has not agreed by asking"
    happen(LOCAL_OWNER, scene.world, scene.incident, Consented(Consent.AUDIO, yes=True))
    assert voice_state(scene.world, scene.incident) == (VoiceState.NOT_AGREED, 1)
    scene.agrees()
    assert state() is VoiceState.OPEN
    come_in(Actor("observer-1", roles=((scene.incident, Role.OBSERVER),)), scene.world, scene.incident)
    assert state() is VoiceState.NOT_AGREED, "who comes later has not agreed"
    scene.agrees(False)
    assert voice_state(scene.world, scene.incident) == (VoiceState.NOT_AGREED, 2)
    assert voice_state(replace(scene.world, speech=None), scene.incident)[0] is VoiceState.NOT_INSTALLED


def test_a_track_is_a_speaker_and_its_words_have_the_seconds_of_the_meeting(scene: Scene) -> None:
    scene.asks()
    scene.agrees()

    async def talk() -> list[str]:
        desk = VoiceDesk(scene.world, scene.hear)
        tracks = [Track(scene.incident, speaker, LoudEar()) for speaker in ("responder-1", None)]
        for track in tracks:
            desk.add(track, track.take(sentence(2.0)))
        await desk.settled()
        return [*tracks[0].heard, *tracks[1].heard]

    own = asyncio.run(talk())
    assert sorted(str(cue.speaker) for cue in scene.heard) == ["None", "responder-1"]
    assert own == [cue.text for cue in scene.heard]
    for cue in scene.heard:
        assert cue.start_s is not None and cue.end_s is not None
        assert 2.0 < cue.end_s - cue.start_s < 3.0


def test_who_agrees_no_more_is_not_read_though_the_sound_was_taken(scene: Scene) -> None:
    scene.asks()
    scene.agrees()
    speech = scene.world.speech
    assert isinstance(speech, Counting)
    speech.may_go.clear()

    async def talk() -> None:
        desk = VoiceDesk(scene.world, scene.hear)
        track = Track(scene.incident, "responder-1", LoudEar())
        desk.add(track, track.take(sentence(1.0)))
        desk.add(track, track.take(sentence(1.0)))
        await asyncio.to_thread(scene.agrees, False)
        speech.may_go.set()
        await desk.settled()

    asyncio.run(talk())
    assert scene.heard == []


def test_beyond_two_at_once_captions_lag_and_the_oldest_is_given_up_at_last(scene: Scene) -> None:
    scene.asks()
    scene.agrees()
    speech, clock = scene.world.speech, Ahead(scene.world)
    assert isinstance(speech, Counting)
    speech.may_go.clear()

    async def talk() -> tuple[float, float]:
        desk = VoiceDesk(replace(scene.world, clock=clock), scene.hear)
        tracks = [Track(scene.incident, f"responder-{number}", LoudEar()) for number in range(3)]
        for track in tracks:
            desk.add(track, track.take(sentence(2.0)))
        clock.by = timedelta(seconds=7)
        lag = desk.lag_s()
        for _ in range(9):
            desk.add(tracks[0], tracks[0].take(LOUD * RATE * 11 + QUIET * RATE))
        speech.may_go.set()
        await desk.settled()
        return lag, sum(track.given_up_s for track in tracks)

    lag, given_up = asyncio.run(talk())
    assert 7 <= lag < 12
    assert given_up > 2
    assert 0 < len(scene.heard) < 12


def test_a_stretch_that_the_reader_fails_on_is_no_lag(scene: Scene) -> None:
    scene.asks()
    scene.agrees()
    clock = Ahead(scene.world)

    async def talk() -> float:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
        desk = VoiceDesk(replace(scene.world, clock=clock, speech=Failing()), scene.hear)
        track = Track(scene.incident, "responder-1", LoudEar())
        desk.add(track, track.take(sentence(1.0)))
        await desk.settled()
        clock.by = timedelta(seconds=60)
        return desk.lag_s()

    assert asyncio.run(talk()) == 0.0


class Failing(Counting):
    def words(self, audio: bytes) -> str:
        raise RuntimeError(f"{len(audio)} bytes that the model cannot read")


class Ahead:
    """The clock, some time ahead."""

    def __init__(self, world: World) -> None:
        self._clock, self.by = world.clock, timedelta(0)

    def now(self) -> Any:
        return self._clock.now() + self.by


def test_a_cough_is_no_sentence_and_a_long_one_is_cut() -> None:
    track = Track("inc", None, LoudEar())
    assert track.take(LOUD * (FRAME_BYTES * 3 // 2) + QUIET * RATE * 2) == []
    cuts = track.take(sentence(30.0))
    assert [round(len(cut) / SECOND) for cut in cuts] == [12, 12, 7]
    assert track.take(LOUD * RATE) == [] and len(track.end()) == 1
    assert not track.is_speaking


Opening = Callable[[str], AbstractContextManager[WebSocketTestSession]]


def opening(browser: Browser, incident: str) -> AbstractContextManager[WebSocketTestSession]:
    return browser.client.websocket_connect(f"{BASE.replace('http', 'ws')}/api/v1/incidents/{incident}/meeting/voice")


def until(socket: WebSocketTestSession, kind: str, **wanted: object) -> Any:
    while True:
        told = json.loads(socket.receive_text())
        if told["type"] == kind and all(told[name] == value for name, value in wanted.items()):
            return told


def test_sound_is_dropped_until_all_agree_and_again_when_one_does_not(scene: Scene) -> None:
    browser = visit(scene.world)
    browser.app.state.voices = VoiceDesk(browser.app.state.world, scene.hear)
    with browser.client as client, opening(browser, scene.incident) as socket:
        assert until(socket, "voice")["state"] == "not_asked"
        socket.send_bytes(sentence(0.5)[:60_000])
        scene.asks()
        assert until(socket, "voice", state="not_agreed")["missing"] == 1
        scene.agrees()
        until(socket, "voice", state="open")
        assert scene.heard == []
        spoken = sentence(0.5)
        socket.send_bytes(spoken[:30_000])
        socket.send_bytes(spoken[30_000:])
        assert until(socket, "heard")["text"] == "1.1 seconds"
        scene.agrees(False)
        assert until(socket, "voice", state="not_agreed")["told"].startswith("Microphones are not read along: 1")
        assert client.get(f"/api/v1/incidents/{scene.incident}/meeting/voice").json()["state"] == "not_agreed"
    assert [cue.speaker for cue in scene.heard] == ["owner"]


@pytest.mark.parametrize("sound", [b"odd", b"\x00" * 70_000])
def test_what_is_no_sound_shuts_the_page_out(browser: Browser, incident: str, sound: bytes) -> None:
    guest = visit(replace(browser.world, speech=Counting()))
    with guest.client, opening(guest, incident) as socket:
        socket.send_bytes(sound)
        with pytest.raises(WebSocketDisconnect) as shut:
            until(socket, "never")
    assert shut.value.code == 4400


def test_more_sound_than_time_has_passed_is_not_taken(browser: Browser, incident: str) -> None:
    guest = visit(replace(browser.world, speech=Counting()))
    with guest.client, opening(guest, incident) as socket:
        for _ in range(20):
            socket.send_bytes(bytes(60_000))
        with pytest.raises(WebSocketDisconnect) as shut:
            until(socket, "never")
    assert shut.value.code == 4429


def test_where_it_is_not_installed_the_page_is_told_the_command(browser: Browser, incident: str) -> None:
    guest = visit(replace(browser.world, speech=None))
    told = guest.get(f"/incidents/{incident}/meeting/voice")
    assert told["state"] == "not_installed" and "pip install 'secondstory[speech]'" in str(told["next_step"])


def test_who_watches_has_no_microphone(browser: Browser, incident: str) -> None:
    guest = visit(browser.world, Actor("observer-2", roles=((incident, Role.OBSERVER),)))
    with pytest.raises(WebSocketDisconnect), opening(guest, incident):
        pass


def test_recorded_speech_is_read_sentence_by_sentence() -> None:
    if not is_installed():
        pytest.skip("what reads speech is not installed: pip install 'secondstory[speech]'")
    with wave.open(str(SPOKEN)) as file:
        audio = file.readframes(file.getnframes())
    speech = WhisperSpeech()
    track = Track("inc", "responder-1", speech.ear())
    cuts = track.take(audio) + track.end()
    assert len(cuts) == 2
    first, second = (speech.words(cut).lower() for cut in cuts)
    assert "connection pool was full" in first and "queue got longer" in first
    assert "scale" in second and "service" in second
    assert speech.words(bytes(SECOND)) == ""
