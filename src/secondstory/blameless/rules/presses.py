"""From above: demands for justification, or consequences held out."""

from secondstory.blameless.phrases import Phrase, finder
from secondstory.blameless.rule import BlameRule
from secondstory.model.utterance import Label

EXTENSION = BlameRule(
    name="presses",
    says="Holds out consequences, or demands a justification.",
    find=finder(
        Label.PRESSES,
        Phrase(r"\b(?:there (?:will|have to|must) be|i want|wants to hear that there are) consequences\b", 3, 0.85),
        Phrase(
            r"\bheads? (?:will|are going to|has to|have to) roll\b|\blose (?:their|his|her) job\b|\bbe fired\b",
            3,
            0.7,
        ),
        Phrase(
            r"\b(?:somebody|someone)(?:'s| is| will be)? (?:going to |will )?(?:have to )?(?:answer|pay) for this\b",
            3,
            0.9,
        ),
        Phrase(
            r"\bwhat (?:exactly )?(?:am i|are we|do we) pay(?:ing)? (?:you|them|this|for)\b|\bwhat do i pay you\b",
            2,
            0.85,
        ),
        Phrase(
            r"\bhow is (?:it|that) (?:even )?possible that\b|\bhow (?:could|can) (?:this|you|nobody|no one)\b", 1, 0.6
        ),
        Phrase(r"\b(?:is|are|be|goes) out (?:of )?the door\b|\bnext (?:person|guy|fella|one) who\b", 3, 0.8),
        Phrase(r"\bdon't you dare\b|\bi (?:want|expect) (?:an? )?(?:answers?|explanation)\b", 2, 0.85),
        Phrase(r"\b(?:justify|explain) (?:yourself|yourselves|that to me|this to me)\b", 2, 0.8),
    ),
    meets=("There will be consequences.", "Somebody will answer for this.", "What exactly am I paying you for?"),
    leaves=("What are the consequences for orders?", "What does a second region cost?", "Who will answer the phone?"),
)
