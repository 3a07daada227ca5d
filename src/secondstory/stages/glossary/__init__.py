"""The glossary stage: each term of the guides, shown in an incident's own data or said to be absent."""

from secondstory.stages.glossary.listing import glossary
from secondstory.stages.glossary.term import Sight

__all__ = ["Sight", "glossary"]
