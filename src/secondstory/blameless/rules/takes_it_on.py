"""The speaker takes the blame."""

from secondstory.blameless.phrases import HARDLY, Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

_HOW = r"(?:all |entirely |totally |probably |really |one |just |completely )*"
_MINE = r"(?:my (?:own )?(?:fault|mistake|error|doing|slip|bad|mess|screw[- ]?up)|on me)\b(?![^.!;]{0,12}\?)"
_LAPSE = (
    r"(?:screwed (?:it )?up|messed (?:it |this )?up|blew it|dropped the ball|broke (?:it|this|prod)|missed (?:it|that)"
    r"|let (?:\w+ ){1,3}down|cost us|caused (?:this|it|the)|forgot|overlooked|failed)"
)
_STEPPING = r"(?:reading|checking|testing|looking|asking|telling|thinking|waiting)"

EXTENSION = BlameRule(
    name="takes_it_on",
    says="The speaker takes the blame.",
    find=finder(
        Label.SELF_BLAME,
        Phrase(
            rf"(?<!put )(?<!pin )(?<!now )\b(?:it|this|that|all)(?:'s| is| was)? {_HOW}(?:is |was |were )?{_MINE}",
            0,
            0.9,
        ),
        Phrase(
            r"\b(?:it|that)(?:'s| was) (?:basically |all |really |just )?me\b(?! (?:who|that|and)\b)(?!\W*\?)", 0, 0.6
        ),
        Phrase(
            r"\b(?:cross|angry|mad|annoyed) (?:at|with) me\b|\b(?:stupid|dumb|silly|careless|sloppy|naive) of me\b",
            0,
            0.85,
        ),
        Phrase(r"\b(?:mistake|error|fault|slip) (?:is|was) (?:all |entirely )?mine\b", 0, 0.9),
        Phrase(
            rf"\bi {HARDLY}(?:should(?:'ve| have)|ought to have) (?:\w+ly )?(?:known|caught|seen|checked|asked|called"
            r"|read|noticed|tested|waited|looked|told|thought)\b",
            0,
            0.85,
        ),
        Phrase(rf"\bi {HARDLY}{_LAPSE}\b", 0, 0.9),
        Phrase(rf"\bi (?:\w+ ){{1,8}}without (?:even |actually |really )?{_STEPPING}\b", 0, 0.8),
        Phrase(
            r"\b(?:blame me|mea culpa|i blame myself|i(?: still)? feel (?:so |really |like )?(?:a |an )?"
            r"(?:terrible|awful|stupid|idiot|sick|ashamed|guilty|horrible|fool|bad))\b",
            0,
            0.85,
        ),
    ),
    meets=(
        "That one is on me.",
        "i should have checked the lag",
        "honestly it was my fault",
        "The mistake was mine.",
        "I confirmed the prompt without reading it.",
    ),
    leaves=(
        "It was not only my team's view.",
        "I checked the lag at ten.",
        "They should have checked it.",
        "So now it's my fault?",
        "Don't put that on me.",
    ),
)
