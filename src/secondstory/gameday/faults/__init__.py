"""One file a scenario, each with the constant `EXTENSION`; found by `list_scenarios`."""
