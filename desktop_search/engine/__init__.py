"""The embedded engine: the Visual Search contract on this computer, in a process of its own."""
