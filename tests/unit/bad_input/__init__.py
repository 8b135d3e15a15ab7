"""Files that no camera would write, and what becomes of them."""
