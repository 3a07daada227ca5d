"""The days before the meeting: plan, attendees and their answers, invitation, briefs; one file an intention."""
