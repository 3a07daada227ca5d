"""What is said of the policy: severities, days, holidays."""

TEXTS = {
    "damaged": "The policy in {path} cannot be used: {fault}.",
    "damaged_next": "Mend the file, or move it away to go back to the rules that came with the program.",
    "unusable": "The policy would not hold: {fault}.",
    "unusable_next": "Give whole days and hours from 1 to 366.",
    "too_many_holidays": "More than {most} holidays were given.",
    "too_many_holidays_next": "Keep those that lie ahead.",
    "caption": "What each severity asks for",
    "column_severity": "severity",
    "column_qualifies": "qualifies",
    "column_document": "post-mortem",
    "column_meeting": "meeting within",
    "column_publish": "published within",
    "column_action": "actions due within",
    "asked": "asked for",
    "not_asked": "not asked for",
    "working_days": "working days: {days}",
    "days": "days: {days}",
    "reminders": "Owners are reminded {before} days before an action is due; the plan is looked at together "
    "{follow_up} days after the last one.",
    "calendar": "Hours from the end of the meeting to the summary: {hours}. Days of rest: Saturday, Sunday{holidays}.",
    "no_date": "{text} is no day.",
    "no_date_next": "Write days as 2026-12-25, separated by commas.",
}
