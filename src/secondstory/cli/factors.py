"""`secondstory factors`: what contributed and how, what went badly, well or by luck, and accepted risks."""

from __future__ import annotations

from collections.abc import Callable

import typer

from secondstory.cli.actions import Asked, change_plan, names_in, print_warnings, read_day
from secondstory.cli.naming import named_incident
from secondstory.cli.session import explained, opened, print_json, print_table
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.causes import Part
from secondstory.model.plan import LessonKind, LinkKind
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases import factors as use
from secondstory.usecases.plan import Planned, plan_of

APP = typer.Typer(help="Contributing factors, lessons and accepted risks.", no_args_is_help=True)
_INCIDENT = typer.Argument(help="An incident's id, or `demo`.")
_JSON = typer.Option(False, "--json", help="Print the plan as JSON.")
_EVIDENCE = typer.Option("", "--evidence", help="What it rests on, separated by commas: E07,E12.")
_PART = typer.Option(Part.INITIATING, "--part", help="The part it played.")


@APP.command("list")
def list_(incident: str = _INCIDENT, as_json: bool = _JSON) -> None:
    """Factors with their parts, links between them, lessons, accepted risks, and what nothing answers."""
    with opened() as world:
        planned = plan_of(LOCAL_OWNER, world, named_incident(world, incident))
    _shown(planned, as_json)


@APP.command("accept")
def accept(
    incident: str = _INCIDENT,
    hypothesis: str = typer.Argument(help="H1, H2, … as `matrix show` numbers them, or its key."),
    part: Part = _PART,
    why: str = typer.Option("", "--why", help="The reason, for whoever reads this later."),
    as_json: bool = _JSON,
) -> None:
    """Accept an explanation as a contributing factor, with the part it played."""
    asked = Asked("POST", "factors", {"hypothesis": hypothesis, "part": part, "why": why})
    _run(incident, as_json, asked, lambda w, name: use.accept_hypothesis(LOCAL_OWNER, w, name, hypothesis, (part, why)))


@APP.command("add")
def add(
    incident: str = _INCIDENT,
    words: str = typer.Argument(help="What contributed, in a sentence."),
    part: Part = _PART,
    evidence: str = _EVIDENCE,
    as_json: bool = _JSON,
) -> None:
    """Name a factor in your own words."""
    said = (words, part, names_in(evidence))
    asked = Asked("POST", "factors", {"words": words, "part": part, "evidence": names_in(evidence)})
    _run(incident, as_json, asked, lambda world, name: use.write_factor(LOCAL_OWNER, world, name, said))


@APP.command("edit")
def edit(
    incident: str = _INCIDENT,
    factor: str = typer.Argument(help="Its label, such as F2."),
    part: Part = typer.Option(..., "--part", help="The part it played."),
    words: str = typer.Option("", "--words", help="Other words; without them the words stay."),
    as_json: bool = _JSON,
) -> None:
    """Give a factor another part, or other words."""
    asked = Asked("PUT", "factors", {"factor": factor, "words": words, "part": part})
    _run(
        incident, as_json, asked, lambda world, name: use.change_factor(LOCAL_OWNER, world, name, factor, (words, part))
    )


@APP.command("link")
def link(
    incident: str = _INCIDENT,
    source: str = typer.Argument(help="The factor that did something: F2."),
    kind: LinkKind = typer.Argument(help="What it did."),
    target: str = typer.Argument(help="To which factor: F1."),
    words: str = typer.Option("", "--words", help="How."),
    as_json: bool = _JSON,
) -> None:
    """Say what a factor did to another."""
    asked = Asked("POST", "links", {"source": source, "target": target, "kind": kind, "words": words})
    ends, how = (source, target), (kind, words)
    _run(incident, as_json, asked, lambda w, name: use.link_factors(LOCAL_OWNER, w, name, ends, how))


@APP.command("lesson")
def lesson(
    incident: str = _INCIDENT,
    kind: LessonKind = typer.Argument(help="How it went."),
    words: str = typer.Argument(help="What, in a sentence."),
    evidence: str = _EVIDENCE,
    as_json: bool = _JSON,
) -> None:
    """Say what went badly or well, or where luck helped."""
    said = (kind, words, names_in(evidence))
    asked = Asked("POST", "lessons", {"kind": kind, "words": words, "evidence": names_in(evidence)})
    _run(incident, as_json, asked, lambda world, name: use.write_lesson(LOCAL_OWNER, world, name, said))


@APP.command("risk")
def risk(
    incident: str = _INCIDENT,
    answers: str = typer.Argument(help="Factors and lessons, separated by commas: F3,L1."),
    until: str = typer.Option(..., "--until", help="The last day on which it holds: 2027-03-31."),
    why: str = typer.Option(..., "--why", help="Why it is acceptable."),
    as_json: bool = _JSON,
) -> None:
    """Accept a risk until a day; you are its approver."""
    with explained():
        said = (why, read_day(until))
    asked = Asked("POST", "risks", {"answers": names_in(answers), "words": why, "expires": said[1]})
    _run(
        incident, as_json, asked, lambda world, name: use.accept_risk(LOCAL_OWNER, world, name, names_in(answers), said)
    )


@APP.command("remove")
def remove(
    incident: str = _INCIDENT,
    what: str = typer.Argument(help="The label of a factor, a lesson or a risk, or the key of a link."),
    as_json: bool = _JSON,
) -> None:
    """Take something out of the plan; the ledger keeps what was said."""
    asked = Asked("POST", "removals", {"name": what})
    _run(incident, as_json, asked, lambda world, name: use.take_out(LOCAL_OWNER, world, name, what))


@APP.command("undo")
def undo(
    incident: str = _INCIDENT,
    decision: str = typer.Argument(help="Its id, as `actions show` and `--json` give it."),
    as_json: bool = _JSON,
) -> None:
    """Take back one thing that was said of factors, lessons, actions or risks; the ledger keeps both."""
    asked = Asked("DELETE", "decisions", name=decision)
    _run(incident, as_json, asked, lambda world, name: use.take_back(LOCAL_OWNER, world, name, decision))


def _run(incident: str, as_json: bool, asked: Asked, here: Callable[[World, str], object]) -> None:
    _shown(change_plan(incident, asked, here), as_json)


def _shown(planned: Planned, as_json: bool) -> None:
    if as_json:
        print_json(planned)
        return
    _print(planned)


def _print(planned: Planned) -> None:
    plan = planned.plan
    labels = {one.key: one.label for one in plan.factors} | {one.key: one.label for one in plan.lessons}
    rows = [(one.label, one.words, say(f"report.part_{one.part.value}")) for one in plan.factors]
    print_table("Factors", ("", "factor", "part"), rows)
    if plan.links:
        told = [
            (labels[one.source], say(f"plan.link_{one.kind.value}"), labels[one.target], one.words, one.key)
            for one in plan.links
        ]
        print_table("What one did to another", ("", "", "", "how", "key"), told)
    lessons = [(one.label, say(f"plan.lesson_{one.kind.value}"), one.words) for one in plan.lessons]
    print_table("How it went", ("", "", "what"), lessons)
    if plan.risks:
        risks = [
            (
                one.label,
                ", ".join(labels.get(key, key) for key in one.answers),
                one.words,
                one.approver,
                f"{one.expires}",
            )
            for one in plan.risks
        ]
        print_table("Accepted risks", ("", "of", "why", "approved by", "until"), risks)
    print_warnings(tuple(one for one in planned.warnings if one.rule in ("closure", "expired risk")))
