"""A desktop's notification service on the D-Bus session of the environment: prints what it is asked, clicks when told.

Each line of output is JSON: {"replaces", "summary", "body", "id"}. A line of input, "click N" or "close N", makes the
service send that signal. It ends when its input does.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.threading import DBusConnection, open_dbus_connection
from jeepney.wrappers import new_method_call

NAME = "org.freedesktop.Notifications"
EMITTER = DBusAddress("/org/freedesktop/Notifications", interface=NAME)
CAPABILITIES = ["body", "actions", "body-markup"]


def main() -> None:
    connection = open_dbus_connection("SESSION")
    request = new_method_call(message_bus, "RequestName", "su", (NAME, 0))
    connection.send(request)
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
    for line in sys.stdin:
        word, number = line.split()
        if word == "click":
            connection.send(new_signal(EMITTER, "ActivationToken", "us", (int(number), "token-7")))
            connection.send(new_signal(EMITTER, "ActionInvoked", "us", (int(number), "default")))
        connection.send(new_signal(EMITTER, "NotificationClosed", "uu", (int(number), 2)))


def serve(connection: DBusConnection) -> None:
    ids = 0
    while True:
        message = connection.receive()
        fields = message.header.fields
        if message.header.message_type is not MessageType.method_call:
            if HeaderFields.reply_serial in fields:
                say({"ready": True})
            continue
        member = fields[HeaderFields.member]
        if member == "GetCapabilities":
            connection.send(new_method_return(message, "as", (CAPABILITIES,)))
        elif member == "Notify" and fields[HeaderFields.signature] == "susssasa{sv}i":
            _name, replaces, _icon, summary, body, actions, _hints, _timeout = message.body
            ids = replaces or ids + 1
            connection.send(new_method_return(message, "u", (ids,)))
            say({"replaces": replaces, "summary": summary, "body": body, "id": ids, "actions": actions})
        else:
            connection.send(refusal(message))


def refusal(message: Message) -> Message:
    return new_error(message, "org.freedesktop.DBus.Error.InvalidArgs")


def say(values: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
