"""What is said of the notes that whoever leads keeps for themselves."""

from __future__ import annotations

TEXTS = {
    "too_long": "These notes are longer than {most} characters.",
    "too_long_next": "Copy a part of them out, and take it from here.",
    "changed": "You wrote something else here meanwhile, in another window.",
    "changed_next": "Copy what you have here, then read the page anew.",
    "none": "You wrote nothing down for yourself in this meeting.",
    "over": "The meeting is over, and what you wrote down for yourself is gone.",
    "kept": "Kept in the meeting's journal, for you alone; gone at the end.",
    "copied": "Written to {path}, which lies outside the meeting's seal.",
}
