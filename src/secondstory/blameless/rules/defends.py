"""An answer to a charge, actual or expected."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

EXTENSION = BlameRule(
    name="defends",
    says="Answers a charge.",
    find=finder(
        Label.DEFENDS,
        Phrase(
            r"\bi (?:only |just )?(?:followed|did) (?:exactly |precisely |just |only )?(?:the|what the|my) "
            r"(?:procedure|process|runbook|book|orders|job|checklist)\b(?! (?:up to|until|and then))",
            1,
            0.75,
        ),
        Phrase(r"\b(?:not|isn't|wasn't) (?:my|our) (?:fault|problem|prob|circus|department|responsibility)\b", 1, 0.8),
        Phrase(r"\bdon't (?:look at|blame) (?:me|us)\b", 1, 0.85),
        Phrase(r"\bbefore (?:any(?:one|body)|this goes any)\b[^.?!]{0,20}\b(?:asks|says|further|starts)\b", 1, 0.7),
        Phrase(r"\b(?:so (?:it's|it is|now it's)|and now it's|how is (?:this|that|it)) (?:my|our) fault\b", 2, 0.85),
        Phrase(
            r"\bi (?:did|told|warned|said|raised|flagged) (?:\w+ ){0,4}(?:and )?nobody (?:listened|wanted|cared)\b",
            1,
            0.8,
        ),
    ),
    meets=("I just did what the runbook said.", "don't look at me, I was away", "So now it's my fault?"),
    leaves=("I followed the runbook up to step six.", "It was the disk, not the network.", "I told the bot to stop."),
)
