"""Backups of what the user made, and what helps to find a fault."""
