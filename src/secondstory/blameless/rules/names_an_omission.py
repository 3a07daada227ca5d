"""What somebody did not do, given as the reason: a step not taken, a page not read, nobody asked."""

from secondstory.blameless.phrases import HARDLY, NAMED, Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

_ONE = (
    rf"(?P<who>{NAMED}|you|he|she|they|whoever|some(?:one|body)|nobody|no one|the (?:\w+ ){{0,2}}(?:team|guys|folks"
    r"|engineer|admin|developer|operator|reviewer|author|vendor|manager|on-call)s?|ops|qa|infra|platform|security|support)"
)
_STEPS = r"(?:read|check|test|look|ask|tell|review|think|notice|call|follow|listen|verify|warn|inform|wait)"
_STEPPING = r"(?:reading|checking|testing|looking|asking|telling|reviewing|verifying|warning|waiting|thinking)"
_NOT = r"(?:didn't|did not|don't|never|doesn't|hadn't|haven't|hasn't)"
_EVEN = r"(?:even |actually |really |ever |first |bother(?:ing|ed)? to )?"

EXTENSION = BlameRule(
    name="names_an_omission",
    says="Names what somebody did not do.",
    find=finder(
        Label.BLAMES_PERSON,
        Phrase(rf"\b{_ONE} (?:[\w.'-]+ ){{1,8}}without {_EVEN}{_STEPPING}\b", 1, 0.8),
        Phrase(rf"\b{_ONE} {HARDLY}{_NOT} {_EVEN}{_STEPS}\b", 1, 0.8),
        Phrase(rf"\bbecause {_ONE} {HARDLY}(?:{_NOT}|forgot|ignored|skipped|refused|couldn't)\b", 1, 0.8),
        Phrase(
            r"(?<!not )(?<!n't have )\b(?:bothered to|bothers to|cared? to|thought to|(?:had|have) the sense to"
            r"|take the time to)\b",
            1,
            0.75,
        ),
        Phrase(
            r"\b(?P<who>you|he|she|they|you guys|those guys) (?:just |simply )?(?:never|always|don't ever) "
            r"(?:listen|test|read|check|ask|tell|think|look|care|learn|answer|break)s?\b",
            2,
            0.8,
        ),
    ),
    meets=(
        "She pushed the change without reading the checklist.",
        "the reviewer didn't even look at the diff",
        "It broke because they never tested the restore.",
        "They never listen.",
    ),
    leaves=(
        "The job ran without checking the lock.",
        "The monitor did not look at the replica.",
        "I clicked without reading.",
        "They tested the restore in March.",
    ),
)
