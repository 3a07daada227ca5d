"""`secondstory meeting answer`, `point` and `reply`: who comes, what they object to or add, and the answer to it."""

from __future__ import annotations

import typer

from secondstory.cli.meeting.planned import print_plan
from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.meeting_plan import Answer, PointKind, PointOutcome
from secondstory.usecases.meeting_plan import answering as use

_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print the plan as JSON.")


def answer(
    incident: str = _INCIDENT,
    given: Answer = typer.Argument(help="Whether you come."),
    who: str = typer.Option("", "--who", help="Note the answer of somebody else on the list."),
    why: str = typer.Option("", "--why", help="A word with it."),
    as_json: bool = _JSON,
) -> None:
    """Say whether you come, or note what somebody said."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        body = {"answer": given.value, "who": who, "why": why}
        asked = Change("PUT", of(incident_id, "meeting", "plan", "answer"), body)
        do(asked, lambda: use.answer_invitation(LOCAL_OWNER, world, incident_id, given, (who, why)))
        print_plan(world, incident_id, as_json)


def point(
    incident: str = _INCIDENT,
    words: str = typer.Argument(help="What the meeting should do differently, or what is missing."),
    kind: PointKind = typer.Option(PointKind.ADDITION, "--as", help="An objection, or an addition."),
    box: str = typer.Option("", "--box", help="Key of the part of the agenda; without it, the meeting as a whole."),
    as_json: bool = _JSON,
) -> None:
    """Object to the agenda or add to it; whoever leads the meeting answers."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        body = {"kind": kind.value, "box": box, "words": words}
        asked = Change("POST", of(incident_id, "meeting", "plan", "points"), body)
        do(asked, lambda: use.raise_point(LOCAL_OWNER, world, incident_id, kind, (box, words)))
        print_plan(world, incident_id, as_json)


def reply(
    incident: str = _INCIDENT,
    point_id: str = typer.Argument(help="Id of the point."),
    outcome: PointOutcome = typer.Argument(help="What becomes of it."),
    words: str = typer.Option("", "--words", help="In a sentence; needed for not_now."),
    as_json: bool = _JSON,
) -> None:
    """Answer a point: taken in, parked, or not now with the reason."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change(
            "PUT",
            of(incident_id, "meeting", "plan", "points", point_id),
            {"outcome": outcome.value, "words": words},
        )
        do(asked, lambda: use.reply_to_point(LOCAL_OWNER, world, incident_id, point_id, (outcome, words)))
        print_plan(world, incident_id, as_json)
