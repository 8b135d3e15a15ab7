"""Models on this computer: which there are, where they lie, which are in use."""
