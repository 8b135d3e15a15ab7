"""People in footage: seen, named, merged, split, and forgotten."""
