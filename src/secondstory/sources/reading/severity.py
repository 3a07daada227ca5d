"""Severity words and levels to OpenTelemetry severity numbers (1 to 24; 0 = unset)."""

from __future__ import annotations

BY_WORD: dict[str, int] = {
    **dict.fromkeys(("trace", "finest", "silly", "verbose"), 1),
    **dict.fromkeys(("debug", "finer", "fine", "dbg", "config"), 5),
    **dict.fromkeys(("info", "information", "informational", "log", "statement", "detail", "hint", "ok"), 9),
    "notice": 10,
    **dict.fromkeys(("warn", "warning", "wrn"), 13),
    **dict.fromkeys(("error", "err", "severe"), 17),
    **dict.fromkeys(("critical", "crit"), 18),
    "alert": 19,
    **dict.fromkeys(("fatal", "panic", "emerg", "emergency"), 21),
    **dict(zip("tdiwef", (1, 5, 9, 13, 17, 21), strict=True)),
}
"""By lower-case word; syslog words as in appendix B of the OpenTelemetry logs data model."""

SYSLOG = (21, 19, 18, 17, 13, 10, 9, 5)
"""By syslog severity, 0 (emergency) to 7 (debug)."""


def severity_number(word: str | None) -> int:
    """The number of a severity word, or of a level as pino (10 to 60) or syslog (0 to 7) count; 0 where unknown."""
    if not word:
        return 0
    known = BY_WORD.get(word.strip().lower())
    if known is not None:
        return known
    if not word.isdecimal():
        return 0
    level = int(word)
    if level < len(SYSLOG):
        return SYSLOG[level]
    return 4 * (level // 10) - 3 if level in range(10, 70, 10) else 0
