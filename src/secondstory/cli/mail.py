"""`secondstory mail`: letters on their way, and the sealed addresses that they go to."""

from __future__ import annotations

import typer

from secondstory.cli.session import EXIT_NEGATIVE, opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.window import format_time
from secondstory.texts import say
from secondstory.usecases import mail as use

APP = typer.Typer(help="Letters on their way, and the addresses that they go to.", no_args_is_help=True)


@APP.command("list")
def list_(
    incident: str = typer.Option("", "--incident", help="Only those of one incident."),
    as_json: bool = typer.Option(False, "--json", help="Print the letters as JSON."),
) -> None:
    """How far each letter came; people are named by their tokens."""
    with opened() as world:
        found = use.letters(LOCAL_OWNER, world, incident or None)
    if as_json:
        print_json(found)
        return
    rows = [
        (one.key, one.to, one.state.value, str(one.attempts), format_time(one.sent_at or one.queued_at), one.error)
        for one in found
    ]
    print_table("Letters", ("key", "to", "state", "attempts", "at", "error"), rows, whole_names=True)


@APP.command("send")
def send() -> None:
    """Send what is due now; a running server does so by itself. Exit code 1 where a letter was given up."""
    with opened() as world:
        done = use.deliver(LOCAL_OWNER, world)
    say_line(say("mail.delivered", sent=done.sent, waiting=done.waiting, dead=done.dead))
    if done.dead:
        raise typer.Exit(EXIT_NEGATIVE)


@APP.command("retry")
def retry(key: str = typer.Argument(help="The letter's key, as `mail list` gives it.")) -> None:
    """Have a letter tried again that was given up."""
    with opened() as world:
        use.retry_letter(LOCAL_OWNER, world, key)
    say_line(say("mail.retried"))


@APP.command("address")
def address(
    token: str = typer.Argument(help="Whose, such as responder-2."),
    given: str = typer.Argument(help='The address; "" removes it.'),
) -> None:
    """Keep the address of a person, encrypted in the sealed layer."""
    with opened() as world:
        use.set_address(LOCAL_OWNER, world, token, given.strip())
    say_line(say("mail.address_set" if given.strip() else "mail.address_removed", token=token))
