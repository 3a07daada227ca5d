"""Who is responsible, who is held accountable: owners, dates and tests of the repairs."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step
from secondstory.model.utterance import Label

EXTENSION = Moment(
    key="M04",
    title="“Who is accountable?”",
    fit=Fit(
        labels=(Label.ASKS_FOR_NAME,),
        cues=("accountable", "responsible", "responsibility", "accountability"),
        says=(
            r"\bh(?:old|eld|olding) (?:\w+ ){0,2}(?:accountable|responsible|to account)\b",
            r"\bwho(?:'s| is| was| should be| do we \w+)? (?:responsible|accountable|answerable)\b",
            r"\bwhose (?:responsibility|fault|job)\b",
        ),
        alone=True,
    ),
    entry=Step.REDIRECT,
    shows=("action", "change", "impact"),
    points=("Accountability: owner, date and test for each recommendation.",),
    wordings=bank(
        "M04",
        note="""
a Asks for a person. First repair: {action}.
h Answer with owners of repairs, never with names of actors.
""",
        nudge="""
a “{action}”: who can take that?
h What should the page with owners and dates hold for you?
d How are repairs followed up here on an ordinary week?
g Which repair has to be owned before the next night shift?
""",
        redirect="""
a Accountability will be one page: each recommendation with owner, date and test. The first reads “{action}”. What
  else must stand there?
b Two lists answer that: what happened, by the minute, and who repairs what. “{action}” heads the second. Which line
  is missing?
c The timeline shows {change} at {time}, and what let it through is ours to repair. Which repair do you want owned
  first?
e Someone has to act, yes. “{action}” needs an owner, a date and a test. What does that owner need?
h You need to know that somebody acts. Every repair gets an owner who agrees, a date and a test. What must that page
  show?
d We had {impact}, so somebody must act: the owners of the repairs. Which proof would you trust?
g The next outage asks the same of us. Who owns a repair is decided today; what would tell you it worked?
f A repair counts when a test passes on the recorded data. Which test do you want to see first?
""",
        firm="""
a Owners of repairs are named; people on the timeline are not. “{action}” is the first to get an owner.
b Conduct has its own path outside this review. In here the owners of repairs are named, with dates.
g I answer for the fairness of this review, and owners answer for repairs. That is where it ends in this room.
h Here accountable means an owner, a date and a test. Shall we go through that list, or take your question outside?
""",
        outside="""
a You and I take that up after this meeting. What stays in here is “{action}” and its owner.
h I would like to answer that outside this room, with you alone. May we take ten minutes after the close?
""",
    ),
)
