"""`secondstory comment`, `comments` and `undo`: talk on any subject, and taking back what one said oneself."""

from __future__ import annotations

from enum import StrEnum

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, made, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.talk import Thread
from secondstory.ports import World
from secondstory.usecases import talk as use
from secondstory.usecases.undo import Undone, undo_own

_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")


class Does(StrEnum):
    """What is done on the subject."""

    SAY = "say"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    SETTLE = "settle"
    REOPEN = "reopen"


def comment(
    incident: str = _INCIDENT,
    subject: str = typer.Argument(help="Key of a finding; comment/ID is a comment: to reply, or for the option."),
    text: str = typer.Argument("", help="What you say; @responder-2 tells that person."),
    does: Does = typer.Option(Does.SAY, "--do", help="Other than to say it: of comment/ID alone."),
    as_json: bool = typer.Option(False, "--json", help="Print the threads on the subject as JSON."),
) -> None:
    """Comment on a subject, reply, edit, take back or settle; then the threads on it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        do(_asked(incident_id, subject, text, does), lambda: _here(world, incident_id, subject, text, does))
        threads = use.talk(LOCAL_OWNER, world, incident_id)
    ident = subject.removeprefix("comment/")
    here = (one for one in threads if one.subject == subject or any(each.id == ident for each in one.remarks))
    _print(tuple(here), as_json)


def _here(world: World, incident_id: str, subject: str, text: str, does: Does) -> None:
    ident = subject.removeprefix("comment/")
    if does is Does.SAY:
        use.comment(LOCAL_OWNER, world, incident_id, subject, text)
    elif does is Does.EDIT:
        use.edit_comment(LOCAL_OWNER, world, incident_id, ident, text)
    elif does is Does.WITHDRAW:
        use.withdraw_comment(LOCAL_OWNER, world, incident_id, ident)
    else:
        use.settle(LOCAL_OWNER, world, incident_id, ident, settled=does is Does.SETTLE)


def _asked(incident_id: str, subject: str, text: str, does: Does) -> Change:
    """The same as the routes take it."""
    one = of(incident_id, "comments", subject.removeprefix("comment/"))
    if does is Does.SAY:
        return Change("POST", of(incident_id, "comments"), {"subject": subject, "text": text})
    if does is Does.EDIT:
        return Change("PUT", one, {"text": text})
    if does is Does.WITHDRAW:
        return Change("DELETE", one)
    return Change("PUT", f"{one}/settled", {"settled": does is Does.SETTLE})


def comments(
    incident: str = _INCIDENT,
    subject: str = typer.Option("", "--on", help="Only on this subject."),
    as_json: bool = typer.Option(False, "--json", help="Print the threads as JSON."),
) -> None:
    """List the comments of an incident, thread by thread."""
    with opened() as world:
        threads = use.talk(LOCAL_OWNER, world, named_incident(world, incident), subject)
    _print(threads, as_json)


def undo(
    incident: str = _INCIDENT,
    entry: str = typer.Option("", "--entry", help="Id of your own entry; without it, your last one that still holds."),
    as_json: bool = typer.Option(False, "--json", help="Print what was taken back as JSON."),
) -> None:
    """Take back what you said last in an incident; the ledger keeps both."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("POST", of(incident_id, "undo"), {"entry": entry})
        undone = made(asked, lambda: undo_own(LOCAL_OWNER, world, incident_id, entry), Undone)
    if as_json:
        print_json(undone)
        return
    say_line(undone.sentence)


def _print(threads: tuple[Thread, ...], as_json: bool) -> None:
    if as_json:
        print_json(threads)
        return
    rows = []
    for thread in threads:
        for place, remark in enumerate(thread.remarks):
            on = thread.subject if place == 0 else f"reply to {thread.id}"
            state = "taken back" if remark.withdrawn else "edited" if remark.edited_at else ""
            settled = f"settled by {thread.settled_by}" if thread.settled_by and place == 0 else ""
            rows.append((remark.id, remark.actor, on, remark.text, ", ".join(one for one in (state, settled) if one)))
    print_table("Comments", ("id", "who", "on", "words", "state"), rows)
