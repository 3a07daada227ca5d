"""`secondstory meeting prebrief` and `executives`: private talks before the meeting, and the word to executives."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, made, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.prebrief import PreBriefs, Spoken
from secondstory.texts import say
from secondstory.usecases.meeting_plan import executives as word
from secondstory.usecases.meeting_plan import prebriefing as use
from secondstory.usecases.meeting_plan.executives import ExecutiveNote

_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")


def prebrief(
    incident: str = _INCIDENT,
    done: str = typer.Option("", "--done", help="You spoke with this person."),
    note: str = typer.Option("", "--note", help="With --done: words for yourself; they are sealed."),
    as_json: bool = typer.Option(False, "--json", help="Print the list as JSON."),
) -> None:
    """List whom to speak with alone before the meeting, with a sentence for each."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if done:
            body = {"who": done, "done": True, "note": note}
            asked = Change("PUT", of(incident_id, "meeting", "prebriefs"), body)
            spoken = Spoken(done, True, note)
            found = made(asked, lambda: use.note_prebrief(LOCAL_OWNER, world, incident_id, spoken), PreBriefs)
        else:
            found = use.prebriefs_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(found)
        return
    say_line(say("prebrief.over" if found.is_over else "prebrief.heading" if found.people else "prebrief.none"))
    columns = tuple(say(f"prebrief.column_{name}") for name in ("who", "why", "say", "state"))
    rows = [
        (one.token, "; ".join(one.why), one.sentence, say("prebrief.done" if one.is_done else "prebrief.open"))
        for one in found.people
    ]
    if rows:
        print_table("", columns, rows, whole_names=True)


def executives(
    incident: str = _INCIDENT,
    send: bool = typer.Option(False, "--send", help="Queue it for each executive on the list."),
    as_json: bool = typer.Option(False, "--json", help="Print it as JSON."),
) -> None:
    """Print the word to executives before the meeting; with --send, send it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if send:
            asked = Change("POST", of(incident_id, "meeting", "executives"))
            found = made(asked, lambda: word.send_executive_note(LOCAL_OWNER, world, incident_id), ExecutiveNote)
        else:
            found = word.executive_note(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(found)
        return
    for heading, lines in (
        ("executive_findings", [card.text for card in found.findings]),
        ("executive_is_not", [*found.is_not, found.in_room]),
        ("executive_ask", [found.ask.text]),
    ):
        say_line(say(f"prebrief.{heading}"))
        for line in lines:
            say_line(f"  {line}")
    say_line(", ".join(found.to) or say("prebrief.executive_nobody"))
