"""What we say of the agenda of a meeting: its boxes, what each is for, and why it has its minutes."""

_TITLES = {
    "title_opening": "Opening and objections",
    "title_timeline": "Timeline of events",
    "title_causes": "Root-cause analysis",
    "title_factors": "Contributing factors",
    "title_soak": "Soak: a break, then silent writing",
    "title_actions": "Action items",
    "title_discussion": "Open discussion",
    "title_closing": "Close",
    "title_actions-2": "Action items, the next working day",
    "title_closing-2": "Close of the second part",
}

_AIMS = {
    "aim_opening": "The harm, the ground rule, the agenda; five minutes at most, objections asked and answered.",
    "aim_timeline": "Forward from before the first sign: two or three turning points in depth, the rest read.",
    "aim_causes": "One pair of explanations at a time, evidence for and against; “inconclusive” is an answer.",
    "aim_factors": "Two minutes of silent writing, then one condition at a time: more than one had to hold.",
    "aim_soak": "Ten minutes away from the screen, then actions in writing, each alone.",
    "aim_actions": "At most seven, the strongest first; each with its factor, an owner who is asked, a date, a test.",
    "aim_discussion": "Anonymous cards, what was parked, and what nobody has asked yet.",
    "aim_closing": "Findings read back, owners asked, one new thing each, dates, and three questions without names.",
    "aim_actions-2": "With a night in between: the candidates of the first part, each with owner, date and test.",
    "aim_closing-2": "Owners and dates read back; the day on which all of it is looked at together.",
}

_MINUTES = {
    "minutes_more": "{count} minutes, {template} in the template: more is open here.",
    "minutes_more_one": "One minute, {template} in the template: more is open here.",
    "minutes_freed": "{count} minutes, {template} in the template: minutes that others do not need.",
    "minutes_freed_one": "One minute, {template} in the template: minutes that others do not need.",
    "minutes_fewer": "{count} minutes, {template} in the template: the rest went to where more is open.",
    "minutes_fewer_one": "One minute, {template} in the template: the rest went to where more is open.",
    "minutes_same": "{count} minutes, as in the template.",
    "minutes_same_one": "One minute, as in the template.",
    "minutes_fixed": "{count} minutes, as in the template; they are not moved.",
    "minutes_fixed_one": "One minute, as in the template; it is not moved.",
    "minutes_set": "{count} minutes, set by hand; {template} in the template.",
    "minutes_set_one": "One minute, set by hand; {template} in the template.",
}

_PULLS = {
    "pull_gap": "One stretch is not on record: {first}.",
    "pull_gaps": "{count} stretches are not on record, the first: {first}.",
    "pull_unknown": "Nothing on record shows when {what}.",
    "pull_wide": "When {what} is known only to within {doubt}.",
    "pull_dig": "One entry is marked for a closer look.",
    "pull_digs": "{count} entries are marked for a closer look.",
    "pull_account": "One account is not confirmed yet.",
    "pull_accounts": "{count} accounts are not confirmed yet.",
    "pull_rivals": "{count} explanations stand, and nothing on record separates them.",
    "pull_no_cause": "The record names no cause.",
    "pull_flip": "One more observation could put another explanation first: {sentence}",
    "pull_cell": "People read one cell of the matrix differently from the analysis.",
    "pull_cells": "People read {count} cells of the matrix differently from the analysis.",
    "pull_votes": "There are two readings of this: {claim}; {ayes} for, {noes} against.",
    "pull_untested": "One prediction of the leading explanation could not be tested.",
    "pull_untested_many": "{count} predictions of the leading explanation could not be tested.",
    "pull_edge": "On one edge no protection acted: {first}.",
    "pull_edges": "On {count} edges no protection acted, the first: {first}.",
    "edge": "{caller} to {callee}",
    "pull_safeguard": "The record does not say whether there was a {what}.",
    "pull_late": "Users were hit for {late} before anybody was told.",
    "pull_owner": "One agreed action waits for an owner.",
    "pull_owners": "{count} agreed actions wait for an owner.",
    "pull_proposals": "{count} proposals wait for a decision.",
    "pull_point": "Taken in from an attendee: {words}",
    "pull_parked": "Put here for an attendee: {words}",
    "unanswered": "One point of an attendee has no answer yet: answer it in these minutes.",
    "unanswered_many": "{count} points of attendees have no answer yet: answer them in these minutes.",
}

_TEMPLATES = {
    "template_30": "30 minutes",
    "template_60": "60 minutes",
    "template_90": "90 minutes with a soak before the actions",
    "template_60+30": "60 minutes, and 30 on the next working day",
    "why_30": "Few people, one explanation, and little is open.",
    "why_60": "The standard length.",
    "why_90": "Much is open here: the actions come after a break and silent writing.",
    "why_set": "Chosen by hand.",
}

_CAUTIONS = {
    "many": "{count} people are on the list. Above {most} let an inner round speak, and have the others write.",
    "early": "The meeting begins {hours} after the outage ended, before everybody has slept: "
    "keep to facts for 20 minutes and meet again for causes.",
    "no_time": "No time is set, and the policy proposes none.",
    "split": "The first part ends with candidates; nothing is owned until the second.",
}

_ATTENDEES = {
    "acted": "{count} entries on the timeline, the first at {time}",
    "acted_once": "one entry on the timeline, at {time}",
    "reviewed": "on record as a reviewer of {change}",
    "held": "{role} in the incident",
    "member": "takes part here as {role}",
    "added": "added by {by}",
    "struck": "struck off by {by}",
}

_LEADING = {
    "tied_acts": "{leader} has {count} entries on the timeline, the first at {time}.",
    "tied_change": "{leader} made a change of {service}, which lies on the causal path.",
    "tied_reviewed": "{leader} is on record as a reviewer of {change}.",
    "tied_role": "{leader} was {role} in the incident.",
    "untied": "{leader} has no entry on the timeline.",
    "owners_unknown": "Who owns {services} is not on record here.",
    "advice_tied": "Ask somebody who was not part of it to lead. If nobody can, say it in the opening, "
    "and hand the timeline to another person.",
    "advice_ask": "Ask {leader} whether they own one of these services; who does hands over to somebody else.",
    "advice_free": "Nothing on record speaks against it.",
}

TEXTS = {**_TITLES, **_AIMS, **_MINUTES, **_PULLS, **_TEMPLATES, **_CAUTIONS, **_ATTENDEES, **_LEADING}
