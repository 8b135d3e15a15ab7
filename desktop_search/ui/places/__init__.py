"""Where and when footage was captured: a map, and a time line below it."""
