"""An objection to agenda or format: where their question has its place."""

from secondstory.blameless.replies.moment import Fit, Moment, bank
from secondstory.model.reply import Step

EXTENSION = Moment(
    key="M31",
    title="An objection to the agenda",
    fit=Fit(
        says=(
            r"\bskip (?:the|this|all the|all of this) (?:therapy|timeline|part|intro\w*|opening|agenda|round"
            r"|ceremony|formalit\w+|preamble)\b",
            r"\bwast(?:e|ing) (?:of )?(?:\w+ )?time\b",
            r"\b(?:get|cut|come) (?:straight )?to the (?:point|chase)\b",
            r"\bwhy (?:are|do|must|should) we (?:still |even |have to |really |always )*(?:doing|going|go|do"
            r"|sitting|sit|spend\w*|have|need|walk\w*)\b[^.?!]{0,40}\b(?:this|timeline|again|exercise|meeting"
            r"|agenda|hour|all)\b",
            r"\bwhy (?:we|do we) need (?:a |an |this |the )?(?:whole |full )?(?:hour|meeting|timeline|round"
            r"|exercise|review)\b",
            r"\bdo we (?:really |even |actually )?(?:need|have) (?:to do )?(?:this|a whole|an hour|the timeline"
            r"|to go through)\b",
            r"\b(?:therapy|kumbaya|hand[- ]holding|touchy[- ]feely|group hug)\b",
            r"\b(?:this|the) (?:agenda|format|meeting|exercise|review) (?:is|makes|does|isn't|doesn't"
            r"|won't)\b[^.?!]{0,20}\b(?:pointless|useless|silly|a joke|no sense|not help\w*|backwards?"
            r"|upside down|wrong|work|help|theatre|theater)\b",
            r"\b(?:can|could|let'?s|may) (?:we )?(?:just |please )?(?:go|jump|skip|move|get) (?:straight "
            r"|right |directly |ahead )+to (?:the )?(?:fix\w*|actions?|solution\w*|point|part)\b",
            r"\bi (?:object|don't (?:agree|see the point|like)) (?:to |of |with |in )?(?:this|the) (?:agenda"
            r"|format|order|meeting|exercise|review)\b",
            r"\bi (?:have|'ve got) (?:real|actual|other) work\b",
            r"\bjust fix it\b",
            r"\bwe all know what happened\b",
        ),
    ),
    entry=Step.NUDGE,
    shows=("bluf", "impact", "unknown"),
    points=("The objection, and its answer.",),
    wordings=bank(
        "M31",
        note="""
a Objects to the format. Start from the cost: {impact}.
h Ask what makes the hour worth it; show the place.
b Show the agenda with the place of their question.
""",
        nudge="""
h What makes this hour worth it for you?
a We had {impact}. Which question about that matters most to you?
g Which answer do you need by the end?
b Which question of yours is missing on this agenda?
""",
        redirect="""
a We had {impact}, so the hour has to pay off. What makes it worth it for you?
b The order stays: evidence, then causes, then actions. Where in it does your question belong?
c We talk about {impact}. What do you need from this step before we leave it?
h That is fair to ask. What makes this hour worth it for you?
g Still open: {unknown}. What else has to be answered before you can use this?
d Earlier reviews may have wasted your time. What must not happen in this one?
""",
        firm="""
b The order stays: evidence, then causes, then actions. At half time we check whether it works.
g If you are needed elsewhere, leave two facts and one question; we answer in writing.
a The order stays, because one thing is still open: {unknown}. At half time we check whether it works.
h Your objection is noted, with my answer beside it. We go on with {agenda_step}.
""",
    ),
)
