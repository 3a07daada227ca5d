"""The same outage a second time: warnings unheard, an action unproved, and the facilitator owned it."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="again",
    title="Again",
    about="the same outage, a second time",
    cast=(
        Part("support", "Support lead", "SL"),
        Part("executive", "Executive", "EX"),
        Part("platform", "Platform engineer", "PE"),
    ),
    target="platform",
    voices=("platform", "support", "executive"),
    openings=(
        Line(
            "support",
            HardMoment.ACCUSATION,
            "M12",
            (
                "We have said this ten times, and platform never listens.",
                "Ten tickets from my team, and platform let every one of them rot.",
                "This is the third time, and each time platform tells us it is handled.",
                "My people warned platform in every call since spring. Ten times.",
            ),
        ),
        Line(
            "support",
            HardMoment.ACCUSATION,
            "M11",
            (
                "Oh, wonderful work again, platform. The chat is full of applause.",
                "Well done, platform, twice in one quarter. The chat has opinions.",
                "I see the experts from platform are with us again. How lucky we are.",
                "Read the chat: everybody knows which team this is about, platform of course.",
            ),
        ),
        Line(
            "executive",
            HardMoment.ACCUSATION,
            "M39",
            (
                "You owned that action yourself, and now you lead the review. You are protecting your team.",
                "The action from last time was yours. How convenient that you chair this.",
                "It was your action that was marked as done. You shield your own team here.",
                "Last time you promised us this action. Now you sit in judgement on your own work.",
            ),
        ),
    ),
    press=Line(
        "support",
        HardMoment.ACCUSATION,
        "M12",
        (
            "That is what we heard last time as well. Platform closes the ticket and nothing changes.",
            "So platform will write another action and mark it as done again.",
            "My customers do not care how you phrase it. Platform was told.",
            "And the change {change} at {time}, was that not the same thing platform did before?",
            "I have the mails. Platform answered none of them.",
            "Every review ends with nice words for platform.",
        ),
    ),
    harder=Line(
        "executive",
        HardMoment.DEMAND,
        "M04",
        (
            "I want to know who signed off that old action as implemented.",
            "Somebody told me this was solved. Who was that?",
            "Who declared it done, and why do they still own anything here?",
            "I was given a promise last time. By whom?",
        ),
    ),
    ease=Line(
        "executive",
        HardMoment.FACT_QUESTION,
        "M25",
        (
            "All right. Is it the same as last time, or not?",
            "Good. What did the old action change, and what did it not touch?",
            "Then tell me plainly: when did the first alert fire this time?",
            "Fine. What do we know now that we did not know then?",
        ),
    ),
    join=Line(
        "platform",
        HardMoment.THREATENED,
        "M20",
        (
            "We did everything that was on the list. It was marked as implemented and nobody asked for more.",
            "Our part was delivered. What else were we supposed to do?",
            "We followed the action exactly as it was written down.",
            "I am tired of being the one everybody looks at. We did what was asked.",
        ),
    ),
    concern=Line(
        "executive",
        HardMoment.FACT_QUESTION,
        "M25",
        (
            "So nobody ever proved that it worked. What would prove it this time?",
            "It said implemented, and I read it as solved. What is still open today?",
            "Then it was never tested. What do we have on record about it now?",
            "I see. And how will I know that it works, and by when?",
        ),
    ),
    hidden="The action from last time stood as implemented, and nobody had proved that it works.",
    concern_words=("proof", "prove", "proved", "verified", "status", "owned"),
    inflames=("last review was", "we did a good review", "that is unfair", "not true that"),
    calms_by="the status of the old action with its proof, your own part in one sentence, the step handed over",
    goal="Agree with what is true and nothing more, and show that the review does not protect anybody.",
)
