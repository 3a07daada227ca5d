"""What is said of all people, or of blame itself: nobody in particular is meant."""

from secondstory.blameless.phrases import Phrase, unless_taken_back
from secondstory.blameless.rule import BlameRule

_ALL = r"(?:everyone|everybody|people|engineers?|staff|teams?|they|responders|operators)"

EXTENSION = BlameRule(
    name="speaks_of_all",
    says="Speaks of people in general, or of blame itself.",
    find=unless_taken_back(
        Phrase(
            r"\bhuman error\W{0,2} (?:is|as|was) (?:\w+ )?(?:not|never|where|an? (?:effect|symptom|label)|the start)\b"
            r"|\b(?:behind|beyond|past|stop\w* (?:at|with)|instead of|rather than) \W?human error\b",
            0,
            0.8,
        ),
        Phrase(
            r"\bany(?: one)? of us (?:could|would|might) have\b"
            r"|\bcould(?:'ve| have) (?:been|happened to) any(?:one|body)?\b"
            r"|\b(?:information|knowledge|context) (?:that )?(?:was )?"
            r"(?:available|(?:they|people|everyone|we|you) had)\b"
            r"|\bmade sense (?:to (?:them|us|people|everyone|anyone) )?at the time\b"
            r"|\b(?:good|best) (?:intentions?|faith)\b|\bpsychological(?:ly)? safe",
            0,
            0.7,
        ),
        Phrase(
            rf"\b(?:when|if|where|once) {_ALL} (?:\w+ )?(?:are|get|feel|fear|expect) (?:\w+ ){{0,2}}"
            r"(?:blam\w+|punish\w*|asham\w*|safe|fired|afraid)\b",
            0,
            0.7,
        ),
        Phrase(
            r"\b(?:blame|punish\w+|fear|sanctions?) (?:only |just |will |would )?"
            r"(?:makes?|drives?|leads?|hides?|stops?|keeps?|discourages?|prevents?|shuts?|teach(?:es)?)\b",
            0,
            0.7,
        ),
        Phrase(
            r"\bblame(?:less|-free)(?:ly)? (?:culture|post-?mortems?|retro\w*|reviews?|process|language|channel"
            r"|template|tone|reports?|manner|environment|approach)\b",
            0,
            0.5,
        ),
    ),
    meets=(
        "Human error is never where we stop, it is where we start.",
        "When people are punished they tell us less.",
        "It could have been anybody in that seat.",
        "They acted on the information they had.",
    ),
    leaves=(
        "The root cause was human error.",
        "It could have been anybody, but it was you.",
        "You had all the information.",
        "Who is to blame?",
    ),
)
