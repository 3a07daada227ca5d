"""The envelope every stage's document travels in: what it is, what it was made from, and its own hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from secondstory.model.codec import content_hash

Body = TypeVar("Body")
Body_co = TypeVar("Body_co", covariant=True)


@dataclass(frozen=True)
class Envelope:
    """All of a document but its body and own hash; "is this stale?" compares `inputs`."""

    kind: str
    schema_version: int
    code_version: str
    inputs: tuple[tuple[str, str], ...]  # (name, hash), sorted by name


@dataclass(frozen=True, eq=False)
class Document(Generic[Body_co]):
    """A stage's result. `hash` covers envelope and body, so a changed input changes every document downstream."""

    envelope: Envelope
    body: Body_co
    hash: str


def make_document(
    kind: str, body: Body, *, inputs: tuple[tuple[str, str], ...], code_version: str, schema_version: int = 1
) -> Document[Body]:
    """Wrap a body in its envelope and hash both."""
    envelope = Envelope(kind, schema_version, code_version, tuple(sorted(inputs)))
    return Document(envelope, body, content_hash([envelope, body]))
