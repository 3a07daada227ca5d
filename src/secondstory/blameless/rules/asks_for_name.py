"""Questions and demands for the person behind it."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

EXTENSION = BlameRule(
    name="asks_for_name",
    says="Asks who is at fault, in place of what allowed it.",
    find=finder(
        Label.ASKS_FOR_NAME,
        Phrase(r"\bwho(?:'s| is| was| are| do we hold| should be| would be| will be)? (?:to blame|at fault)\b", 2, 0.9),
        Phrase(r"\bwho(?:se| is| was|'s)? (?:fault|mistake|mess|screw[- ]?up)\b", 2, 0.9),
        Phrase(r"\bwho (?:do we|should we|will we|did|are we) (?:hold|holding|blame|fire|thank for)\b", 2, 0.9),
        Phrase(r"\bwho (?:broke|screwed|messed|dropped the ball|caused|let this|allowed this|was asleep)\b", 2, 0.8),
        Phrase(r"\b(?:give me|i want|i need|we need) (?:a|the|some) names?\b", 3, 0.9),
        Phrase(
            r"\b(?:want|need|like|have) to know (?:\w+ )?(?:who (?:did|broke|was|is behind)"
            r"|which (?:one|of you|person))\b"
            r"|\b(?:which one|who) of you\b",
            2,
            0.85,
        ),
        Phrase(r"\bwho (?:was|is|were) (?:supposed|meant) to\b", 1, 0.8),
        Phrase(r"\bwho(?:'s| is| was)? (?:answerable|going to (?:answer|pay|own up))\b", 2, 0.85),
        Phrase(r"\bwhose (?:head|neck|desk|watch|fault|job was it)\b", 2, 0.7),
    ),
    meets=("So who is to blame here?", "give me a name", "Whose fault was this"),
    leaves=("Who is on call tonight?", "What was the name of the host?", "Who ran the restore so that we can ask how?"),
)
