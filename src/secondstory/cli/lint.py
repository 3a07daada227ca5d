"""`secondstory lint`: words in documents that need work, with a reason and other words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from secondstory.cli.actions import print_warnings
from secondstory.cli.naming import DEMO, named_incident
from secondstory.cli.sarif import sarif
from secondstory.cli.session import ERR, OUT, as_told, opened, print_json, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.lint import LintedText, LintFinding
from secondstory.texts import say
from secondstory.usecases.lint import Linted, lint_given, lint_incident

STANDARD_INPUT = "-"
EXIT_FOUND, EXIT_UNREAD = 1, 2


def lint(
    files: list[str] = typer.Argument(
        None, help="Markdown or plain text files, `-` for standard input; or one incident."
    ),
    incident: str = typer.Option(
        "", "--incident", help="Also an incident's document, action items, decisions and comments; an id, or `demo`."
    ),
    least: int = typer.Option(1, "--min-severity", min=0, max=3, help="0 also shows notes, 1 mild, 2 clear, 3 hard."),
    as_json: bool = typer.Option(False, "--json", help="Print the findings as JSON."),
    as_sarif: bool = typer.Option(False, "--sarif", help="Print the findings as SARIF 2.1.0."),
) -> None:
    """Find words that blame, judge afterwards or guess, and what an incident's plan lacks.

    Exit codes: 0 clean, 1 findings or a plan that is not complete, 2 could not read.
    """
    if (as_json and as_sarif) or not (files or incident):
        ERR.print(as_told(say("lint.one_output" if as_json and as_sarif else "lint.nothing_given")))
        raise typer.Exit(EXIT_UNREAD)
    if not incident and len(files) == 1 and _names_incident(files[0]):
        incident, files = files[0], []
    given, unread = _read(files or [])
    linted = _from_severity(lint_given(given), least)
    if incident:
        with opened() as world:
            own = lint_incident(LOCAL_OWNER, world, named_incident(world, incident))
        linted = replace(linted, texts=(*linted.texts, *_from_severity(own, least).texts), plan=own.plan)
    if as_json:
        print_json({"texts": linted.texts, "rules": linted.rules, "plan": linted.plan, "unread": unread})
    elif as_sarif:
        print_json(sarif(linted, unread))
    else:
        _print(linted.texts)
        print_warnings(linted.plan)
    for told in (*unread, *(say("lint.not_english", name=text.name) for text in linted.texts if not text.is_english)):
        ERR.print(as_told(told), soft_wrap=True)
    if unread:
        raise typer.Exit(EXIT_UNREAD)
    if any(text.findings for text in linted.texts) or any(one.is_closure for one in linted.plan):
        raise typer.Exit(EXIT_FOUND)


def _names_incident(name: str) -> bool:
    """True where no such file is there, but an incident is: `secondstory lint demo`."""
    if name == STANDARD_INPUT or Path(name).suffix or Path(name).exists():
        return False
    if name == DEMO:
        return True
    with opened() as world:
        return world.incidents.get(name) is not None


def _read(files: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """(name, text) of what can be read, and what is said of the others."""
    given, unread = [], []
    for name in dict.fromkeys(files):
        shown = say("lint.standard_input") if name == STANDARD_INPUT else name
        try:
            data = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
            given.append((shown, data.decode("utf-8-sig")))
        except UnicodeDecodeError:
            unread.append(say("lint.unreadable", name=shown, why=say("lint.no_text")))
        except IsADirectoryError:
            unread.append(say("lint.unreadable", name=shown, why=say("lint.no_file")))
        except (OSError, ValueError) as error:  # a path may hold a sign that no file name may
            why = getattr(error, "strerror", None) or str(error)
            unread.append(say("lint.unreadable", name=shown, why=why))
    return given, unread


def _from_severity(linted: Linted, least: int) -> Linted:
    kept = (
        replace(text, findings=tuple(one for one in text.findings if one.severity >= least)) for text in linted.texts
    )
    return replace(linted, texts=tuple(kept))


def _print(texts: Sequence[LintedText]) -> None:
    for text in texts:
        for finding in text.findings:
            _print_finding(text.name, finding)
    if not texts:
        return
    count = sum(len(text.findings) for text in texts)
    words = f"{sum(text.words for text in texts):,}"
    many = say("lint.one_text") if len(texts) == 1 else say("lint.texts", count=len(texts))
    if not count:
        say_line(say("lint.clean", words=words, texts=many))
    else:
        findings = say("lint.finding") if count == 1 else say("lint.findings", count=count)
        say_line(say("lint.found", findings=findings, words=words, texts=many))
    if allowed := sum(text.allowed for text in texts):
        say_line(say("lint.allowed", count=allowed))


def _print_finding(name: str, finding: LintFinding) -> None:
    place = say("lint.place", name=name, line=finding.line, column=finding.column)
    OUT.print(as_told(say("lint.head", place=place, rule=finding.rule, severity=finding.severity)), soft_wrap=True)
    OUT.print(as_told(f"    “{finding.words}”"), style="bold", soft_wrap=True)
    OUT.print(as_told(f"    {finding.reason}"), soft_wrap=True)
    OUT.print(as_told(f"    {say('lint.tried', suggestion=finding.suggestion)}"), soft_wrap=True)
    OUT.print()
