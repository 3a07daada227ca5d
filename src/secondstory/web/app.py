"""The web app: the API over the use cases, and the built pages beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fastapi import FastAPI, Request
from starlette.responses import Response

from secondstory import __version__
from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import World
from secondstory.usecases.room.hear import hear_voice
from secondstory.usecases.room.rail_view import rail_of
from secondstory.web import problems
from secondstory.web.attempts import Attempts
from secondstory.web.description import describe
from secondstory.web.door import Door
from secondstory.web.guard import API, UPLOADS, Guard
from secondstory.web.live.hub import Hub, ToldLedger
from secondstory.web.live.notes import NotesRooms
from secondstory.web.live.rail import RailHub, ToldJournal
from secondstory.web.live.room import Rooms, ToldRoomLog
from secondstory.web.live.streams import Streams
from secondstory.web.live.voice import VoiceDesk
from secondstory.web.once import Once
from secondstory.web.pages import pages
from secondstory.web.routes import (
    actions,
    alerts,
    attachments,
    audit,
    brief,
    captures,
    cards,
    causes,
    detection,
    evidence,
    executive,
    glossary,
    impact,
    incident_files,
    incidents,
    invitation,
    jobs,
    keeping,
    lint,
    live,
    meeting,
    meeting_plan,
    notes,
    people,
    plan,
    policy,
    prebriefs,
    publishing,
    rail,
    record,
    recordings,
    rehearsal,
    requests,
    room,
    search,
    session,
    steps,
    talk,
    text,
    timeline,
    views,
    voice,
    wrap_up,
)

SUBJECTS = (
    session,
    people,
    audit,
    talk,
    alerts,
    incidents,
    record,
    attachments,
    views,
    steps,
    glossary,
    policy,
    incident_files,
    keeping,
    evidence,
    timeline,
    impact,
    cards,
    causes,
    plan,
    actions,
    detection,
    requests,
    search,
    live,
    lint,
    text,
    publishing,
    executive,
    captures,
    wrap_up,
    meeting,
    rail,
    room,
    meeting_plan,
    prebriefs,
    brief,
    invitation,
    notes,
    voice,
    rehearsal,
    jobs,
    recordings,
)


def build_app(world: World, door: Door, upload_limit_mb: int, wake: Callable[[], None]) -> FastAPI:
    """The app over a world, for whom `door` lets in; `wake` tells whoever works the queue of a new job."""
    app = described_app()
    hub, rooms, streams = Hub(world.feed), Rooms(world, door.actors), Streams()
    rails = RailHub(lambda incident_id: rail_of(LOCAL_OWNER, app.state.world, incident_id))

    def wake_both(incident_id: str) -> None:
        rooms.wake(incident_id)
        rails.wake(incident_id)

    app.state.world = replace(
        world,
        ledger=ToldLedger(world.ledger, hub.wake),
        room_log=ToldRoomLog(world.room_log, wake_both),
        journal=ToldJournal(world.journal, rails.wake, streams.forget),
    )
    app.state.rooms, app.state.rails, app.state.streams = rooms, rails, streams
    app.state.door, app.state.wake, app.state.hub, app.state.attempts = door, wake, hub, Attempts()
    app.state.notes = NotesRooms(world.notes, world.clock.now)
    app.state.voices = VoiceDesk(app.state.world, hear_voice)
    problems.install(app)

    @app.get(f"{API}/openapi.json", include_in_schema=False)
    def description(request: Request) -> Response:
        return describe(request, app)

    pages(app)
    app.add_middleware(Once, answered=world.answered, uploads=UPLOADS)
    app.add_middleware(Guard, door=door, world=world, upload_limit_mb=upload_limit_mb)
    return app


def described_app() -> FastAPI:
    """The routes of the API alone, without a world behind them: enough to describe it."""
    app = FastAPI(
        title="Second Story",
        version=__version__,
        description="The API of one installation. Every error is problem+json.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    for subject in SUBJECTS:
        app.include_router(subject.ROUTER, prefix=API)
    return app
