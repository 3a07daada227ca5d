"""`secondstory meeting`: before, in and after the meeting, one file a verb."""

from __future__ import annotations

import typer

from secondstory.cli.meeting import answer, captions, capture, card, minutes, notes, plan, rail, room

APP = typer.Typer(help="The meeting: prepare it, hold it, close it.", no_args_is_help=True)
APP.command("plan")(plan.plan)
APP.command("answer")(answer.answer)
APP.command("point")(answer.point)
APP.command("reply")(answer.reply)
APP.command("captions")(captions.captions)
APP.command("card")(card.card)
APP.command("rail")(rail.rail)
APP.command("room")(room.room)
APP.command("capture")(capture.capture)
APP.command("strike")(capture.strike)
APP.command("notes")(notes.notes)
APP.command("minutes")(minutes.minutes)
