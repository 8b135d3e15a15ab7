"""Buttons that several panes have alike."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from desktop_search.ui.style.icons import icon


def close_button(accessible_name: str, tool_tip: str) -> QToolButton:
    """A quiet cross that puts something away."""
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setIcon(icon("close"))
    button.setAccessibleName(accessible_name)
    button.setToolTip(tool_tip)
    return button
