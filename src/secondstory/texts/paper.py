"""What stands on paper beside the document's own words."""

TEXTS = {
    "share": "share",
    "time": "time, {zone}",
    "page": "{page} of {pages}",
    "values": "{values} over {times}",
}
