"""`secondstory decide`: a person's verdict on a finding, appended to the incident's ledger."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.session import opened, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.decision import DecisionVerb
from secondstory.usecases.decide import Verdict, subjects
from secondstory.usecases.decide import decide as run

_MOST_KEYS = 30


def decide(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    subject: str = typer.Argument(help="Key of the finding, as `show --json` gives it."),
    verb: DecisionVerb = typer.Argument(help="What the decision does."),
    text: str = typer.Option("", "--text", help="New words, entry or interval, where the verb needs them."),
    why: str = typer.Option(..., "--why", help="The reason, for whoever reads this later."),
) -> None:
    """Accept, reject, reword, add or mark. Findings are never overwritten; the next analysis folds the decision in."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        known = subjects(LOCAL_OWNER, world, incident_id)
        decision = run(LOCAL_OWNER, world, incident_id, Verdict(subject, verb, text, why))
    if subject not in known and verb is not DecisionVerb.ADD:
        say_line(f"Nothing found so far has the key {subject!r}; the decision waits until something has.")
        say_line("Keys now:" if known else "There are none, for nothing was analysed yet.")
        for key in known[:_MOST_KEYS]:
            say_line(f"  {key}")
        if len(known) > _MOST_KEYS:
            say_line(f"and {len(known) - _MOST_KEYS} entries of the timeline: secondstory show {incident_id} --json")
    say_line(f"Recorded as {decision.id}. Next: secondstory analyse {incident_id}")
