"""Harm or a lapse told as what one person did: "Karl messed up the migration", "you broke it"."""

import re

from secondstory.blameless.people import NO_NAME
from secondstory.blameless.phrases import HARDLY, NAMED
from secondstory.blameless.rule import BlameRule, Hit, Said
from secondstory.model.utterance import Label, Span

# Only people do these, so a word with a capital before them is a name.
_OF_PEOPLE = (
    r"(?:(?:messed|screwed|cocked|fucked) (?:it |this |that |things |everything )?(?:all )?up|botched|bungled"
    r"|fat[- ]?fingered|dropped the ball|fell asleep|(?:was|were) (?:asleep|careless|sloppy|negligent)\b"
    r"|(?:wasn't|weren't|was not|were not) paying attention|got (?:it|this|that) (?:all )?wrong"
    r"|made (?:a |the )?(?:\w+ )?(?:bad|terrible|poor|stupid|wrong|careless|silly|rookie|costly) "
    r"(?:call|decision|choice|mistake|error|move)|skipped the (?:checklist|review|canary|tests?|steps?|check|warning)s?"
    r"|ignored the (?:alerts?|alarms?|warnings?|page|pager|checklist|runbook|process|signs)"
    r"|forgot to (?:check|test|tell|ask|read|set|add|remove|update|revert|enable|disable|switch|turn))"
)
# So do machines: here a word with a capital may be one.
_OF_ANYBODY = (
    r"(?:(?:broke|killed|wrecked|ruined|wiped|nuked|trashed|crashed) (?:it|this|that|us|everything|checkout|prod"
    r"|production|the \w+)|(?:took|brought) (?:us|everything|it all|(?:the )?(?:\w+ )?(?:shop|site|service|system"
    r"|platform|app|store|cluster|checkout|payments|prod|production)) down|caused (?:this|all (?:of )?this|the outage"
    r"|the incident|the mess))"
)
_WHO = r"(?P<who>the (?:\w+ )?(?:engineer|developer|operator|admin|reviewer|author)|[^\W\d_][\w-]*)"
_ONE = re.compile(rf"{NAMED}|you|he|she|whoever|some(?:one|body)|the .+|[a-z]+-\d+")
_CAPITAL = re.compile(r"[A-Z][a-zà-ÿ]{2,}")
# A reason or a plan beside it makes it an account.
_ACCOUNT = re.compile(
    r"\b(?:because|since|as (?:planned|the|agreed|told)|on purpose|planned|for maintenance|so that)\b"
)
_ASKS = re.compile(r"\?\s*$|^\W*(?:what|how|when|where|did|do|does|if|was|is)\b")
_TELLS = re.compile(rf"(?<![\w-]){_WHO} {HARDLY}(?:(?P<of_people>{_OF_PEOPLE})|{_OF_ANYBODY})")
_ONLY_THOUGHT = re.compile(r"\b(?:think|thought|believe|assume|suspect|say|said|claim)(?:s|d|ed)? (?:that )?$")
_BY_PEOPLE = re.compile(r"\bmistakes? (?:was|were) made by (?P<who>a person|someone|somebody|a human|people)\b")
_SURE = 0.95
_LIKELY = 0.75


def _find(said: Said) -> tuple[Hit, ...]:
    if _ACCOUNT.search(said.plain) or _ASKS.search(said.plain):
        return ()
    told = [
        (met, _strength(said.utterance.text[slice(*met.span("who"))], met))
        for met in _TELLS.finditer(said.plain)
        if not _ONLY_THOUGHT.search(said.plain, 0, met.start())
    ]
    passive = [(met, _SURE) for met in _BY_PEOPLE.finditer(said.plain)]
    return tuple(
        Hit(Label.BLAMES_PERSON, 2, strength, Span(*met.span()), Span(*met.span("who")))
        for met, strength in (*told, *passive)
        if strength
    )


def _strength(who: str, met: re.Match[str]) -> float:
    """How surely the word before the lapse means one person; 0 where it does not."""
    if _ONE.fullmatch(met["who"]):
        return _SURE
    if not _CAPITAL.fullmatch(who) or NO_NAME.fullmatch(who):
        return 0.0
    return _SURE if met["of_people"] else _LIKELY


EXTENSION = BlameRule(
    name="names_a_lapse",
    says="Tells it as what one person did wrong.",
    find=_find,
    meets=(
        "Karl messed up the migration.",
        "you broke it",
        "Somebody made a bad call there.",
        "Tom just skipped the checklist.",
        "Sofia was asleep at the wheel.",
    ),
    leaves=(
        "Postgres crashed the node.",
        "Tom skipped the canary because the runbook allows it for hotfixes.",
        "The deploy broke checkout.",
        "Did you break it?",
        "Priya rolled back at 10:04.",
    ),
)
