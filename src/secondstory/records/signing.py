"""Signed links: an id that anybody may carry and nobody can make up."""

from __future__ import annotations

from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

from secondstory.records.keys import load_or_make_key


class SignedLinks:
    """`ports.Links` with a key of its own, apart from the one that seals names."""

    def __init__(self, key_file: Path) -> None:
        self._serializer = URLSafeSerializer(load_or_make_key(key_file), salt="invitation")

    def sign(self, text: str) -> str:
        """The text with its signature, fit for an address."""
        return str(self._serializer.dumps(text))

    def read(self, signed: str) -> str | None:
        """The text, if the signature is ours."""
        try:
            return str(self._serializer.loads(signed))
        except BadSignature:
            return None
