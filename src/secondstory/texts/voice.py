"""What we say of microphones that are captioned on this server."""

TEXTS = {
    "open": "Microphones are read along: everybody in the room agreed.",
    "open_next": "Nothing of the sound is kept. Anybody may take their agreement back at any time, and it stops.",
    "not_installed": "Microphones cannot be captioned on this server: what reads speech is not installed.",
    "not_installed_next": "Whoever runs the server installs it with: pip install 'secondstory[speech]'",
    "not_live": "No meeting is on, so no microphone is read along.",
    "not_live_next": "Begin the meeting, then ask everybody whether they agree.",
    "not_asked": "Nobody was asked yet whether microphones may be read along.",
    "not_asked_next": "The facilitator asks everybody in the room; it begins once all agree.",
    "not_agreed": "Microphones are not read along: {count} in the room have not agreed.",
    "not_agreed_next": "Go on without; no reason is owed.",
    "gone": "You may not speak in incident {incident}.",
    "unreadable": "The page sent what is no sound.",
    "fast": "The page sent more sound than time has passed.",
    "crowded": "Too many microphones are on.",
}
