"""The coach's language core: reads utterances for blame and says what to answer; pure, the weights are an argument."""
