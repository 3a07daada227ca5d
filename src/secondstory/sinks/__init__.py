"""Where things go: mail, and later calendars and trackers; one file a destination."""
