"""The one way to run long work from the window (QtCore only)."""
