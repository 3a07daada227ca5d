"""`secondstory meeting`: before, in and after the meeting, one file a verb."""

from __future__ import annotations

import typer

from secondstory.cli.meeting import (
    answer,
    brief,
    captions,
    capture,
    card,
    closing,
    invite,
    minutes,
    notes,
    own_notes,
    plan,
    poll,
    prebrief,
    rail,
    room,
    run,
    say,
    start,
    step,
    transcript,
    voice,
)

APP = typer.Typer(help="The meeting: prepare it, hold it, close it.", no_args_is_help=True)
APP.command("plan")(plan.plan)
APP.command("invite")(invite.invite)
APP.command("answer")(answer.answer)
APP.command("point")(answer.point)
APP.command("reply")(answer.reply)
APP.command("opening")(brief.opening)
APP.command("brief")(brief.brief)
APP.command("captions")(captions.captions)
APP.command("prebrief")(prebrief.prebrief)
APP.command("executives")(prebrief.executives)
APP.command("card")(card.card)
APP.command("run")(run.run)
APP.command("start")(start.start)
APP.command("rail")(rail.rail)
APP.command("transcript")(transcript.transcript)
APP.command("room")(room.room)
APP.command("step")(step.step)
APP.command("pause")(step.pause)
APP.command("show")(step.show)
APP.command("rule")(step.rule)
APP.command("say")(say.say)
APP.command("hand")(say.hand)
APP.command("consent")(say.consent)
APP.command("poll")(poll.poll)
APP.command("vote")(poll.vote)
APP.command("end")(start.end)
APP.command("capture")(capture.capture)
APP.command("strike")(capture.strike)
APP.command("notes")(notes.notes)
APP.command("voice")(voice.voice)
APP.command("minutes")(minutes.minutes)
APP.command("own-notes")(own_notes.own_notes)
APP.command("wrap-up")(closing.wrap_up)
APP.command("summary")(closing.summary)
APP.command("pulse")(closing.pulse)
