"""`secondstory meeting rail`: what the facilitator alone sees, and what is done with it."""

from __future__ import annotations

import typer

from secondstory.cli.meeting.finding import print_finding
from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, made, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import NotFound
from secondstory.model.hearing import RailAct
from secondstory.ports import World
from secondstory.texts import counted, say
from secondstory.usecases.room.before_closing import BeforeClosing, before_closing
from secondstory.usecases.room.rail_view import RailView, act_on, rail_of
from secondstory.usecases.room.words import RailWords, words_now


def rail(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    does: RailAct | None = typer.Option(None, "--do", help="Do this with the finding in view, or at --cue."),
    cue: int = typer.Option(0, "--cue", min=0, help="The cue of a finding or a question, for --do."),
    words: bool = typer.Option(False, "--words", help="Print a summary so far and a paraphrase to offer."),
    closing: bool = typer.Option(False, "--closing", help="Print who was not heard and what has no answer yet."),
    as_json: bool = typer.Option(False, "--json", help="Print it as JSON."),
) -> None:
    """Show the rail of the live meeting: the finding in view with a reply, voices, the next question."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if words:
            _print_words(words_now(LOCAL_OWNER, world, incident_id), as_json)
            return
        if closing:
            found = before_closing(LOCAL_OWNER, world, incident_id)
            print_json(found) if as_json else print_closing(found)
            return
        view = _done(world, incident_id, does, cue) if does is not None else rail_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(view)
        return
    print_rail(view)


def _print_words(words: RailWords, as_json: bool) -> None:
    if as_json:
        print_json(words)
        return
    for line in (*words.summary, words.paraphrase):
        say_line(line)


def print_rail(view: RailView) -> None:
    """Print what a facilitator reads from top to bottom."""
    if not view.is_live:
        say_line(say("rail.not_on"))
        return
    if view.card is not None:
        print_finding(view.card)
    say_line(say("rail.waiting", heard=view.heard, waiting=view.waiting))
    if view.voices.shares:
        rows = [(one.speaker, f"{one.ratio:.0%}") for one in view.voices.shares]
        print_table(say("rail.voices", step=view.voices.step), ("who", "share"), rows, whole_names=True)
    for one in (view.voices.cut, view.voices.quiet):
        if one is not None:
            say_line(f"{one.why} “{one.text}”")
    if view.question is not None:
        say_line(say("rail.ask", text=view.question.text))
    if view.rule is not None:
        say_line(say("rail.rule", text=view.rule.text))


def print_closing(found: BeforeClosing) -> None:
    """Print what is open before a meeting is closed."""
    if not found.is_live:
        say_line(say("rail.not_on"))
        return
    for unheard in found.unheard:
        key = "closing_hand" if unheard.hand_is_up else "closing_unheard"
        say_line(f"{say(f'rail.{key}', role=unheard.role)} “{unheard.ask}”")
    if not found.unheard:
        say_line(say("rail.closing_heard" if found.captions else "rail.closing_read"))
    if found.unheard and not found.captions:
        say_line(say("rail.closing_no_captions"))
    if found.unheard and found.strangers:
        say_line(counted("rail.closing_strangers", found.strangers))
    for asked in found.questions:
        who = asked.speaker or say("coaching.unnamed")
        say_line(say("rail.closing_asked", cue=asked.cue, who=who, text=asked.text))
        say_line(f"    → {asked.answer or say('rail.closing_no_card')}")
    if found.questions:
        say_line(say("rail.closing_settle"))
    if found.cards:
        say_line(counted("rail.closing_cards", found.cards))


def _done(world: World, incident_id: str, does: RailAct, cue: int) -> RailView:
    if cue:
        return do_with(world, incident_id, does, cue)
    card = rail_of(LOCAL_OWNER, world, incident_id).card
    if card is None:
        raise NotFound(say("rail.no_card"), say("rail.no_cue_next"))
    return do_with(world, incident_id, does, card.cue)


def do_with(world: World, incident_id: str, does: RailAct, cue: int) -> RailView:
    """Do something with the finding at a cue, by the server that runs or here; the rail after it."""
    asked = Change("POST", of(incident_id, "meeting", "rail"), {"does": {"act": does.value, "cue": cue}})

    def here() -> RailView:
        act_on(LOCAL_OWNER, world, incident_id, does, cue)
        return rail_of(LOCAL_OWNER, world, incident_id)

    return made(asked, here, RailView)
