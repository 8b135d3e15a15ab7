"""Chosen ranges: the list beside the transcript, and handing them to other programs."""
