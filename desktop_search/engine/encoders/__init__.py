"""What a frame looks like, as words and as a vector. No model is downloaded for any of it."""
