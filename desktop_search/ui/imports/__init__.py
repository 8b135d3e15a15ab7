"""Imports from the web: the dialog that asks for them and lists them."""
