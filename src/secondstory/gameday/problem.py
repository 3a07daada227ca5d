"""What the laboratory says when the shop does not do what the plan says."""

from secondstory.model.errors import SecondStoryError


class LaboratoryProblem(SecondStoryError):
    """A process did not start, no page fired, or the shop did not recover."""
