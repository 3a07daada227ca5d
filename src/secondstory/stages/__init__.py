"""The stages of the way of the data; none imports another. `pipeline.py` states their order."""
