"""What we say of taking back what one said oneself."""

TEXTS = {
    "nothing": "Nothing that you said in this incident can be taken back any more.",
    "nothing_next": "`secondstory ledger INCIDENT` lists what was said.",
    "no_entry": "{entry} is nothing that you said here and that still holds.",
    "no_entry_next": "`secondstory ledger INCIDENT` lists what was said, by whom.",
    "lasting": "{entry} is a step of the review or a text, which is not taken back like this.",
    "lasting_next": "Change it on the document's page.",
    "built_on": "{actor} has built on it since ({kind} on {subject}, {id}), so it is not taken back unseen.",
    "built_on_next": "Talk to {actor} first, or decide anew and say why.",
    "decision": "Taken back: {kind} on {subject}.",
    "contribution": "Taken back: {kind} on {subject}.",
}
