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
            r"\b(?:i|we) (?:only |just |went and )?(?:followed|did|went by|go by) (?:exactly |just |only )?"
            r"(?:the|what the|my|our) (?:\w+ )?(?:procedure|process|runbook|playbook|book|orders|job|checklist"
            r"|policy)\b(?! (?:up to|until|and then|top to))",
            1,
            0.75,
        ),
        Phrase(
            r"\bi (?:did (?:exactly |only |just )?what (?:any(?:one|body)|i was (?:told|asked|given)|you (?:told"
            r"|asked))|(?:passed on|used) (?:what|the \w+) i(?:'d| was|'ve| had)? (?:been )?given)\b",
            1,
            0.8,
        ),
        Phrase(
            r"\b(?:not|isn't|wasn't) (?:my|our) (?:fault|problem|prob|circus|department|responsibility|job|call"
            r"|decision)\b",
            1,
            0.8,
        ),
        Phrase(
            r"\b(?:i(?:'ve| have)?|we(?:'ve| have)?)(?: still)? (?:got|have|can show you) (?:the|it in|that in) "
            r"(?:ticket|e?-?mails?|texts?|letter|receipts|writing|screenshots?|messages?)\b",
            1,
            0.75,
        ),
        Phrase(
            r"\bdon't (?:you )?(?:dare )?(?:put|pin|dump|hang) (?:it|this|that|any of this) on (?:me|us|my|our)\b",
            1,
            0.85,
        ),
        Phrase(
            r"\b(?:nobody|no one) (?:ever |even )?(?:asked|told|trained|warned) (?:me|us) (?:for|to|how|about|that)\b",
            1,
            0.7,
        ),
        Phrase(
            r"\b(?:am i|are we|why am i|why are we) (?:being )?(?:blamed|accused|on trial|singled out|grilled)\b"
            r"|\b(?:a|this) (?:line-?up|witch hunt|interrogation|show trial)\b|\b(?:me|us) under the bus\b"
            r"|\bin (?:my|our) defen[cs]e\b|\bi stand by (?:it|that|what)\b",
            1,
            0.8,
        ),
        Phrase(r"\b(?:i|we) (?:didn't|did not) (?:do|touch) (?:anything|nothing|a thing|it)\b", 1, 0.7),
        Phrase(
            r"\b(?:our|my) (?:side|end|part|dashboards?) (?:was|were) (?:all )?(?:fine|green|clean|healthy)\b", 1, 0.6
        ),
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
