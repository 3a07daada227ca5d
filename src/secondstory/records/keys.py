"""Keys that lie in files beside the database, never inside it."""

from __future__ import annotations

from pathlib import Path

from cryptography.fernet import Fernet


def load_or_make_key(key_file: Path, note: bytes = b"") -> bytes:
    """What a file holds that only its owner can read; a fresh key, then `note`, where there is none yet."""
    try:
        return key_file.read_bytes()
    except FileNotFoundError:
        key_file.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked, so that two processes starting together end with one key.
    fresh = key_file.with_name(f".{key_file.name}.{Fernet.generate_key()[:12].decode()}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(Fernet.generate_key() + note)
    try:
        key_file.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return key_file.read_bytes()
