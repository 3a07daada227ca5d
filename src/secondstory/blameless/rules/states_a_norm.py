"""A rule of the house for reviews, or advice on how to hold them, that judges nobody."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule

_REVIEW = (
    r"(?:blameless(?:ly|ness)?|blame[- ]free|just culture|post-?mortems?|retrospectives?|retros?|reviews?|write-?ups?"
    r"|reports?|culture|learning)"
)
_AIM = r"(?:focus(?:es|ed|ing)?|look(?:s|ing)?|ask(?:s|ing)?|talk(?:s|ing)?|care|learn(?:s|ing)?|interested|about)"
_NOT = r"(?:not|never|rather than|instead of|over|without)"
_PERSON = r"(?:who|whom|whose|people|persons?|individuals?|names?|naming|blam\w+|fault|finger[- ]?point\w*|punish\w*)"
_BLAMING = r"(?:blam\w+|fault|finger[- ]?point\w*|punish\w*|accus\w+|sham\w+|nam(?:es|ing)|single\w* out|human error)"
_ANYBODY = r"(?:people|individuals?|persons?|others|someone|somebody|anyone|anybody|each other|one another)"
_OUGHT = r"(?:should|must|is|are|means?|needs? to|tr(?:y|ies) to|never|do(?:es)?(?:n't| not))"
_ALL = r"(?:everyone|everybody|people|each|all|engineers?|staff|teams?|they)"
_WELL = r"(?:best|good|well|right|sense|knew)"

EXTENSION = BlameRule(
    name="states_a_norm",
    says="Says how reviews are held; judges nobody.",
    find=finder(
        None,
        Phrase(rf"\b{_AIM} (?:\w+ ){{0,6}}\w+,? {_NOT} (?:\w+ ){{0,4}}{_PERSON}\b", 0, 0.8),
        Phrase(rf"\b(?:avoid|refrain from|stay away from) (?:\w+ ){{0,3}}{_BLAMING}\b", 0, 0.8),
        Phrase(
            rf"(?<!\bnot )(?<!n't )\b(?:blaming|punishing|shaming|accusing|firing) (?:an? |the )?{_ANYBODY}\b", 0, 0.8
        ),
        Phrase(rf"\b(?:fear of|without fear|afraid of) (?:\w+ ){{0,3}}(?:{_BLAMING}|retribution|reprisals?)\b", 0, 0.8),
        Phrase(
            r"\bhuman error (?:is|as) (?:\w+ )?(?:not|never|where|an effect|a symptom|the start)\b",
            0,
            0.8,
        ),
        Phrase(rf"\b{_REVIEW} (?:\w+ ){{0,3}}{_OUGHT} (?:\w+ ){{0,8}}{_PERSON}\b", 0, 0.7),
        Phrase(rf"\b(?:assum\w+|believ\w+|trust\w*|presum\w+) (?:that )?{_ALL} (?:\w+ ){{0,6}}{_WELL}\b", 0, 0.8),
    ),
    meets=(
        "We focus on what the system showed, not on who typed.",
        "Avoid blaming individuals in the timeline.",
        "A review should never name people.",
        "Assume everyone did their best with what they knew.",
    ),
    leaves=(
        "I am not blaming anyone, but you broke it.",
        "Blameless, is it. Lovely.",
        "The review says who approved it.",
    ),
)
