"""“I followed the procedure”: agreed from the log, then the page is asked where it left off."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M20",
    title="“I followed the procedure”",
    fit=Fit(labels=(Label.DEFENDS,)),
    entry=Step.REDIRECT,
    shows=("step", "change", "panel"),
    points=(
        "One account has the procedure followed for {change}; what it takes for granted about {service} is open.",
        "One account has the procedure followed; what it takes for granted is open.",
    ),
    wordings=bank(
        "M20",
        note="""
a Answers a charge. The log around {time} can speak first.
h Take it as said, then ask the page.
b Put the log beside the page.
""",
        nudge="""
a At {time}, where did the page stop matching what you saw?
b Which step of the page comes right before {time}?
h At which step did the page stop helping?
d How does that page read on an ordinary day?
""",
        redirect="""
a {source} has {change} at {time}, so we can lay the page beside it. At which step did the page stop helping?
b The steps are in the log. Beside them, {panel} at {time}: which of the two did the page speak about?
c Then the page is our subject. Walk it with me from {time}: which line met something it does not know?
d Followed, and on other days the page works. What does it take for granted about {service}?
e Followed to its end, then. Where the page stopped, which options were left at {time}?
f Say we run that page on the recorded data: at which step could anyone see {signal}?
g The page led here, so the page is our subject. What must it say to the next person?
h The procedure was followed, and it led here. What did it leave out?
""",
        firm="""
a Nobody has to justify anything here. The page is what I ask about: what does it say on {service}?
b The log stands as it is, {change} at {time}. We go on with the page, and nobody has to explain themselves.
h I am asking for no justification. I ask what the page left out, and in private is fine too.
c Your account is on the record as you gave it. We go on with the next step, and you may come back to it any time.
""",
    ),
)
