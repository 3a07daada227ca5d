"""What replies carry beside the wording itself: invitations to another voice, and the draft note for outside."""

INVITATIONS = (
    "{role}, {source} has you at {time}. What was in view from where you were?",
    "{role}, how did {time} look from your side?",
    "Ask {role}: what stood on your screen around {time}?",
    "Ask {role} for one fact from {time}, and passing is fine.",
    "{role} was at work at {time}. What did you notice first?",
    "A voice from {time} is missing here: {role}, what did you see?",
    "Who saw the same minute from another screen?",
    "Who has not spoken in this step and wants to?",
    "One fact each, once around the room; passing is fine.",
    "Cards without a name: what else was seen in that minute?",
)

TEXTS = {
    "step_timeline": "the timeline",
    "step_causes": "the causes",
    "step_factors": "the contributing factors",
    "step_actions": "the actions",
    "step_discussion": "the open discussion",
    "step_closing": "the close",
    "asked_blames_person": "for a person as the cause",
    "asked_blames_team": "for a team as the cause",
    "asked_counterfactual": "to judge people by what came later",
    "asked_asks_for_name": "for individual names",
    "asked_stops_at_people": "to close the question at people",
    "asked_defends": "to justify oneself",
    "asked_presses": "for consequences",
    "asked_other": "to leave the agenda",
    "draft": "In today's review the wish {asked} came up {count} times. Where names are asked for, people tell less, "
    "and the record gets gaps. I ask for ten minutes before we continue, to agree how questions of conduct are kept "
    "apart from this review. My concern is what we learn from it.{repairs} When would it suit you?",
    "draft_repairs": " The repairs are not affected: “{action}” is on the list.",
}
