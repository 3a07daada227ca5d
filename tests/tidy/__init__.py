"""The style of this repository as tests: each rule is a small check with a snippet that it must catch."""
