"""The engine's description of itself, served at /openapi.json."""
