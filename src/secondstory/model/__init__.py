"""The nouns that travel between stages: frozen values, no input or output, no clock, no randomness."""
