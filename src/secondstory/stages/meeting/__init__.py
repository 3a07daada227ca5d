"""What a meeting speaks from: facts that can be said aloud, answers to executives, questions to ask."""

from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.facts import fact_sheet

__all__ = ["Dossier", "fact_sheet"]
