"""Stand-ins for the servers outside, on real sockets of this machine: one that takes mail, and one for posted events.

A certificate is made with Debian's openssl for each run; `trusted` has the process believe in it.
"""

from __future__ import annotations

import base64
import contextlib
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass
class MailBehaviour:
    """How the server behaves. Answers in place of the usual ones, by the command; silent: it never says a word."""

    certificate: Path | None = None
    security: str = "starttls"
    password: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    pause_seconds: float = 0.0
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    """From, to and the mail itself, of each that was taken."""


def certificate(folder: Path, name: str = "localhost") -> Path:
    """A key and a certificate for this name, in one file."""
    path = folder / f"{name}.pem"
    key = folder / f"{name}.key"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", str(key), "-out", str(path), "-days", "2", "-subj", f"/CN={name}"),
            *("-addext", f"subjectAltName=DNS:{name}"),
        ],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path


@contextmanager
def mail_server(behaviour: MailBehaviour) -> Iterator[int]:
    """The port it listens on."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            conversation = _Conversation(self.request, behaviour)
            with contextlib.suppress(OSError):
                conversation.hold()
            conversation.close()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class _Conversation:
    """One client's. It knows as much of SMTP (RFC 5321) as a client of ours says."""

    def __init__(self, connection: socket.socket, behaviour: MailBehaviour) -> None:
        self._connection = connection
        self._behaviour = behaviour
        self._secret = False
        self._sender = self._receiver = ""
        self._lines: Any = connection.makefile("rb")

    def close(self) -> None:
        for each in (self._lines, self._connection):
            with contextlib.suppress(OSError):
                each.close()

    def hold(self) -> None:
        behaviour = self._behaviour
        if behaviour.silent:
            time.sleep(5)
            return
        if behaviour.security == "tls":
            self._encrypt()
        self._say(behaviour.answers.get("hello", "220 here"))
        while line := self._lines.readline().decode().strip():
            command = line.split()[0].upper()
            if command in behaviour.answers:
                self._say(behaviour.answers[command])
            elif not self._answer(command, line):
                return

    def _answer(self, command: str, line: str) -> bool:
        match command:
            case "EHLO":
                starttls = ["STARTTLS"] if self._behaviour.security == "starttls" and not self._secret else []
                words = ["here", *starttls, "AUTH PLAIN"]
                self._say("\r\n".join([*(f"250-{word}" for word in words[:-1]), f"250 {words[-1]}"]))
            case "STARTTLS":
                self._say("220 go on")
                self._encrypt()
            case "AUTH":
                self._say("235 welcome" if self._password(line) == self._behaviour.password else "535 5.7.8 not you")
            case "MAIL":
                self._sender = line
                self._say("250 ok")
            case "RCPT":
                self._receiver = line
                self._say("250 ok")
            case "DATA":
                self._say("354 go on")
                mail = b""
                while not mail.endswith(b"\r\n.\r\n"):
                    mail += self._lines.readline()
                self._behaviour.taken.append((self._sender, self._receiver, mail.decode()))
                self._say("250 taken")
            case "QUIT":
                self._say("221 bye")
                return False
            case _:
                self._say("250 ok")
        return True

    def _password(self, line: str) -> str:
        return base64.b64decode(line.split()[-1]).decode().split("\0")[-1]

    def _encrypt(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        assert self._behaviour.certificate is not None
        context.load_cert_chain(self._behaviour.certificate)
        self._connection = context.wrap_socket(self._connection, server_side=True)
        self._lines = self._connection.makefile("rb")
        self._secret = True

    def _say(self, answer: str) -> None:
        time.sleep(self._behaviour.pause_seconds)
        self._connection.sendall(answer.encode() + b"\r\n")


@contextmanager
def web_server(status: int = 204) -> Iterator[tuple[int, list[tuple[dict[str, str], bytes]]]]:
    """Its port, and the headers and body of each event it was posted."""
    posted: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1], posted
        finally:
            server.shutdown()
            thread.join()
