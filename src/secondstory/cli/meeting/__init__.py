"""`secondstory meeting`: before, in and after the meeting, one file a verb."""

from __future__ import annotations

import typer

from secondstory.cli.meeting import captions, card, rail, room

APP = typer.Typer(help="The meeting: prepare it, hold it, close it.", no_args_is_help=True)
APP.command("captions")(captions.captions)
APP.command("card")(card.card)
APP.command("rail")(rail.rail)
APP.command("room")(room.room)
