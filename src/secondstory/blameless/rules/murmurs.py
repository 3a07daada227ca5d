"""A word or a few that say no more than that somebody listens, agrees or greets."""

from secondstory.blameless.rule import BlameRule, Hit, Said
from secondstory.blameless.words import words
from secondstory.model.utterance import Span

_WORDS = """
    yes yeah yep yup no nope right okay ok sure fine good great lovely cool agreed agree agrees exactly precisely
    absolutely totally massively indeed true fair correct thanks thank you understood noted same me too got it makes
    make sense of course naturally probably definitely certainly perfect nice hm hmm mm mhm ah ahh oh uh um huh well in
    favour favor point taken go on ahead please sounds that works work for problem pleasure bye ciao hello hi morning
    cheers done so and but very it's that's thats is enough strongly ditto also i see gotcha touché will hear here
"""
_MURMURS = frozenset(_WORDS.split())
_MOST_WORDS = 5


def _find(said: Said) -> tuple[Hit, ...]:
    found = words(said.plain)
    if not 0 < len(found) <= _MOST_WORDS or not _MURMURS.issuperset(found) or "?" in said.plain:
        return ()
    return (Hit(None, 0, 0.9, Span(0, len(said.plain))),)


EXTENSION = BlameRule(
    name="murmurs",
    says="Says no more than that somebody listens.",
    find=_find,
    meets=("Agreed.", "Yes, exactly that.", "in favour"),
    leaves=("Genius.", "Every time.", "Right?", "Not my problem."),
)
