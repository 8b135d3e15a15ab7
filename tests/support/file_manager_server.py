"""A desktop's file manager on the D-Bus session of the environment: prints what it is asked to show, as JSON lines."""

from __future__ import annotations

import json
import sys

from jeepney import HeaderFields, MessageType, message_bus, new_method_return
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import new_method_call


def main() -> None:
    connection = open_dbus_connection("SESSION")
    connection.send(new_method_call(message_bus, "RequestName", "su", ("org.freedesktop.FileManager1", 0)))
    while True:
        message = connection.receive()
        fields = message.header.fields
        if message.header.message_type is not MessageType.method_call:
            if HeaderFields.reply_serial in fields:
                say({"ready": True})
        elif fields[HeaderFields.member] == "ShowItems" and fields[HeaderFields.signature] == "ass":
            connection.send(new_method_return(message))
            say({"shown": message.body[0]})


def say(values: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
