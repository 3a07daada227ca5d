"""`secondstory matrix`: competing hypotheses and their predictions, and what people add, mark, judge and vote."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import ERR, as_told, opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.causes import Hypothesis, Mechanism, Part
from secondstory.model.errors import BadInput
from secondstory.model.matrix import Cell, Matrix, Result
from secondstory.ports import World
from secondstory.texts import catalogue, say
from secondstory.usecases import weigh as use
from secondstory.usecases.weigh import Weighed

APP = typer.Typer(help="Competing hypotheses: read the matrix, add to it, mark cells.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print the matrix with all that was said as JSON.")
_WHY = typer.Option("", "--why", help="The reason, for whoever reads this later.")
_INDICATOR = "report.indicator_"
_SEE = "`secondstory matrix show INCIDENT` numbers them."
_MARKS = {Result.HELD: "held", Result.FAILED: "FAILED", Result.UNTOLD: "?", Result.SILENT: "–"}


class Standing(StrEnum):
    """What a person decides about a hypothesis."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Vote(StrEnum):
    """A vote; none takes the last one back."""

    FOR = "for"
    AGAINST = "against"
    NONE = "none"


@APP.command("show")
def show(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """Hypotheses H1, H2, … across, predictions P1, P2, … down, and the case against the leader."""
    _run(incident, as_json, lambda _world, _incident: None)


@APP.command("add")
def add(
    incident: str = _INCIDENT,
    where: str = typer.Argument(help="SERVICE, or CALLER->CALLEE; with #INDICATOR a signal that must have departed."),
    words: str = typer.Argument(help="What happened, in a sentence."),
    mechanism: Mechanism = typer.Option(Mechanism.UNKNOWN, "--mechanism", help="How."),
    part: Part = typer.Option(Part.INITIATING, "--part", help="The part it played."),
    as_json: bool = _JSON,
) -> None:
    """Put forward your own hypothesis; it is tested like the machine's."""

    def change(world: World, incident_id: str) -> None:
        ends, _, indicator = where.partition("#")
        service, _, peer = ends.partition("->")
        known = use.weigh(LOCAL_OWNER, world, incident_id).services
        for one in (name.strip() for name in (service, peer) if name.strip() and name.strip() not in known):
            ERR.print(as_told(say("weighing.not_on_record", service=one, known=", ".join(known))))
        idea = use.Idea(service, words, mechanism, part, indicator, peer, "")
        body = {"service": service, "words": words, "mechanism": mechanism, "part": part}
        asked = _post(incident_id, "hypotheses", {**body, "indicator": indicator, "peer": peer})
        do(asked, lambda: use.propose(LOCAL_OWNER, world, incident_id, idea))

    _run(incident, as_json, change)


@APP.command("mark")
def mark(
    incident: str = _INCIDENT,
    hypothesis: str = typer.Argument(help="H1, H2, … as `matrix show` numbers them, or its key."),
    row: str = typer.Argument(help="P1, P2, … or the row's key."),
    result: Result = typer.Argument(help="What became of the prediction."),
    why: str = typer.Option(..., "--why", help="The reason, for whoever reads this later."),
    as_json: bool = _JSON,
) -> None:
    """Disagree with a cell."""

    def change(world: World, incident_id: str) -> None:
        cell = _cell(use.weigh(LOCAL_OWNER, world, incident_id), hypothesis, row)
        asked = _post(incident_id, "marks", {"cell": cell.subject, "result": result, "why": why})
        do(asked, lambda: use.mark(LOCAL_OWNER, world, incident_id, cell.subject, (result, why)))

    _run(incident, as_json, change)


@APP.command("judge")
def judge(
    incident: str = _INCIDENT,
    hypothesis: str = typer.Argument(help="H1, H2, … or its key."),
    standing: Standing = typer.Argument(help="What is decided."),
    why: str = _WHY,
    as_json: bool = _JSON,
) -> None:
    """Accept or reject a hypothesis."""

    def change(world: World, incident_id: str) -> None:
        key = _hypothesis(use.weigh(LOCAL_OWNER, world, incident_id), hypothesis).key
        asked = _post(incident_id, "standings", {"hypothesis": key, "standing": standing, "why": why})
        do(asked, lambda: use.judge(LOCAL_OWNER, world, incident_id, key, (standing.value, why)))

    _run(incident, as_json, change)


@APP.command("vote")
def vote(
    incident: str = _INCIDENT,
    hypothesis: str = typer.Argument(help="H1, H2, … or its key."),
    given: Vote = typer.Argument(help="Your vote."),
    as_json: bool = _JSON,
) -> None:
    """Vote on a hypothesis; votes stand beside the ranking and change nothing in it."""

    def change(world: World, incident_id: str) -> None:
        key = _hypothesis(use.weigh(LOCAL_OWNER, world, incident_id), hypothesis).key
        text = "" if given is Vote.NONE else given.value
        asked = _post(incident_id, "votes", {"hypothesis": key, "vote": given})
        do(asked, lambda: use.vote(LOCAL_OWNER, world, incident_id, key, text))

    _run(incident, as_json, change)


@APP.command("undo")
def undo(
    incident: str = _INCIDENT,
    decision: str = typer.Argument("", help="Its id, as `matrix show` gives it; without it, the last one."),
    as_json: bool = _JSON,
) -> None:
    """Take back a decision on a hypothesis or a cell; the ledger keeps both."""

    def change(world: World, incident_id: str) -> None:
        said = use.weigh(LOCAL_OWNER, world, incident_id).said
        if not decision and not said:
            raise BadInput("Nothing was said in this matrix that could be taken back.")
        which = decision or said[0].id
        asked = Change("DELETE", of(incident_id, "matrix", "decisions", which))
        do(asked, lambda: use.undo(LOCAL_OWNER, world, incident_id, which))

    _run(incident, as_json, change)


def _post(incident_id: str, what: str, body: dict[str, object]) -> Change:
    return Change("POST", of(incident_id, "matrix", what), body)


def _run(incident: str, as_json: bool, change: Callable[[World, str], None]) -> None:
    """Make a change, then print the matrix as it is after it."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        change(world, incident_id)
        weighed = use.weigh(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(weighed)
        return
    _print(weighed)
    if not weighed.in_document:
        say_line(f"The document does not have all of this yet. Next: secondstory analyse {incident_id}")


def _print(weighed: Weighed) -> None:
    matrix = weighed.causes.matrix
    if matrix is None:
        say_line("No hypothesis stands, so there is nothing to set against predictions.")
        return
    _print_hypotheses(weighed, matrix)
    numbers = tuple(f"H{place}" for place in range(1, len(matrix.columns) + 1))
    rows = [
        (f"P{place} {_plainly(row.title)}", f"{row.separates:.2f}", *(_shown(cell) for cell in row.cells))
        for place, row in enumerate(matrix.rows, start=1)
    ]
    print_table("Predictions", ("prediction", "separates", *numbers), rows)
    say_line("")
    say_line(_plainly(matrix.steadiness))
    for flip in matrix.flips:
        say_line(_plainly(f"  {flip.sentence} {flip.ask}"))
    if matrix.objection is not None:
        say_line(_plainly(f"Ask of the leader: {matrix.objection.question}"))
        for doubt in matrix.objection.doubts:
            say_line(_plainly(f"  {doubt.sentence}"))
    print_table("Said", ("id", "what", "on", "why"), [(one.id, one.verb, one.subject, one.why) for one in weighed.said])


def _print_hypotheses(weighed: Weighed, matrix: Matrix) -> None:
    rows = [
        (
            f"H{place}",
            one.words or _named(one),
            one.standing.value,
            str(column.place or "–"),
            f"{column.against_low:.1f} to {column.against_high:.1f}",
            str(column.fused_place or "–"),
            f"{column.votes_for} for, {column.votes_against} against",
        )
        for place, (one, column) in enumerate(zip(weighed.causes.hypotheses, matrix.columns, strict=True), start=1)
    ]
    columns = ("", "hypothesis", "standing", "place", "against it", "by methods", "votes")
    print_table("Hypotheses, ranked by least evidence against", columns, rows)


def _named(one: Hypothesis) -> str:
    if one.part is Part.TRIGGER:
        return say("report.explains_trigger", change=f"“{one.indicator}”", service=one.service)
    return say(f"report.explains_{one.mechanism.value}", service=one.service)


def _plainly(text: str) -> str:
    """A sentence with indicators in words where we have them: call_error_ratio is the share of failed calls."""
    words = {key.removeprefix(_INDICATOR): told for key, told in catalogue().items() if key.startswith(_INDICATOR)}
    return re.sub(r"\w+", lambda found: words.get(found[0], found[0]), text)


def _shown(cell: Cell) -> str:
    """A cell in a word; a person's mark carries a star."""
    return _MARKS[cell.result] + ("*" if cell.decision_ids else "")


def _hypothesis(weighed: Weighed, name: str) -> Hypothesis:
    every = weighed.causes.hypotheses
    chosen = [one for place, one in enumerate(every, start=1) if name in (one.key, f"H{place}", f"h{place}")]
    if not chosen:
        raise BadInput(f"There is no hypothesis {name!r}; there are {len(every)}.", _SEE)
    return chosen[0]


def _cell(weighed: Weighed, hypothesis: str, row: str) -> Cell:
    key = _hypothesis(weighed, hypothesis).key
    rows = weighed.causes.matrix.rows if weighed.causes.matrix is not None else ()
    for place, one in enumerate(rows, start=1):
        if row in (one.key, f"P{place}", f"p{place}"):
            return next(cell for cell in one.cells if cell.hypothesis == key)
    raise BadInput(f"There is no prediction {row!r}; there are {len(rows)}.", _SEE)
