"""One finding of the rail on the terminal, the same in the run of a meeting and beside it."""

from __future__ import annotations

from secondstory.cli.session import OUT, as_told, say_line
from secondstory.model.utterance import SpeakerRole
from secondstory.texts import say
from secondstory.usecases.room.rail_view import CoachCard


def print_finding(card: CoachCard) -> None:
    """Print one finding with its number: who, the words, why, and the reply at the step that its pattern asks for."""
    named = card.speaker or say("coaching.unnamed")
    who = f"{named} ({card.role.value})" if card.role is not SpeakerRole.UNKNOWN else named
    again = f"  ·  {card.again}" if card.again else ""
    OUT.print(as_told(f"#{card.cue}  {who}  ·  {card.title}{again}"), style="bold", soft_wrap=True)
    say_line(f"    “{card.text}”")
    for reason in card.reasons:
        say_line(f"    {reason.says.rstrip('.')}: “{reason.words}”")
    if card.answer is not None:
        say_line(f"    → {card.answer.text}")
    if card.replies:
        reply = card.replies[card.place]
        say_line(f"    → {reply.step.value}: {reply.text}")
    say_line("")
