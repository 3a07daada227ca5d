"""`secondstory timeline`: the account as people amend it: list it, and what they add, edit, merge, hide and mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, made, of
from secondstory.cli.session import opened, print_json, say_line
from secondstory.cli.timeline_rows import print_aside, print_events, print_skew, print_versions
from secondstory.cli.typed_times import typed_when
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.amending import Edit, Entry, When
from secondstory.model.decision import Contribution, ContributionKind, Decision
from secondstory.model.dial import Dial
from secondstory.model.errors import BadInput
from secondstory.model.incident import Incident
from secondstory.model.timeline import EventKind, MilestoneKind, TimelineBody, TimelineEvent
from secondstory.ports import World
from secondstory.usecases import amend_timeline as use
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.correct_clock import correct_clock, preview_skew
from secondstory.usecases.timeline_now import events_now, history_of, timeline_now

APP = typer.Typer(help="The timeline: read it, and add, edit, merge, hide, mark, tell.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_EVENT = typer.Argument(help="T1, T2, … as `timeline list` numbers them, or its key.")
_JSON = typer.Option(False, "--json", help="Print JSON.")
_WHY = typer.Option("", "--why", help="The reason, for whoever reads this later.")
_AT = typer.Argument(help="TIME or FROM/TO, then a zone: 10:52, '10:52/10:55 UTC', 2026-11-21T10:52:00Z.")
_ABOUT = typer.Option("", "--service", help="The service that it was about.")
_FIELDS = ("title", "body", "service", "at")
_SEE = "`secondstory timeline list INCIDENT` numbers them."


class Only(StrEnum):
    """What `timeline list` can be cut down to."""

    STARRED = "starred"
    PEOPLE = "people"  # added or changed by people
    UNCONFIRMED = "unconfirmed"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class _Table:
    """What a verb works on: the incident, its timeline as it is now, and a reader of T-numbers."""

    world: World
    incident: Incident
    body: TimelineBody

    def key(self, name: str) -> str:
        """The key of an event by its number, or as it is."""
        if name[:1] in "Tt" and name[1:].isdigit():
            place = int(name[1:])
            if not 1 <= place <= len(self.body.events):
                raise BadInput(f"There is no event {name!r}; there are {len(self.body.events)}.", _SEE)
            return self.body.events[place - 1].key
        return name

    @property
    def at(self) -> tuple[Actor, World, str]:
        """What a use case takes first."""
        return LOCAL_OWNER, self.world, self.incident.id

    def decide(self, what: str, body: Mapping[str, object], here: Callable[[], Decision]) -> Decision:
        """Make a change below the timeline's address: by the server that runs, else here."""
        return made(Change("POST", of(self.incident.id, "timeline", what), body), here, Decision)


@APP.command("list")
def list_(
    incident: str = _INCIDENT,
    kind: list[EventKind] = typer.Option([], "--kind", help="Only of these kinds."),
    service: list[str] = typer.Option([], "--service", help="Only of these services."),
    only: list[Only] = typer.Option([], "--only", help="Only these; hidden lists what was hidden or merged, with why."),
    text: str = typer.Option("", "--text", help="Only entries with these words."),
    as_json: bool = _JSON,
) -> None:
    """The entries in time order, with stars, calls to dig, and who told them."""
    with opened() as world:
        table = _table(world, incident)
        now = timeline_now(LOCAL_OWNER, world, table.incident.id)
    raised = {one.subject: one for one in now.raised}
    dial = Dial.of(table.incident.time_zone, table.incident.window)
    if Only.HIDDEN in only:
        print_json(table.body.aside) if as_json else print_aside(table.body.aside, dial)
        return

    def shown(event: TimelineEvent) -> bool:
        stars = raised[event.key].stars if event.key in raised else 0
        return (
            (not kind or event.kind in kind)
            and (not service or event.service in service)
            and (Only.STARRED not in only or stars > 0)
            and (Only.PEOPLE not in only or bool(event.decision_ids))
            and (Only.UNCONFIRMED not in only or (event.amended is not None and event.amended.unconfirmed))
            and text.lower() in f"{event.title} {event.body}".lower()
        )

    chosen = [(place, event) for place, event in enumerate(table.body.events, start=1) if shown(event)]
    if as_json:
        print_json([event for _, event in chosen])
        return
    print_events(f"Timeline, {dial.zone_name(table.incident.window.start)}", chosen, raised, dial)
    for said in now.orphans:
        say_line(f"{said.id} ({said.verb} by {said.actor}) has lost what it spoke of: {said.subject}")
    if now.orphans:
        say_line(f"Next: secondstory timeline attach {table.incident.id} DECISION EVENT")


@APP.command("history")
def history(incident: str = _INCIDENT, event: str = _EVENT, as_json: bool = _JSON) -> None:
    """Every version of an entry: by whom, when and why."""
    with opened() as world:
        table = _table(world, incident)
        found = history_of(LOCAL_OWNER, world, table.incident.id, table.key(event))
    if as_json:
        print_json(found)
        return
    print_versions(found.versions, found.found)


@APP.command("add")
def add(
    incident: str = _INCIDENT,
    at: str = _AT,
    title: str = typer.Argument(help="What happened, in a sentence."),
    body: str = typer.Option("", "--body", help="More about it."),
    service: str = _ABOUT,
    as_json: bool = _JSON,
) -> None:
    """Add an event that nothing recorded."""
    _run(incident, as_json, lambda table: _add(table, at, (title, body, service), None))


@APP.command("told")
def told(
    incident: str = _INCIDENT,
    teller: str = typer.Argument(help="The role token of whose account it is, such as responder-2; never a name."),
    at: str = _AT,
    title: str = typer.Argument(help="What was told, in a sentence."),
    service: str = _ABOUT,
    as_json: bool = _JSON,
) -> None:
    """Write down what a person told. It is marked unconfirmed until that person confirms or corrects it."""
    _run(incident, as_json, lambda table: _add(table, at, (title, "", service), teller))


@APP.command("confirm")
def confirm(incident: str = _INCIDENT, event: str = _EVENT, as_json: bool = _JSON) -> None:
    """Confirm your own account; nobody else can."""

    def change(table: _Table) -> Decision:
        key = table.key(event)
        return table.decide("confirmations", {"event": key}, lambda: use.confirm_event(*table.at, key))

    _run(incident, as_json, change)


@APP.command("edit")
def edit(
    incident: str = _INCIDENT,
    event: str = _EVENT,
    changes: list[str] = typer.Argument(help="FIELD=VALUE: title=…, body=…, service=…, at='10:52/10:55 UTC'."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """A new version of an event; the earlier ones stay in its history."""

    def change(table: _Table) -> Decision:
        given = dict(_field(one) for one in changes)
        when = typed_when(given["at"], table.incident) if "at" in given else None

        def version() -> Edit:
            return Edit(when, given.get("title"), given.get("body"), given.get("service"))

        key = table.key(event)
        body = {"event": key, "when": _span(when), "why": why, **{name: given.get(name) for name in _FIELDS[:3]}}
        return table.decide("edits", body, lambda: use.edit_event(*table.at, key, version, why))

    _run(incident, as_json, change)


@APP.command("hide")
def hide(
    incident: str = _INCIDENT,
    event: str = _EVENT,
    why: str = typer.Option(..., "--why", help="The reason, for whoever looks for it later."),
    as_json: bool = _JSON,
) -> None:
    """Take an event out of the account. It is kept, and `timeline list --hidden` shows it with why."""

    def change(table: _Table) -> Decision:
        key = table.key(event)
        return table.decide("hidden", {"event": key, "why": why}, lambda: use.hide_event(*table.at, key, why))

    _run(incident, as_json, change)


@APP.command("merge")
def merge(
    incident: str = _INCIDENT,
    event: str = _EVENT,
    into: str = typer.Argument(help="The event that stays."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Say that two events tell the same; `timeline undo` splits them again."""

    def change(table: _Table) -> Decision:
        both = table.key(event), table.key(into)
        body = {"event": both[0], "into": both[1], "why": why}
        return table.decide("merges", body, lambda: use.merge_events(*table.at, both, why))

    _run(incident, as_json, change)


@APP.command("note")
def note(
    incident: str = _INCIDENT,
    event: str = _EVENT,
    text: str = typer.Argument(help="The remark."),
    as_json: bool = _JSON,
) -> None:
    """Leave a remark that stays with an event."""

    def change(table: _Table) -> Decision:
        key = table.key(event)
        return table.decide("notes", {"event": key, "text": text}, lambda: use.note_event(*table.at, key, text))

    _run(incident, as_json, change)


@APP.command("link")
def link(
    incident: str = _INCIDENT,
    message: str = typer.Argument(help="A chat message, T1, T2, … or its key."),
    to: str = typer.Argument(help="The event, or the key of a hypothesis, that it is evidence for."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Link a chat message as evidence."""

    def change(table: _Table) -> Decision:
        both = table.key(message), table.key(to)
        body = {"message": both[0], "subject": both[1], "why": why}
        return table.decide("links", body, lambda: use.link_message(*table.at, both, why))

    _run(incident, as_json, change)


@APP.command("mark")
def mark(
    incident: str = _INCIDENT,
    milestone: MilestoneKind = typer.Argument(help="Which milestone."),
    at: str = _AT,
    event: str = typer.Option("", "--event", help="The event that shows it."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Say when a milestone was, and which event shows it."""

    def change(table: _Table) -> Decision:
        when = typed_when(at, table.incident)
        shows = table.key(event) if event else ""
        marked = use.MilestoneMark(milestone, when.earliest, when.latest, shows, why)
        body = {"milestone": milestone, "start": when.earliest, "end": when.latest, "event": shows, "why": why}
        return table.decide("milestones", body, lambda: use.mark_milestone(*table.at, marked))

    _run(incident, as_json, change)


@APP.command("star")
def star(
    incident: str = _INCIDENT,
    event: str = _EVENT,
    off: bool = typer.Option(False, "--off", help="Take your star back."),
    as_json: bool = _JSON,
) -> None:
    """Star an event."""
    _run(incident, as_json, lambda table: _toggle(table, event, ContributionKind.STAR, not off))


@APP.command("dig")
def dig(
    incident: str = _INCIDENT,
    event: str = _EVENT,
    off: bool = typer.Option(False, "--off", help="Take your vote back."),
    as_json: bool = _JSON,
) -> None:
    """Ask to dig here."""
    _run(incident, as_json, lambda table: _toggle(table, event, ContributionKind.DIG_HERE, not off))


@APP.command("skew")
def skew(
    incident: str = _INCIDENT,
    source: str = typer.Argument(
        help="A source: alert, page, chat, deploy, …, signals for what is measured, or of one system alert/gateway."
    ),
    seconds: float = typer.Argument(help="Seconds to add to its times; after `--` where they are below zero."),
    accept: bool = typer.Option(False, "--accept", help="Accept the correction; without it only its effect is shown."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Correct the clock of a source: shows first which events move, overtake others and cross milestones."""
    with opened() as world:
        table = _table(world, incident)
        preview = preview_skew(LOCAL_OWNER, world, table.incident.id, source, seconds)
        if accept:
            body = {"source": source, "seconds": seconds, "why": why}
            table.decide("skews", body, lambda: correct_clock(*table.at, (source, seconds), why))
    if as_json:
        print_json(preview)
        return
    print_skew(preview, Dial.of(table.incident.time_zone, table.incident.window), accepted=accept)


@APP.command("attach")
def attach(
    incident: str = _INCIDENT,
    decision: str = typer.Argument(help="The id of a decision that has lost what it spoke of."),
    event: str = _EVENT,
    as_json: bool = _JSON,
) -> None:
    """Let a decision whose subject is gone speak of another event."""

    def change(table: _Table) -> Decision:
        both = decision, table.key(event)
        body = {"decision": both[0], "event": both[1]}
        return table.decide("reattached", body, lambda: use.attach_again(*table.at, both))

    _run(incident, as_json, change)


@APP.command("undo")
def undo(
    incident: str = _INCIDENT,
    decision: str = typer.Argument(help="Its id, as the verb printed it and `timeline history` lists it."),
    as_json: bool = _JSON,
) -> None:
    """Take back a decision on the timeline; the ledger keeps both."""

    def change(table: _Table) -> Decision:
        path = of(table.incident.id, "timeline", "decisions", decision)
        return made(Change("DELETE", path), lambda: use.take_back(*table.at, decision), Decision)

    _run(incident, as_json, change)


def _table(world: World, incident: str) -> _Table:
    incident_id = named_incident(world, incident)
    return _Table(world, get_incident(world, incident_id), events_now(LOCAL_OWNER, world, incident_id))


def _run(incident: str, as_json: bool, change: Callable[[_Table], Decision | Contribution]) -> None:
    """Make a change and print what was kept of it."""
    with opened() as world:
        table = _table(world, incident)
        kept = change(table)
    if as_json:
        print_json(kept)
        return
    say_line(f"Kept as {kept.id}, on {kept.subject}.")
    say_line(f"The document has it after: secondstory analyse {table.incident.id}")


def _add(table: _Table, at: str, words: tuple[str, str, str], teller: str | None) -> Decision:
    title, body, service = words
    when = typed_when(at, table.incident)
    given = {"when": _span(when), "title": title, "body": body, "service": service or None, "told_by": teller}

    def entry() -> Entry:
        return Entry(when, title, body, service or None, teller)

    return table.decide("events", given, lambda: use.add_event(*table.at, entry))


def _field(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or name not in _FIELDS:
        raise BadInput(f"{text!r} names no field of an event.", "Give FIELD=VALUE with one of: " + ", ".join(_FIELDS))
    return name, value


def _toggle(table: _Table, event: str, kind: ContributionKind, on: bool) -> Contribution:
    key = table.key(event)
    asked = Change("POST", of(table.incident.id, "timeline", "toggles"), {"event": key, "kind": kind, "on": on})
    return made(asked, lambda: use.toggle(*table.at, key, (kind, on)), Contribution)


def _span(when: When | None) -> dict[str, object] | None:
    """An interval as the routes take it."""
    return None if when is None else {"start": when.earliest, "end": when.latest, "zone": when.zone}
