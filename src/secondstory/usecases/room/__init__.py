"""The live meeting: what happens in the room, one file an intention."""
