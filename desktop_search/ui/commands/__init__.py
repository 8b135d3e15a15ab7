"""The table of commands at work: actions, menus, keys, palette, sheet."""
