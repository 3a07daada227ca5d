"""`secondstory wordings`: the words for hard moments, and one's own among them."""

from __future__ import annotations

import typer

from secondstory.blameless.replies.ladder import Room
from secondstory.blameless.replies.recognising import Occasion
from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.utterance import SpeakerRole, Utterance
from secondstory.usecases import wordings as use
from secondstory.usecases.replies import Offer, reply_for

APP = typer.Typer(help="The words for hard moments: list them, add your own, remove them.", no_args_is_help=True)
_JSON = typer.Option(False, "--json", help="Print as JSON.")


@APP.command("list")
def list_(
    moment: str = typer.Argument("", help="A moment, such as M01; without it, all moments and your own wordings."),
    as_json: bool = _JSON,
) -> None:
    """The moments with how many wordings each has, or all wordings of one moment."""
    with opened() as world:
        kept = use.all_wordings(LOCAL_OWNER, world, moment)
    if as_json:
        print_json(kept)
        return
    if moment:
        rows = [(one.key, one.step.value, one.text) for one in kept]
        print_table(f"Wordings of {moment.upper()}", ("key", "step", "words"), rows, whole_names=True)
        return
    counts: dict[str, int] = {}
    for one in kept:
        counts[one.moment] = counts.get(one.moment, 0) + 1
    titles = dict(use.moment_titles())
    print_table("Hard moments", ("moment", "what", "wordings"), [(m, titles[m], str(n)) for m, n in counts.items()])
    own = [(one.key, one.moment, one.step.value, one.text) for one in kept if one.owner]
    print_table("Your own", ("key", "moment", "step", "words"), own, whole_names=True)


@APP.command("add")
def add(
    moment: str = typer.Argument(help="The moment, such as M01."),
    step: str = typer.Argument(help="note, nudge, redirect, firm, outside or support."),
    text: str = typer.Argument(help="The words; {panel}, {time} and other slots are filled from the incident."),
    for_all: bool = typer.Option(False, "--for-all", help="Give it to the whole organisation."),
    as_json: bool = _JSON,
) -> None:
    """Add a wording of your own; it joins once the coach finds no blame in it."""
    from secondstory.wiring import coach  # noqa: PLC0415 - its weights cost time that --help should not

    with opened() as world:
        added = use.add_wording(LOCAL_OWNER, world, coach().judge, (moment, step, text), for_all=for_all)
    if as_json:
        print_json(added)
        return
    say_line(f"Added to {added.moment} at the step {added.step.value}: {added.key}")


@APP.command("remove")
def remove(key: str = typer.Argument(help="The key of one of your own wordings."), as_json: bool = _JSON) -> None:
    """Remove a wording of your own."""
    with opened() as world:
        gone = use.remove_wording(LOCAL_OWNER, world, key)
    if as_json:
        print_json(gone)
        return
    say_line(f"Removed: {gone.text}")


@APP.command("try")
def try_(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    text: str = typer.Argument(help="What somebody says."),
    role: SpeakerRole = typer.Option(SpeakerRole.UNKNOWN, "--role", help="Who says it."),
    as_json: bool = _JSON,
) -> None:
    """What you could answer to a sentence, filled with the facts of an incident."""
    from secondstory.wiring import coach  # noqa: PLC0415 - its weights cost time that --help should not

    utterance = Utterance(text, speaker_role=role)
    occasion = Occasion(utterance, coach().judge(utterance))
    with opened() as world:
        offer = reply_for(LOCAL_OWNER, world, named_incident(world, incident), occasion, Room())
    if as_json:
        print_json(offer)
        return
    if offer.reply is not None:
        say_line(f"{offer.reply.title} ({offer.reply.step.value})")
        for told in (offer.reply.text, offer.reply.invitation, f"For the minutes: {offer.reply.point}"):
            say_line(f"  {told}")
    if offer.card is not None:
        say_line(f"{offer.card.question}\n  {offer.card.text}")
    if offer == Offer(None, None):
        say_line("Nothing to answer: it reads as a plain statement or an open question.")
