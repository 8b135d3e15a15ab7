"""The words of the domain as frozen dataclasses and pure rules. Standard library only."""
