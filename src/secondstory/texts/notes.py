"""What we say of the shared notes of a meeting."""

TEXTS = {
    "no_meeting": "There was no meeting number {number}.",
    "no_meeting_next": "Leave the number out for the notes of the last meeting.",
    "gone": "You may no longer read incident {incident}.",
    "read_only": "Your role lets you read the notes, not write in them.",
    "unreadable": "The page sent what the notes cannot take.",
    "full": "The notes are full: {most} MB with their history.",
    "crowded": "Too many pages have the notes open.",
    "slow": "The page took its messages too slowly.",
    "next_meeting": "The next meeting has begun, with notes of its own.",
    "again": "The notes are read anew.",
    "empty": "Nothing was written in the notes of meeting {number}.",
}
