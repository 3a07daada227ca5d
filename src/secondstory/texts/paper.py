"""What stands on paper beside the document's own words."""

TEXTS = {
    "share": "share",
    "duration": "duration",
    "size": "size",
    "time": "time, {zone}",
    "label": "No.",
    "asked": "What was asked, or is missing",
    "answered": "Answered by, rows",
    "hash": "Result hash",
}
