"""The live channel: what others say while a page is open, and who else is there. Nothing of presence is stored."""
