"""The office from a web server of the office's network: a hostile one is not waited for, and gets nothing taken."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from appliance.provisioning import fetching, unitpage
from appliance.provisioning.fetching import CannotFetch, fetched
from appliance.provisioning.unitpage import NotAsked, UnitPage


class _Hostile:
    """A server that does one thing, whatever it is asked."""

    def __init__(self, answer: bytes, *, slowly: bool = False) -> None:
        self._answer, self._slowly = answer, slowly
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/office.json"
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        with connection, suppress(OSError):
            connection.recv(4096)
            connection.sendall(self._answer)
            while self._slowly:
                connection.sendall(b"X-Wait: y\r\n")
                threading.Event().wait(0.02)

    def end(self) -> None:
        self._thread.join()
        self._listening.close()


@pytest.mark.parametrize(
    ("answer", "slowly", "reason"),
    [
        (b"HTTP/1.0 200 OK\r\n", True, "sends the file too slowly|does not answer"),
        (b"HTTP/1.1 100 Continue\r\n", True, "sends the file too slowly|does not answer"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 90\r\n\r\n{}", False, "breaks off in the middle"),
        (b"HTTP/1.0 302 Found\r\nLocation: http://93.184.216.34/\r\n\r\n", False, "answers 302"),
        (b"\xff" * 70_000, False, "does not answer"),
        (b"", False, "does not answer"),
    ],
)
def test_a_hostile_server_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, answer: bytes, slowly: bool, reason: str
) -> None:
    if slowly:
        monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.2)
    server = _Hostile(answer, slowly=slowly)
    try:
        with pytest.raises(CannotFetch, match=reason):
            fetched(server.address, 1000)
    finally:
        server.end()


def test_a_server_that_drags_out_the_beginning_of_an_encrypted_connection_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 1)
    server = _Hostile(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc", slowly=True)
    begun = time.monotonic()
    try:
        with pytest.raises(CannotFetch, match=r"sends the file too slowly|does not answer"):
            fetched(server.address.replace("http:", "https:"), 1000)
    finally:
        server.end()
    assert time.monotonic() - begun < 10  # What it has begun to send takes it half a minute.


def test_nor_is_a_device_that_takes_the_place_of_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unitpage, "WHOLE_SECONDS", 0.5)
    server = _Hostile(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc", slowly=True)
    try:
        with pytest.raises(NotAsked, match="too slowly"):
            UnitPage("127.0.0.1", server.port, "aaaa-bbbb-cccc").enter("ada", lambda: "", lambda: "")
    finally:
        server.end()


def test_a_unit_that_is_asked_at_the_port_of_the_plain_page_is_told_in_words() -> None:
    server = _Hostile(b"HTTP/1.0 400 Bad Request\r\n\r\n")
    try:
        with pytest.raises(NotAsked, match="does not answer by HTTPS at this port: a unit does at 443"):
            UnitPage("127.0.0.1", server.port, "aaaa-bbbb-cccc").enter("ada", lambda: "", lambda: "")
    finally:
        server.end()


def test_a_server_with_a_certificate_of_its_own_is_told_in_words(tmp_path: Path) -> None:
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=office"
    keys = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "crt")]
    subprocess.run([*made.split(), *keys], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "crt", tmp_path / "key")
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        with pytest.raises(CannotFetch, match="has no certificate that this unit knows"):
            fetched(f"https://127.0.0.1:{server.server_port}/office.json", 1000)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
