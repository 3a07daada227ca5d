"""A question of how an event came about, in which nobody is meant.

Misleads where the tone alone accuses: words beside it ("come on", "ever") are looked for, a raised voice is not heard.
"""

import re

from secondstory.blameless.people import who_is_meant
from secondstory.blameless.phrases import THING, Phrase, finder
from secondstory.blameless.rule import BlameRule, Hit, Said

_LEAD = r"(?:\W*(?:so|and|but|okay|ok|right|well|then|now|sorry|um|uh|yeah|just|one question|question|tell me)\b)*\W*"
_DOES = r"(?:is|was|were|are|did|does|do|has|have|had)(?:n't| not)?"
_WHAT = rf"(?:this|that|it|these|those|there|nothing|customers|users|(?:the|our|an?) (?:\w+ )?{THING}s?)"
_REST = r"[^.?!;]{0,120}[.?!\s]*$"
_ASKS = finder(None, Phrase(rf"^{_LEAD}(?:(?:why|how) {_DOES} {_WHAT}|how come {_WHAT})\b{_REST}", 0, 0.85))
# People, and what turns a question into a charge.
_CHARGES = re.compile(
    r"\b(?:you\w*|your\w*|he|him|his|she|hers?|they|them|their|who\w*|names?|named|teams?|people|persons?|humans?|staff"
    r"|(?:some|any|every|no) ?(?:body|one)(?:'s)?|(?:engineer|developer|operator|reviewer|admin|vendor|manager|guy)s?"
    r"|we|my|fault|blam\w+|careless\w*|neglig\w+|incompeten\w+|stupid\w*|ridiculous|(?:un)?acceptable|allowed"
    r"|excuse|discipline\w*|basic|obvious\w*|always|simple|simply|come on|seriously|honestly|ever|even"
    r"|still|hell|heck|earth)\b"
)


def _find(said: Said) -> tuple[Hit, ...]:
    met = _ASKS(said)
    return () if not met or _CHARGES.search(said.plain) or who_is_meant(said.utterance) else met


EXTENSION = BlameRule(
    name="asks_what_led_there",
    says="Asks how it came about; nobody is meant.",
    find=_find,
    meets=(
        "Why wasn't this caught earlier?",
        "So how did this get through?",
        "how come the alert did not fire",
        "Why did it take so long?",
    ),
    leaves=(
        "Why wasn't this caught earlier, Ravi?",
        "Why did the reviewer let it through?",
        "How did nobody see this?",
        "Why was there no test, come on?",
        "It was a small change. Why was it not tested?",
    ),
)
