"""One day of a channel from a Slack export (`<channel>/YYYY-MM-DD.json`) to chat.

Names of persons are known from the messages of the same file, which carry the profile of who wrote them; a person who
is only mentioned keeps the account's id. The export's lists of users and channels tell no message and are passed over.
"""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath
from typing import Any

from secondstory.model.telemetry import AUTOMATION, Mapping, OccurrenceKind
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import Unusable, items, section, text
from secondstory.sources.reading.json_objects import json_objects
from secondstory.sources.reading.occurrence_rows import OccurrenceRows, Told
from secondstory.texts import say

_MESSAGE = re.compile(rb'"type"\s*:\s*"message"')
_STAMP = re.compile(rb'"ts"\s*:\s*"\d{10}\.\d{6}"')
_LISTS = tuple(
    f"{name}.json"
    for name in ("users", "org_users", "channels", "groups", "dms", "mpims", "integration_logs", "canvases")
)
_COMINGS = ("channel_join", "channel_leave", "group_join", "group_leave")
_LINK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_OWN = "USLACKBOT"
_DELETED = ("tombstone", "message_deleted")


def recognise(head: FileHead) -> bool:
    """True for an array of messages with Slack's time stamps, and for the lists beside them."""
    if not head.start.startswith(b"["):
        return False
    listed = PurePosixPath(head.path).name in _LISTS and b'"id"' in head.head
    return listed or (_MESSAGE.search(head.head) is not None and _STAMP.search(head.head) is not None)


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All messages but comings and goings. Raises BadInput where the file is no array of objects."""
    path = PurePosixPath(block.path)
    if path.name in _LISTS:
        return Parsed()
    rows = OccurrenceRows(block, mapping)
    records = json_objects(block, rows.rejects)
    names = _names([record for _, record in records])
    channel = path.parent.name
    rows.read(records, lambda record: _told(record, names, channel))
    return rows.parsed()


def _names(records: list[dict[str, Any]]) -> dict[str, str]:
    """Account to name, as far as the messages themselves tell."""
    found: dict[str, str] = {}
    for record in records:
        profile, account = record.get("user_profile"), record.get("user")
        if isinstance(profile, dict) and isinstance(account, str):
            given = (profile.get(key) for key in ("real_name", "display_name", "name"))
            found.setdefault(account, next((name for name in given if isinstance(name, str) and name), account))
    return found


def _told(record: dict[str, Any], names: dict[str, str], channel: str) -> list[Told]:
    kind = text(record, "subtype", "")
    if kind in _COMINGS:
        return []
    if not _is_message(record):
        raise Unusable(say("sources.record_unknown", known="message"))
    changed = section(record, "message") if kind == "message_changed" else {}
    message = changed or record
    account = text(message, "user", "")
    by_program = kind == "bot_message" or account == _OWN or (bool(message.get("bot_id")) and account not in names)
    deleted = kind in _DELETED
    said = say("sources.chat_deleted") if deleted else _written(message)
    thread = text(message, "thread_ts", "")
    edited = text(section(message, "edited"), "ts", "") or (text(record, "ts") if changed else "")
    mentioned = [found[2] for found in _LINK.finditer(said) if found[1] == "@"]
    return [
        Told(
            time=text(message, "ts") if "ts" in message else None,
            kind=OccurrenceKind.CHAT,
            title=_plain(said, names),
            actor=AUTOMATION if by_program else names.get(account, account) or None,
            attributes={
                "channel": f"#{channel}" if channel else None,
                "id": text(message, "ts", ""),
                "thread": thread if thread != text(message, "ts", "") else None,
                "edited": edited or None,
                "deleted": "true" if deleted else None,
                "by": text(message, "username", "") if by_program else None,
                "reactions": _reactions(message),
            },
            people=tuple(names.get(each, each) for each in mentioned),
        )
    ]


def _is_message(record: dict[str, Any]) -> bool:
    return record.get("type", "message") == "message" and "ts" in record


def _written(message: dict[str, Any]) -> str:
    """What a message says; alerts of programs stand in attachments and blocks."""
    parts = [text(message, "text", "")]
    if not parts[0]:
        blocks = [section(block, "text") for block in items(message, "blocks") if isinstance(block, dict)]
        parts += [text(block, "text", "") for block in blocks]
    for attachment in items(message, "attachments"):
        if isinstance(attachment, dict):
            told = [text(attachment, key, "") for key in ("pretext", "title", "text")]
            parts += [part for part in told if part] or [text(attachment, "fallback", "")]
    return "\n".join(part for part in parts if part)


def _plain(said: str, names: dict[str, str]) -> str:
    """Slack's marks as words: accounts as names, links as their text, entities as signs."""

    def words(found: re.Match[str]) -> str:
        mark, target, shown = found.groups()
        if mark == "@":
            return f"@{names.get(target) or shown or target}"
        if mark == "#":
            return f"#{shown or target}"
        if mark == "!":
            return shown or f"@{target}"
        return f"{shown} ({target})" if shown and shown != target else target

    return html.unescape(_LINK.sub(words, said)).strip()


def _reactions(message: dict[str, Any]) -> str | None:
    given = [each for each in items(message, "reactions") if isinstance(each, dict)]
    return ", ".join(f"{text(each, 'name', '')} {text(each, 'count', '1')}" for each in given) or None


EXTENSION = SourceExtension(
    name="slack",
    summary="Slack exports: the messages of each channel and day",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
    tells_people=True,
)
