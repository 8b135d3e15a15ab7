"""`python -m tests.benchmarks.bare_sink [CERTIFICATE]`: a server that drops what it gets and answers as a library does.

It does the least that any server does, so that what is measured is the client. With a certificate and its key in one
file it speaks TLS. Prints its address.
"""

from __future__ import annotations

import re
import socket
import ssl
import sys
import threading

_ANSWER = b'{"code": "0000", "msg": "success", "data": {"videoNo": "VI1"}}'
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_ANSWER)


def main() -> None:
    """Serve until it is ended."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if sys.argv[1:] else None
        if tls is not None:
            tls.load_cert_chain(sys.argv[1])
        sys.stdout.write(f"{'https' if tls else 'http'}://127.0.0.1:{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            threading.Thread(target=_serve, args=(listening.accept()[0], tls), daemon=True).start()


def _serve(plain: socket.socket, tls: ssl.SSLContext | None) -> None:
    room = bytearray(1 << 20)
    with tls.wrap_socket(plain, server_side=True) if tls else plain as connection:
        while _one_request(connection, room):
            pass


def _one_request(connection: socket.socket, room: bytearray) -> bool:
    got = b""
    while b"\r\n\r\n" not in got:
        received = connection.recv(1 << 16)
        if not received:
            return False
        got += received
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    assert length is not None
    left = int(length[1]) - len(body)
    while left > 0:
        taken = connection.recv_into(room, min(left, len(room)))
        if not taken:
            return False
        left -= taken
    connection.sendall(_HEAD + _ANSWER)
    return True


if __name__ == "__main__":
    main()
