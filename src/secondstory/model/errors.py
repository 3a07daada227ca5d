"""Every error that a user may meet, in one tree.

SecondStoryError
├── BadInput            a file, an argument or a setting cannot be used; says where and what to do
├── NotFound            no such incident, recording, document or evidence
├── NotAllowed          the actor may not do this
├── EvidenceMismatch    frozen evidence and its hash, or the engine's answer, differ
├── Conflict            somebody changed meanwhile what this was based on
├── TooManyRounds       a stage asked for evidence a third time (our defect)
├── JobCancelled        a person stopped the job; what was accepted is kept
└── Unavailable         something outside is missing: a server binary, a directory, an engine

What is expected is no error: a source without data gives a `Gap`.
"""


class SecondStoryError(Exception):
    """Base of the tree. `what` says what was tried on what; `next_step` what to do now."""

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(f"{what} {next_step}".strip())
        self.what = what
        self.next_step = next_step


class BadInput(SecondStoryError):
    """A file, an argument or a setting that cannot be used."""


class NotFound(SecondStoryError):
    """Something asked for by name does not exist."""


class NotAllowed(SecondStoryError):
    """The actor may not do this."""


class EvidenceMismatch(SecondStoryError):
    """Evidence does not match the hash that it was frozen with."""


class Conflict(SecondStoryError):
    """Somebody changed meanwhile what this was based on."""


class TooManyRounds(SecondStoryError):
    """A stage went on asking for evidence after its two rounds."""


class JobCancelled(SecondStoryError):
    """A person stopped the job."""


class Unavailable(SecondStoryError):
    """Something outside this program is missing."""
