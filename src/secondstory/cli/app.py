"""The command line as a whole: every verb, in the order of the work."""

from __future__ import annotations

import typer

from secondstory import __version__
from secondstory.cli import (
    actions,
    analyse,
    answers,
    attach,
    audit,
    backup,
    coach,
    collect,
    decide,
    delete,
    demo,
    detect,
    doctor,
    factors,
    gameday,
    glossary,
    import_,
    incident,
    incident_file,
    incidents,
    invite,
    ledger,
    lint,
    mail,
    matrix,
    meeting,
    open_,
    people,
    policy,
    propose,
    publish,
    questions,
    rehearse,
    reminders,
    replay,
    report,
    retention,
    review,
    search,
    serve,
    show,
    steps,
    talk,
    text,
    timeline,
    verify,
    wordings,
    worth,
)
from secondstory.cli.session import VERB

APP = typer.Typer(
    name="secondstory",
    help="From a recorded outage to a blameless, evidence-linked post-mortem.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"secondstory {__version__}")
        raise typer.Exit


@APP.callback()
def root(
    context: typer.Context,
    version: bool = typer.Option(  # noqa: ARG001 - its callback does it
        False, "--version", help="Print the version.", callback=_version, is_eager=True
    ),
) -> None:
    """Exit codes: 0 done, 1 a check says no, 2 wrong usage, 3 could not be done, 130 interrupted."""
    VERB.set(context.invoked_subcommand or "")


APP.command("demo")(demo.demo)
APP.command("serve")(serve.serve)
APP.command("import")(import_.import_)
APP.add_typer(collect.APP, name="collect")
APP.command("open")(open_.open_)
APP.command("invite")(invite.invite)
APP.add_typer(people.APP, name="people")
APP.command("restrict")(audit.restrict)
APP.command("audit")(audit.audit)
APP.command("analyse")(analyse.analyse)
APP.command("show")(show.show)
APP.command("search")(search.search)
APP.command("reindex")(search.reindex)
APP.add_typer(timeline.APP, name="timeline")
APP.command("incidents")(incidents.incidents)
APP.add_typer(incident.APP, name="incident")
APP.command("attach")(attach.attach)
APP.add_typer(attach.FILES, name="attached")
APP.command("glossary")(glossary.glossary)
APP.command("clock")(steps.clock)
APP.add_typer(steps.APP, name="steps")
APP.add_typer(policy.APP, name="policy")
APP.command("report")(report.report)
APP.add_typer(text.APP, name="text")
APP.add_typer(review.APP, name="review")
APP.command("publish")(publish.publish)
APP.add_typer(publish.VERSIONS, name="versions")
APP.command("circulate")(publish.circulate)
APP.command("detect")(detect.detect)
APP.command("propose")(propose.propose)
APP.command("answers")(answers.answers)
APP.command("questions")(questions.questions)
APP.add_typer(wordings.APP, name="wordings")
APP.command("lint")(lint.lint)
APP.command("decide")(decide.decide)
APP.command("ledger")(ledger.ledger)
APP.command("comment")(talk.comment)
APP.command("comments")(talk.comments)
APP.command("undo")(talk.undo)
APP.command("worth")(worth.worth)
APP.add_typer(matrix.APP, name="matrix")
APP.add_typer(factors.APP, name="factors")
APP.add_typer(actions.APP, name="actions")
APP.command("reminders")(reminders.reminders)
APP.command("coach")(coach.coach)
APP.add_typer(meeting.APP, name="meeting")
APP.command("rehearse")(rehearse.rehearse_)
APP.command("export-incident")(incident_file.export_incident)
APP.command("import-incident")(incident_file.import_incident)
APP.add_typer(mail.APP, name="mail")
APP.command("retention")(retention.retention)
APP.command("hold")(retention.hold)
APP.command("delete")(delete.delete)
APP.command("tombstones")(delete.tombstones)
APP.command("backup")(backup.backup)
APP.command("restore")(backup.restore)
APP.command("replay")(replay.replay)
APP.command("verify")(verify.verify)
APP.add_typer(gameday.APP, name="gameday")
APP.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line."""
    APP()
