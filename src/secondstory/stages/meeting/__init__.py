"""What a meeting speaks from: facts that can be said aloud, answers to executives, questions to ask."""

from secondstory.stages.meeting.answering import answer_card, answer_cards, card_asked, card_kinds
from secondstory.stages.meeting.dossier import Dossier, Earlier, rivals_of
from secondstory.stages.meeting.facts import fact_sheet
from secondstory.stages.meeting.questions import questions

__all__ = [
    "Dossier",
    "Earlier",
    "answer_card",
    "answer_cards",
    "card_asked",
    "card_kinds",
    "fact_sheet",
    "questions",
    "rivals_of",
]
