"""A connection to a web server that may mean it ill: it is given up after some time, whatever the server does by then.

Each wait for a byte has a limit of its own, and a hostile server sends one now and then: in its answer, or while the
encryption begins.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer


class TooSlow(OSError):
    """The time for all of it was over."""


@contextmanager
def given_up_after(
    seconds: float, connection: HTTPConnection, plain: socket.socket, tls: ssl.SSLContext | None
) -> Iterator[None]:
    """Have a connection go over this socket; it is closed in the end. Raises TooSlow, whatever came by then.

    tls: how it is encrypted; None: not at all.
    """
    connection.sock = plain
    late = Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        if tls is not None:
            # What is cut is the connection's socket, so it is known as that before the other side says anything.
            secured = tls.wrap_socket(plain, server_hostname=connection.host, do_handshake_on_connect=False)
            connection.sock = secured
            secured.do_handshake()
        yield
    except (OSError, HTTPException, ValueError) as error:
        if late.is_set():
            raise TooSlow from error
        raise
    finally:
        timer.cancel()
        timer.join()
        connection.close()
    if late.is_set():
        raise TooSlow
