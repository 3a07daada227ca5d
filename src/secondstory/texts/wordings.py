"""What is said of own wordings: why one is refused, and what to do."""

TEXTS = {
    "no_moment": "There is no moment {moment!r}.",
    "no_moment_next": "`secondstory wordings list` names the moments, M01 to M40.",
    "no_step": "There is no step {step!r}.",
    "no_step_next": "Choose one of: {steps}.",
    "refused": "This wording cannot join. {reason}",
    "refused_next": "Change it, and add it once more.",
    "too_many": "There are {most} wordings already.",
    "too_many_next": "Remove one: `secondstory wordings remove KEY`.",
    "no_wording": "There is no wording {name!r} of yours.",
    "no_wording_next": "`secondstory wordings list` shows the keys.",
    "damaged": "{path} cannot be read. {problem}",
    "damaged_next": "Undo what was changed in it, or move it away; other wordings are not touched by that.",
    "braces": "A brace is not closed, or names no slot, such as panel.",
    "empty": "It says nothing.",
    "unknown_slots": "These slots are not known: {names}.",
    "too_long": "It has {count} words; at most {most} can be said in a breath at the step {step}.",
    "avoided": "It says “{words}”, which shames, soothes or promises.",
    "exclamation": "It raises its voice.",
    "blames": "It reads as blame: {reason}",
}
