"""Notifications of the desktop by its own service over D-Bus (org.freedesktop.Notifications), as Linux has it."""

from __future__ import annotations

import html
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jeepney import AuthenticationError, DBusAddress, DBusErrorResponse, HeaderFields, MatchRule, Message, message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from jeepney.wrappers import new_method_call, unwrap_msg

from desktop_search import APP_ID
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.transfers.bell import Bell

_log = logging.getLogger(__name__)

_NAME = "org.freedesktop.Notifications"
_SERVICE = DBusAddress("/org/freedesktop/Notifications", bus_name=_NAME, interface=_NAME)
_SIGNALS = MatchRule(type="signal", interface=_NAME)
_APP_NAME, _APP_ICON = "Desktop Search", "desktop-search"
_CLICKED = "default"  # the action of a click anywhere on the notification
_REPLY_S, _LOOK_S, _IDLE_S = 5.0, 0.3, 60.0
_THE_SERVICE_DECIDES = -1  # for how long it is shown
_BUS_ERRORS = (OSError, KeyError, ValueError, RuntimeError, EOFError, AuthenticationError, DBusErrorResponse)


@dataclass(frozen=True, slots=True)
class DesktopNotice:
    """What is shown: one line, and a text below it that may be empty. Both are plain text."""

    summary: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Click:
    """The user clicked a notification. `activation_token` lets a window come to the front, where there is one."""

    notice: DesktopNotice
    activation_token: str = ""


class DesktopNotices:
    """Shows one notification at a time; a newer one takes the place of the one that is still there.

    Where there is no bus or no such service, nothing happens. `show` may be called from any thread; `run` is the long
    job that does the work.
    """

    def __init__(self) -> None:
        self._bell = Bell()
        self._waiting: deque[DesktopNotice] = deque(maxlen=1)

    def show(self, notice: DesktopNotice) -> None:
        """Show it soon; one that was not shown yet is forgotten for it."""
        self._waiting.append(notice)
        self._bell.ring()

    def run(self, token: CancelToken, report: Callable[[object], None]) -> None:
        """Show what is to be shown until cancelled; reports a `Click`. Raises `Cancelled`."""
        while True:
            heard = self._bell.rings
            if self._waiting:
                try:
                    self._talk(token, report)
                except _BUS_ERRORS as error:
                    _log.info("no notification is shown: %s: %s", type(error).__name__, error)
            else:
                self._bell.wait(heard, _IDLE_S, token)

    def _talk(self, token: CancelToken, report: Callable[[object], None]) -> None:
        """Keep a connection to the bus as long as a notification is on show."""
        notice, shown, token_of_click = self._waiting.popleft(), 0, ""
        with open_dbus_connection("SESSION") as connection, connection.filter(_SIGNALS, bufsize=16) as signals:
            Proxy(message_bus, connection, timeout=_REPLY_S).AddMatch(_SIGNALS)
            marks_up = "body-markup" in _call(connection, "GetCapabilities")
            shown = _show(connection, notice, shown, marks_up=marks_up)
            while shown:
                token.check()
                if self._waiting:
                    notice = self._waiting.popleft()
                    shown = _show(connection, notice, shown, marks_up=marks_up)
                signal = _next_signal(connection, signals)
                if signal is None or not signal.body or signal.body[0] != shown:
                    continue
                member = signal.header.fields[HeaderFields.member]
                if member == "ActivationToken":  # comes just before the click
                    token_of_click = str(signal.body[1])
                elif member == "ActionInvoked":
                    report(Click(notice, token_of_click))
                shown = 0 if member == "NotificationClosed" else shown


def _show(connection: DBusConnection, notice: DesktopNotice, replaces: int, *, marks_up: bool) -> int:
    """The service's number for it."""
    body = html.escape(notice.body, quote=False) if marks_up else notice.body
    hints = {"desktop-entry": ("s", APP_ID), "category": ("s", "transfer")}
    actions = [_CLICKED, _("Show")]
    values = (_APP_NAME, replaces, _APP_ICON, notice.summary, body, actions, hints, _THE_SERVICE_DECIDES)
    return int(_call(connection, "Notify", "susssasa{sv}i", values))


def _call(connection: DBusConnection, method: str, signature: str = "", values: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 - as the service answers
    """The first value of the answer."""
    message = new_method_call(_SERVICE, method, signature or None, values)
    return unwrap_msg(connection.send_and_get_reply(message, timeout=_REPLY_S))[0]


def _next_signal(connection: DBusConnection, signals: deque[Message]) -> Message | None:
    try:
        return connection.recv_until_filtered(signals, timeout=_LOOK_S)
    except TimeoutError:
        return None
