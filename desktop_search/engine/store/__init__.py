"""The engine's record in SQLite: videos, images, and what was indexed of them."""
