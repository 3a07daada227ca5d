"""“I followed the procedure”: agreed from the log, then the procedure is asked where it left off."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M20",
    title="“I followed the procedure”",
    fit=Fit(
        labels=(Label.DEFENDS,),
        says=(
            r"\b(?:i|we) (?:\w+ ){0,3}(?:followed|went|stuck|did|do|follow|kept)\b[^.?!]{0,30}\b(?:procedure"
            r"|process|protocol|book|run ?book|play ?book|checklist|policy|instructions?|steps)\b",
            r"\b(?:according to|as per|by) the (?:procedure|process|protocol|book|run ?book|play ?book"
            r"|checklist|policy|instructions?|steps)\b",
        ),
        alone=True,
    ),
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
h Take it as said, then ask about the procedure.
b Put the log beside the procedure.
""",
        nudge="""
a At {time}, where did the procedure stop matching what you saw?
b Which step of the procedure comes right before {time}?
h At which step did it stop helping?
d How does that procedure read on an ordinary day?
""",
        redirect="""
a We have {change} at {time} in {source}, so we can lay the procedure beside it. At which step did it stop helping?
b The steps are in the log. Beside them is {panel} at {time}: what does the procedure say about that?
c Then the procedure is our subject. Walk it with me from {time}: which line met something it does not know?
d Followed, and on other days that works. What does the procedure take for granted about {service}?
e Followed to its end, then. Where it stopped, which options were left at {time}?
f Say we run that procedure on the recorded data: at which step does it look at {signal}?
g The procedure led here, so that is our subject. What must it say to the next person?
h The procedure was followed, and it led here. What did it leave out?
""",
        firm="""
a Nobody has to justify anything here. I ask about the procedure: what does it say on {service}?
b The log stands as it is, {change} at {time}. We go on with the procedure, and nobody has to explain themselves.
h I am asking for no justification. I ask what the procedure left out, and in private is fine too.
c Your account is on the record as you gave it. We go on with the next step, and you may come back to it any time.
""",
    ),
)
