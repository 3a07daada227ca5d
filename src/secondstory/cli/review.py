"""`secondstory review`: where the document stands, what holds it back, and who agreed."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import EXIT_NEGATIVE, opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.text import ReviewState
from secondstory.model.window import format_time
from secondstory.texts import say
from secondstory.usecases import review as use

APP = typer.Typer(help="The document's review: what holds it back, asking, approving.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_WHY = typer.Option("", "--why", help="The reason, for whoever reads this later.")


@APP.command("show")
def show(incident: str = _INCIDENT, as_json: bool = typer.Option(False, "--json", help="Print as JSON.")) -> None:
    """Where the document stands. Exit code 1 where a finding holds it back."""
    with opened() as world:
        now = use.read_review(LOCAL_OWNER, world, named_incident(world, incident))
    if as_json:
        print_json(now)
    else:
        say_line(f"{say(f'publishing.state_{now.review.state.value}')}, text {now.review.hash[:16]}")
        for step in now.review.steps:
            told = say(f"publishing.state_{step.state.value}")
            say_line(f"  {format_time(step.at)}  {told}  {step.actor}  {step.why}")
        weight = {True: "blocks", False: "warns"}
        rows = [
            (one.key, one.kind.value, weight[one.blocks], one.section, one.sentence, one.reason, one.override)
            for one in now.checks
        ]
        names = ("finding", "kind", "weight", "section", "sentence", "reason", "override")
        print_table("Findings", names, rows, whole_names=True)
    if any(one.holds_back for one in now.checks):
        raise typer.Exit(EXIT_NEGATIVE)


@APP.command("ask")
def ask(incident: str = _INCIDENT, why: str = _WHY) -> None:
    """Ask for a review of the text as it is now."""
    _move(incident, ReviewState.IN_REVIEW, why)
    say_line(say("publishing.asked"))


@APP.command("approve")
def approve(incident: str = _INCIDENT, why: str = _WHY) -> None:
    """Approve the text as it is now; a later change ends the approval."""
    incident_id = _move(incident, ReviewState.APPROVED, why)
    say_line(say("publishing.approved", incident=incident_id))


@APP.command("return")
def hand_back(incident: str = _INCIDENT, why: str = _WHY) -> None:
    """Hand it back as a draft; after publishing, begin the next version."""
    _move(incident, ReviewState.DRAFT, why)
    say_line(say("publishing.returned"))


@APP.command("override")
def let_pass(
    incident: str = _INCIDENT,
    finding: str = typer.Argument(help="Its key, as `review show` gives it."),
    why: str = typer.Option(..., "--why", help="The reason; it is kept with the version."),
) -> None:
    """Let a finding pass, with the reason."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("POST", of(incident_id, "review", "overrides"), {"check": finding, "why": why})
        do(asked, lambda: use.override(LOCAL_OWNER, world, incident_id, finding, why))
    say_line(say("publishing.overridden"))


def _move(incident: str, state: ReviewState, why: str) -> str:
    with opened() as world:
        incident_id = named_incident(world, incident)
        asked = Change("POST", of(incident_id, "review", "steps"), {"state": state, "why": why})
        do(asked, lambda: use.move(LOCAL_OWNER, world, incident_id, state, why))
    return incident_id
