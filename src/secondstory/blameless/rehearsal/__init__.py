"""Practice for hard moments: scripted rooms whose pressure follows the answers, and a score for each answer."""
