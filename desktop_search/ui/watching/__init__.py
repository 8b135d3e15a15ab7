"""Watched folders: the dialog that lists them, and the job that looks into them."""
