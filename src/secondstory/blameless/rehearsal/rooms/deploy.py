"""A loud engineer blames a quiet colleague's deploy."""

from __future__ import annotations

from secondstory.blameless.rehearsal.script import Line, Part, Script
from secondstory.model.rehearsal import HardMoment

EXTENSION = Script(
    name="deploy",
    title="The deploy",
    about="a loud engineer, a quiet one",
    cast=(
        Part("engineer", "Senior engineer", "SE"),
        Part("deployer", "Release engineer", "RE"),
        Part("peer", "On-call engineer", "OC"),
        Part("manager", "Engineering manager", "EM"),
    ),
    target="deployer",
    voices=("peer", "manager", "engineer", "deployer"),
    openings=(
        Line(
            "engineer",
            HardMoment.ACCUSATION,
            "M01",
            (
                "That deploy took us down, and we all know whose deploy it was.",
                "The release engineer shipped it without thinking, and that is the whole story.",
                "One person pushed, everything fell over. What else is there to discuss?",
                "If people shipped {change} with their eyes open we would not be here.",
            ),
        ),
        Line(
            "engineer",
            HardMoment.ACCUSATION,
            "M07",
            (
                "Open the merge and look who pressed the button. The log does not lie.",
                "The history shows who merged it. Let us read it out.",
                "It is all in the log, with the author beside it. Just look who merged.",
                "Look at {change}. There is a name beside that merge.",
            ),
        ),
        Line(
            "manager",
            HardMoment.ACCUSATION,
            "M01",
            (
                "I have to say, I see it the same way. The release engineer knew better.",
                "Yes, that was a careless release. My team expects more.",
                "I agree with that. Some deploys should not be in certain hands.",
                "The senior engineer is right, that change was pushed by somebody who never asks.",
            ),
        ),
    ),
    press=Line(
        "engineer",
        HardMoment.ACCUSATION,
        "M01",
        (
            "That does not change who pushed it.",
            "You are walking around it. The deploy came, the outage came.",
            "Every time the release engineer ships something we sit here.",
            "Fine, but at {time} somebody decided to press the button.",
            "I would have looked twice before that deploy.",
            "We can talk about screens all day. A person released this.",
        ),
    ),
    harder=Line(
        "engineer",
        HardMoment.DEMAND,
        "M28",
        (
            "Just say it. Who released this, and why do they still have access?",
            "Take away their access and we are done here. Who decides that?",
            "I ask a third time: who is going to answer for this deploy?",
            "Say the name and we can all go back to work.",
        ),
    ),
    ease=Line(
        "peer",
        HardMoment.FACT_QUESTION,
        "M25",
        (
            "When did the first alert fire, and what does it watch?",
            "What moved first on the record, and when?",
            "Do we know why it was not caught earlier?",
            "Which signal would have told us sooner?",
        ),
    ),
    join=Line(
        "peer",
        HardMoment.ACCUSATION,
        "M07",
        (
            "Well, I did see that merge and thought it was brave to ship that late.",
            "I did not want to say it, but that merge looked rushed.",
            "Since we talk about it: the last merge from there broke things too.",
            "I only know that I would not have merged it like that.",
        ),
    ),
    concern=Line(
        "engineer",
        HardMoment.ACCUSATION,
        "M12",
        (
            "I warned about exactly this in spring, and it went nowhere.",
            "In spring I wrote a page about this risk. Nobody even answered.",
            "I said it months ago, in writing, and it was ranked below a new button.",
            "You want to know? I raised it in spring and was told to be patient.",
        ),
    ),
    hidden="The loud engineer warned about this in spring, and nobody answered.",
    concern_words=("spring", "warn", "warned", "warning", "raised"),
    inflames=("don't blame", "do not blame", "pointing fingers", "release engineer, why", "release engineer, what"),
    calms_by="the claim tested on the change and its time; the spring warning asked for",
    goal="Restate the claim with the person taken out, and ask for the data that would show it.",
)
