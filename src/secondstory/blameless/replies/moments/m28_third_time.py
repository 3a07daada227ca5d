"""Somebody insists for the third time: the same rule in new words, then a choice."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M28",
    title="Somebody insists",
    fit=Fit(),
    entry=Step.FIRM,
    shows=("change", "action"),
    points=("Paused.",),
    wordings=bank(
        "M28",
        note="""
a The third time. A choice is next: {agenda_step}, or a pause.
h The third time: offer the choice, then hold it.
""",
        nudge="""
h My answer stays the same. What shall I put in the parking lot?
""",
        redirect="""
a My answer to that stays the same: here we work on {service}. What shall I put in the parking lot?
h My answer to that stays the same. Which part of it belongs in the parking lot?
""",
        firm="""
h We go on with the agenda, or we pause and you and I talk outside. Which of the two?
a We go on at {time} with {service}, or we pause and talk outside. Which of the two?
c I close the meeting here. The record so far goes out today, and a new date follows.
""",
        outside="""
h Let us pause for ten minutes. You and I speak outside, and the room takes a break.
a We pause here. The record up to {time} is kept, and the two of us speak outside.
c I ask you to take this up with me after the meeting, before anything is written.
""",
    ),
)
