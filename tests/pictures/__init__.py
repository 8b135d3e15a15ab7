"""The pictures in docs/, made by one command: `python -m tests.pictures`."""
