"""Which library the window speaks to, and what that means for the footage."""
