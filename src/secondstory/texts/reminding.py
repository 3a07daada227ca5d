"""What owners of actions are written, and what is said of their letters."""

TEXTS = {
    "subject_entry": "{title}: due {day}",
    "subject_gone": "Not yours to do any more: {title}",
    "subject_before": "Due in {days}: {title}",
    "subject_due": "Due today: {title}",
    "subject_overdue": "Was due {day}: {title}",
    "tell_entry": "You took this on: {title}. It is due on {day}. The calendar entry is attached; if the day "
    "moves, another one moves it.",
    "tell_gone": "This is called off, or somebody else does it now: {title}. The file attached takes the entry out "
    "of your calendar.",
    "tell_before": "This is due in {days}, on {day}: {title}.",
    "tell_due": "This is due today: {title}.",
    "tell_overdue": "This was due on {day}, {days} ago: {title}.",
    "stands_open": "It stands as open. If the day does not hold, move it and say why; that helps more than a day in "
    "the past.",
    "stands_in_progress": "It is in progress. If the day does not hold, move it and say why; that helps more than a "
    "day in the past.",
    "stands_implemented": "It is implemented and not verified yet. Ask somebody who did not do it to look, and "
    "to say what they saw.",
    "stands_looked": "It is implemented and not verified yet. {verifier} said they would look whether it works; ask "
    "what they saw.",
    "subject_verify": "Ready to be looked at: {title}",
    "tell_verify": "You said you would look whether this works, and it is implemented now: {title}.",
    "stands_verify": "Say on the page of the plan what you saw, also where it does not hold.",
    "stop_verify": "This letter comes once each time that the action is implemented.",
    "stands_ineffective": "It was found not to help. Take it up again, or say that the risk is accepted.",
    "criterion": "How one will know that it works: {criterion}",
    "follow_up": "The plan is looked at together on {day}.",
    "from_incident": "It came out of the review of “{title}”.",
    "link": "The plan: {link}",
    "stop": "These letters stop when the action is verified or called off, or when its risk is accepted.",
    "day": "1 day",
    "days": "{count} days",
    "entry_title": "Due: {title}",
    "entry_criterion": "How one will know: {criterion}",
    "entry_looks": "Looks whether it works: {verifier}",
    "entry_stands": "Stands: {progress}",
    "meeting_title": "Follow-up: is what we agreed done, and does it work",
    "meeting_words": "The plan is looked at together: what is verified, what is late, which risk still holds.",
    "reach_mail": "by mail",
    "reach_no_address": "no address",
    "reach_no_part": "no part in it any more",
    "reach_nobody": "nobody took it on",
    "reach_done": "done",
    "caption": "Reminders",
    "none": "No action of any incident waits to be done.",
    "queued": "{count} reminders were written.",
    "no_server": "No mail server is set up, so nobody is reminded. Set SECONDSTORY_MAIL_SERVER and "
    "SECONDSTORY_MAIL_FROM.",
    "address": "Without an address: {people}. Set one: secondstory mail address TOKEN ADDRESS.",
    "written_to": "{path} is written.",
}
