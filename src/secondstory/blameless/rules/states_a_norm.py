"""A rule of the house for reviews, or advice on how to hold them, that judges nobody.

Misleads where the rule is only said to be set aside: what follows a "but" is looked for, irony is not heard.
"""

from secondstory.blameless.phrases import Phrase, unless_taken_back
from secondstory.blameless.rule import BlameRule

_REVIEW = (
    r"(?:blameless(?:ly|ness)?|blame[- ]free|just culture|post-?mortems?|retrospectives?|retros?|reviews?|write-?ups?"
    r"|reports?|culture|learning|documents?|process|charter|facilitators?|authors?)"
)
_AIM = r"(?:focus(?:es|ed|ing)?|look(?:s|ing)?|ask(?:s|ing)?|talk(?:s|ing)?|care|learn(?:s|ing)?|interested|about)"
_NOT = r"(?:not|never|rather than|instead of|over|without)"
_PERSON = r"(?:who|whom|whose|people|persons?|individuals?|names?|naming|blam\w+|fault|finger[- ]?point\w*|punish\w*)"
_BLAMING = (
    r"(?:blam\w+|fault|guilt\w*|finger[- ]?point\w*|punish\w*|accus\w+|sham\w+|nam(?:es|ing)|single\w* out"
    r"|(?:human|operator) error|hindsight|verdicts?|judg(?:e?ments?|ing)|liability)"
)
_ANYBODY = r"(?:people|individuals?|persons?|others|someone|somebody|anyone|anybody|each other|one another)"
_OUGHT = r"(?:should|must|is|are|means?|needs? to|tr(?:y|ies) to|never|do(?:es)?(?:n't| not))"
_ALL = r"(?:everyone|everybody|people|each|all|engineers?|staff|teams?|they)"
_WELL = r"(?:best|good|well|right|sense|knew|reasons?)"
_ROOM = r"(?:room|call|meeting|review|hour|channel|session|doc(?:ument)?|report)"
_HERE = rf"(?:here|in here|in (?:this|the|our) (?:\w+ )?{_ROOM})"
_LEFT_OUT = r"(?:names?|people|persons?|individuals?|blame|verdicts?|judg\w+|who)"

EXTENSION = BlameRule(
    name="states_a_norm",
    says="Says how reviews are held; judges nobody.",
    find=unless_taken_back(
        Phrase(rf"\b{_AIM} (?:\w+ ){{0,6}}\w+,? {_NOT} (?:\w+ ){{0,4}}{_PERSON}\b", 0, 0.8),
        Phrase(rf"\b(?:avoid|refrain from|stay away from) (?:\w+ ){{0,3}}{_BLAMING}\b", 0, 0.8),
        Phrase(
            rf"(?<!\bnot )(?<!n't )\b(?:blaming|punishing|shaming|accusing|firing) (?:an? |the )?{_ANYBODY}\b", 0, 0.8
        ),
        Phrase(rf"\b(?:fear of|without fear|afraid of) (?:\w+ ){{0,3}}(?:{_BLAMING}|retribution|reprisals?)\b", 0, 0.8),
        Phrase(rf"\b{_REVIEW} (?:\w+ ){{0,3}}{_OUGHT} (?:\w+ ){{0,8}}{_PERSON}\b", 0, 0.7),
        Phrase(rf"\b(?:assum\w+|believ\w+|trust\w*|presum\w+) (?:that )?{_ALL} (?:\w+ ){{0,6}}{_WELL}\b", 0, 0.8),
        # Nobody is tried, and nothing said is held against anybody.
        Phrase(
            rf"\b(?:nobody|no one|no-one|none of (?:us|you))(?:'s| is| are| will| gets?| has)? (?:{_HERE} )?"
            r"(?:is |be |getting |going to (?:be |get )?|needs? to )?(?:on trial|in trouble|to blame|blam\w+|punish\w*"
            r"|fired|losing (?:a|their) job|looking for|defend\w*|apologi[sz]e)\b",
            0,
            0.8,
        ),
        Phrase(
            r"\b(?:nothing|cannot|can't|never|not|won't)(?: \w+){0,6} (?:used|held|go(?:es)?|shared|ends? up)"
            r"(?: \w+){0,3} (?:appraisals?|disciplin\w+|performance|hr|against (?:you|any(?:one|body)|them|people))\b",
            0,
            0.8,
        ),
        # Names and verdicts stay outside.
        Phrase(
            rf"\b(?:keep|leave|take|leaving|keeping|taking) (?:the |all |any |your )?{_LEFT_OUT} (?:\w+ ){{0,2}}"
            r"(?:out|off|outside|at the door|aside)\b",
            0,
            0.8,
        ),
        Phrase(rf"\b{_LEFT_OUT} (?:\w+ ){{0,2}}(?:stays? out|(?:left|leave) (?:\w+ )?at the door)\b", 0, 0.8),
        Phrase(r"\bno names\b|\broles?,? (?:not|instead of|rather than) (?:by )?names?\b", 0, 0.7),
        Phrase(r"\b(?:doesn't|does not|don't|do not) (?:matter|care|need(?: a| to know)?|mind)\W{1,2}who\b", 0, 0.8),
        Phrase(
            r"\bwe (?:do not|don't|never|won't|will not|aren't|are not|cannot|can't) (?:\w+ ){0,2}(?:ask|use|say|write"
            r"|name|look for|judge|assess|do|share|deal in|accept)(?: \w+){0,2} \W?(?:(?:the|any|a) )?(?:words? )?\W?"
            rf"(?:{_BLAMING}|who|whose|names?|negligen\w+|individual\w*)\b",
            0,
            0.8,
        ),
    ),
    meets=(
        "We focus on what the system showed, not on who typed.",
        "Avoid blaming individuals in the timeline.",
        "A review should never name people.",
        "Assume everyone did their best with what they knew.",
        "Nobody in this room is on trial.",
        "Nothing you say here can be used in an appraisal.",
        "Let us keep names out of the timeline.",
        "We do not ask who typed it.",
    ),
    leaves=(
        "I am not blaming anyone, but you broke it.",
        "Blameless, is it. Lovely.",
        "The review says who approved it.",
        "We keep names out of this, but we all know who it was.",
    ),
)
