"""Telling the user by a notification of the desktop what became of uploads while the window was not looked at."""
