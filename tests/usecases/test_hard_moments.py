"""The hard moments that every guide tells of, said in many ways: each is known, and answered with this incident."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondstory.blameless.replies.recognising import moment_named
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.reply import Reply, Step
from secondstory.model.transcript import Cue, Participant, Transcript
from secondstory.model.utterance import SpeakerRole
from secondstory.ports import World
from secondstory.usecases.coach import About, Heard, coach_transcript
from secondstory.wiring import coach, open_world

COACH = coach()
PEOPLE = (
    Participant("Ines", SpeakerRole.FACILITATOR),
    Participant("Karl", SpeakerRole.MANAGER),
    Participant("Ruth", SpeakerRole.EXECUTIVE),
    *(Participant(name, SpeakerRole.ENGINEER) for name in ("Sofia", "Jonas", "Aled")),
)
OPEN = "Ines: Let us look at the two minutes before the first alert."
BEGUN = (OPEN, "Jonas: The page came at 11:51.", "Sofia: I opened the panel then.", "Jonas: So did I.", "Sofia: Right.")

ACCUSED, CHECKLIST, MISTAKE, ACCOUNTABLE, NAME = "M01", "M02", "M03", "M04", "M05"
CARELESS, HINDSIGHT, CAUSES, PROCEDURE = "M14", "M15", "M17", "M20"
SELF, EARLIER, OBJECTION, SILENCE, INTERRUPTED = "M22", "M25", "M31", "M32", "M33"


@pytest.fixture(scope="module")
def world(demo_dir: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=demo_dir)) as opened:
        yield opened


def listen(world: World, *lines: str, pauses: tuple[float, ...] = ()) -> Heard:
    """`Name: words` as cues of eight seconds, with pauses of two seconds before each but those given."""
    cues, at_s = [], 0.0
    for number, line in enumerate(lines, start=1):
        at_s += pauses[number - 1] if number <= len(pauses) else 2.0
        speaker, text = line.split(": ", 1)
        cues.append(Cue(number, at_s, at_s + 8.0, speaker, text))
        at_s += 8.0
    incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
    return coach_transcript(LOCAL_OWNER, COACH, Transcript("call.vtt", tuple(cues), PEOPLE), About(world, incident))


def last_replies(heard: Heard) -> tuple[Reply, ...]:
    """What may be said to the last cue, the first now and each other where it goes on."""
    found = [one.replies for one in heard.advice if one.cue == heard.transcript.cues[-1].number]
    return found[0] if found else ()


@pytest.mark.parametrize(
    ("said", "moments"),
    [
        ("Karl: Honestly, this is on Tom. He pushed it and then he went for lunch.", {ACCUSED}),
        ("Karl: The reason we are sitting here is that Tom doesn't test his stuff.", {ACCUSED}),
        ("Tom: I followed the procedure.", {PROCEDURE}),
        ("Tom: I did exactly what the runbook says, step by step.", {PROCEDURE}),
        ("Tom: Don't look at me, I went by the book.", {PROCEDURE}),
        ("Tom: I only did what the checklist told me to do.", {PROCEDURE}),
        ("Karl: Look, someone did make a mistake here.", {MISTAKE}),
        ("Karl: At the end of the day somebody messed up.", {MISTAKE}),
        ("Ruth: So who do we hold accountable for this?", {ACCOUNTABLE}),
        ("Karl: Who is responsible for this outage?", {ACCOUNTABLE}),
        ("Karl: At some point somebody has to be held accountable.", {ACCOUNTABLE}),
        ("Ruth: I don't see any accountability in this room. Who owns this failure?", {ACCOUNTABLE}),
        ("Ruth: Why wasn't this caught earlier?", {EARLIER}),
        ("Ruth: How come nobody noticed this sooner?", {EARLIER}),
        ("Ruth: Why did it take us so long to find out?", {EARLIER}),
        ("Jonas: Shouldn't our monitoring have seen this coming?", {EARLIER}),
        ("Karl: If Tom had gone through the checklist, none of this would have happened.", {CHECKLIST}),
        ("Karl: The checklist was there and Tom just ignored it.", {CHECKLIST}),
        ("Ruth: I want a name in that report by tonight.", {NAME}),
        ("Ruth: Just tell me who did it.", {NAME}),
        ("Ruth: The board will ask me who. I'm not leaving without a name.", {NAME}),
        ("Tom: It was my fault, I should have checked the settings.", {SELF}),
        ("Tom: I'm so sorry everyone, I broke it.", {SELF}),
        ("Tom: This one's on me. I feel terrible.", {SELF}),
        ("Karl: You should have seen the pool filling up, it was right there.", {HINDSIGHT}),
        ("Karl: If we had rolled back right away, nobody would have noticed.", {HINDSIGHT}),
        ("Sofia: In hindsight it was obvious that the driver would leak connections.", {HINDSIGHT}),
        ("Karl: In the end it's human error.", {CARELESS}),
        ("Karl: People simply need to be more careful.", {CARELESS}),
        ("Karl: More training for the orders crew and this won't come back.", {CARELESS}),
        ("Karl: Can we skip the therapy and get to the point?", {OBJECTION}),
        ("Jonas: This is a waste of time, we all know what happened.", {OBJECTION}),
        ("Karl: Why are we going through the timeline again? Let's go straight to the fixes.", {OBJECTION}),
        ("Ruth: I don't see why we need a whole hour for this.", {OBJECTION}),
        ("Jonas: Do we really have to do this? I have real work to do.", {OBJECTION}),
    ],
)
def test_a_hard_sentence_gets_words_for_its_moment(world: World, said: str, moments: set[str]) -> None:
    replies = last_replies(listen(world, OPEN, said))
    assert replies and {reply.moment for reply in replies[:2]} <= moments, replies
    aloud = next(reply for reply in replies if reply.step is not Step.NOTE)
    assert any(reply.cites for reply in replies[:2]), [reply.text for reply in replies]
    assert aloud.text in " ".join(reply.text for reply in replies)


@pytest.mark.parametrize("who", ["Ruth", "Jonas", "Somebody"])
def test_whoever_asks_why_it_was_not_caught_earlier_gets_the_card(world: World, who: str) -> None:
    heard = listen(world, OPEN, f"{who}: Why wasn't this caught earlier?")
    card = heard.advice[-1].card
    assert card is not None and card.key == "caught_earlier" and re.search(r"\d\d:\d\d", card.text)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Aled: The cause is the pool in orders, it runs empty.", "Sofia: No, it was the gateway. It fails first."),
        ("Aled: It's the new driver, it keeps connections.", "Sofia: I don't think so. The driver is fine."),
        ("Jonas: The retries brought it down.", "Sofia: That's not the cause. They came after the pool was full."),
        ("Aled: It was triggered by the deploy.", "Jonas: I see it differently, the queue grew before that."),
        ("Aled: The deploy led to it.", "Jonas: I disagree. The real cause is the pool size."),
    ],
)
def test_two_causes_are_tested_against_the_record(world: World, first: str, then: str) -> None:
    replies = last_replies(listen(world, OPEN, first, then))
    assert [replies[0].moment, replies[0].step] == [CAUSES, Step.NUDGE] and replies[0].cites


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Aled: The pool ran empty because of the new driver.", "Sofia: Yes, and the queue grew."),
        ("Ines: Was it because of the deploy?", "Sofia: No, it was quiet until 11:50."),
        ("Aled: I opened the dashboard.", "Sofia: I don't think so many people did."),
    ],
)
def test_agreement_and_answers_are_no_contest(world: World, first: str, then: str) -> None:
    assert last_replies(listen(world, OPEN, first, then)) == ()


def test_a_long_silence_after_a_question_gets_a_smaller_question(world: World) -> None:
    lines = (*BEGUN, "Ines: What did you notice first?", "Ines: Nobody has to be right here.")
    assert last_replies(listen(world, *lines)) == ()
    replies = last_replies(listen(world, *lines, pauses=(2.0,) * 6 + (14.0,)))
    assert replies[0].moment == SILENCE and replies[0].cites
    assert last_replies(listen(world, *BEGUN, "Ines: What came first?", "Ines: [silence]"))[0].moment == SILENCE


def test_a_pause_as_long_as_the_others_is_no_silence(world: World) -> None:
    lines = (*BEGUN, "Ines: What did you notice first?", "Jonas: The page.")
    assert last_replies(listen(world, *lines, pauses=(20.0,) * 7)) == ()


def test_an_interruption_gives_the_turn_back_unless_the_facilitator_takes_it(world: World) -> None:
    cut = (*BEGUN, "Sofia: I looked at the queue of the pool and then I wanted to —")
    replies = last_replies(listen(world, *cut, "Karl: That queue was always long, everybody knows that."))
    assert replies[0].moment == INTERRUPTED and replies[0].cites
    assert last_replies(listen(world, *cut, "Ines: Let us hear Jonas on the same minute first.")) == ()


def test_the_words_lead_back_to_the_step_that_was_called(world: World) -> None:
    asked = "Ruth: Tell me who did it. I want a name."
    heard = listen(world, OPEN, "Ines: On to the timeline.", *(asked for _ in range(4)))
    told = " ".join(reply.text for one in heard.advice for reply in one.replies)
    assert "{" not in told and "agenda_step" not in told


def test_a_plain_meeting_gets_no_words(world: World) -> None:
    lines = (
        *BEGUN,
        "Ines: What did the pool show?",
        "Sofia: Twenty of twenty in use. I wrote it in the channel.",
        "Jonas: Which runbook step came next?",
        "Sofia: The restart, and then we waited.",
        "Karl: Who owns the alert on the pool from here on?",
        "Sofia: I take it, by Thursday.",
    )
    assert listen(world, *lines).advice == ()


def test_titles_name_what_is_hard_without_naming_anybody() -> None:
    for key in (ACCUSED, CHECKLIST, MISTAKE, ACCOUNTABLE, NAME, CARELESS, HINDSIGHT, CAUSES, PROCEDURE, SELF, EARLIER):
        moment = moment_named(key)
        assert moment is not None and not re.search(r"\b(?:Tom|Karl|Ruth)\b", moment.title)
