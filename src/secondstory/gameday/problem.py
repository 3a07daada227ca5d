"""What the laboratory says when it cannot go on."""


class LaboratoryProblem(Exception):
    """The message says what was tried, on what, and what to do next."""
