"""`secondstory worth`: what a failed request, a minute or a customer is worth, as a person says."""

from __future__ import annotations

import typer

from secondstory.cli.naming import named_incident
from secondstory.cli.running import Change, do, of
from secondstory.cli.session import opened, print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.worth import Assumption, WorthUnit
from secondstory.texts import say
from secondstory.usecases.value_impact import give_worth, withdraw_worth, worths


def worth(
    incident: str = typer.Argument(help="An incident's id, or `demo`."),
    unit: WorthUnit | None = typer.Argument(None, help="What the value is for one of; without it, list the values."),
    amount: str = typer.Argument("", help="A number or range and a currency, such as `2.50 EUR` or `2..4 EUR`."),
    why: str = typer.Option("", "--why", help="Where the value comes from; needed to give one."),
    withdraw: bool = typer.Option(False, "--withdraw", help="Take the value of this unit back."),
    as_json: bool = typer.Option(False, "--json", help="Print the values that hold as JSON."),
) -> None:
    """Say what things are worth, so that the impact is told in money; without a value no amount is shown."""
    with opened() as world:
        incident_id = named_incident(world, incident)
        if unit is not None and withdraw:
            asked = Change("DELETE", of(incident_id, "worth", unit))
            do(asked, lambda: withdraw_worth(LOCAL_OWNER, world, incident_id, unit))
        elif unit is not None:
            asked = Change("PUT", of(incident_id, "worth", unit), {"amount": amount, "why": why})
            do(asked, lambda: give_worth(LOCAL_OWNER, world, incident_id, unit, amount, why))
        held = worths(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(held)
        return
    _print(held)
    if unit is not None:
        say_line(say("worth.next_analyse", incident=incident_id))


def _print(held: tuple[Assumption, ...]) -> None:
    if not held:
        say_line(say("worth.nothing"))
        return
    columns = tuple(say(f"worth.column_{name}") for name in ("unit", "value", "by", "at", "why"))
    rows = [(one.unit.value, _value(one), one.actor_id, f"{one.at:%Y-%m-%d %H:%M} UTC", one.why) for one in held]
    print_table(say("worth.caption"), columns, rows, whole_names=True)


def _value(one: Assumption) -> str:
    low, high = f"{one.low:g}", f"{one.high:g}"
    return f"{low if low == high else f'{low}..{high}'} {one.currency}".strip()
