"""Recognises questions that close a conversation: two in one, an answer inside, a lapse taken for granted."""

from __future__ import annotations

import re
from enum import StrEnum

from secondstory.model.utterance import OwnSlip

_PERSON = r"(?:you|he|she|they|anyone|anybody|someone|somebody|nobody|no one)"
_NOT = r"(?:n['’]t| not)"
_DID = r"(?!(?:about|an?|the|any|for|to|some|no|more)\b)\w"  # after «have»: an act, and no thing that somebody has


class QuestionFault(StrEnum):
    """What is wrong with a question."""

    TWO_IN_ONE = "two_in_one"
    ANSWER_INSIDE = "answer_inside"
    PRESUPPOSED_LAPSE = "presupposed_lapse"
    JUSTIFY = "justify"
    JUDGE_ANOTHER = "judge_another"
    UNREAL_PAST = "unreal_past"
    COMPLIANCE = "compliance"
    WE_FOR_YOU = "we_for_you"


SLIP_OF = {
    QuestionFault.ANSWER_INSIDE: OwnSlip.LEADING,
    QuestionFault.JUSTIFY: OwnSlip.LEADING,
    QuestionFault.COMPLIANCE: OwnSlip.LEADING,
    QuestionFault.WE_FOR_YOU: OwnSlip.LEADING,
    QuestionFault.PRESUPPOSED_LAPSE: OwnSlip.HINDSIGHT,
    QuestionFault.UNREAL_PAST: OwnSlip.HINDSIGHT,
}
"""What a bad question is as a slip of the facilitator; the others are unskilled, and no slip."""

_PATTERNS = (
    (
        QuestionFault.ANSWER_INSIDE,
        rf"\b(?:wouldn['’]t|don['’]t|do not|isn['’]t it|won['’]t) (?:you |we )?(?:agree|think|say|believe|true|fair)\b"
        r"|\bso (?:we|you) (?:all )?agree\b"
        rf"|,\s*(?:right|correct|yes|no|isn['’]t it|wasn['’]t it|didn['’]t {_PERSON})\s*\?"
        rf"|\b(?:did|does|was|were|have|has|had|could|would){_NOT} (?:{_PERSON}|it|that|this|we)\b"
        rf"|\b(?:did|was|were|could|would|had) {_PERSON} not\b",
    ),
    (
        QuestionFault.PRESUPPOSED_LAPSE,
        rf"\b(?:when|how|what|which|where|who)\b[^?]*\b{_PERSON}\b[^?]*\b(?:forg[eo]t|miss(?:ed)?|ignor(?:e|ed)|"
        r"fail(?:ed)?|overlook(?:ed)?|neglect(?:ed)?|mistake|screw(?:ed)?|mess(?:ed)?)\b"
        r"|\byour (?:own )?(?:mistake|error|fault)\b"
        r"|\bwho (?:forgot|missed|failed|ignored|overlooked|turned (?:it|that) off|broke)\b",
    ),
    (
        QuestionFault.JUSTIFY,
        rf"\bwhy (?:did|do|would|could|were|was|are|have|had|on earth)(?:{_NOT})? (?:\w+ )?{_PERSON}\b"
        rf"|\bhow (?:could|can) {_PERSON}\b|\bwhat (?:were|was) {_PERSON} thinking\b|\bwhat made {_PERSON} think\b",
    ),
    (
        QuestionFault.JUDGE_ANOTHER,
        r"\b(?:was|were|is|are) (?:he|she|they|that|his|her|their)\b[^?]*"
        r"\b(?:wise|right|wrong|careful|competent|reasonable|fit)\b"
        r"|\bwhat do you think of (?:his|her|their|what (?:he|she|they))\b",
    ),
    (
        QuestionFault.UNREAL_PAST,
        rf"\b(?:what|which|how)\b[^?]*\b(?:should|could|would) (?:{_PERSON}|we) have {_DID}"
        rf"|\bshould(?:{_NOT})? (?:{_PERSON}|we) have\b|\bif (?:only )?{_PERSON} had\b|\bdone differently\b",
    ),
    (
        QuestionFault.COMPLIANCE,
        r"^\W*(?:(?:so|and|but|then|\w+,) )?(?:did|do|have|had|were) (?:you|he|she|they) (?:even |actually |really )?"
        r"(?:follow|read|check|test|look|run|use|tick|review|ask|see|notice)\w*\b",
    ),
    (
        QuestionFault.WE_FOR_YOU,
        r"\b(?:are|were|did|do|have|can) we (?:going to |ever |always )?"
        r"(?:feel|feeling|remember|remembered|forget|calm|be more)\b",
    ),
)
_RULES = tuple((fault, re.compile(pattern, re.IGNORECASE)) for fault, pattern in _PATTERNS)


def question_faults(text: str) -> tuple[QuestionFault, ...]:
    """What is wrong with the questions in a text; empty where nothing is, or where it asks nothing."""
    asked = [part for part in re.findall(r"[^.?!]*\?", text) if part.strip()]
    found = [fault for fault, rule in _RULES if any(rule.search(part) for part in asked)]
    if len(asked) > 1:
        found.insert(0, QuestionFault.TWO_IN_ONE)
    return tuple(found)


def slips(text: str) -> tuple[OwnSlip, ...]:
    """The same as slips of the facilitator, each once."""
    return tuple(dict.fromkeys(SLIP_OF[fault] for fault in question_faults(text) if fault in SLIP_OF))
