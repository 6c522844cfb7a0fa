"""Archives on a WebDAV server (RFC 4918), over HTTPS with a certificate that is checked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import requests
from requests.auth import HTTPBasicAuth

from appliance.backup.target import PART, PATIENCE_S, PIECE_BYTES, Moved, TargetFailed
from hw.said import said

LARGEST_LIST = 8 * 1024 * 1024
"""Bytes of a list of files."""
WHAT = '<?xml version="1.0"?><propfind xmlns="DAV:"><prop><getcontentlength/><resourcetype/></prop></propfind>'
DAV = "{DAV:}"
FULL, GONE = (507, 413), 404


class WebDav:
    """place: the address of a folder, which is made if it is missing. certificate: in PEM; empty: the machine's."""

    def __init__(self, place: str, user: str, password: str, certificate: str) -> None:
        self._place = place.rstrip("/") + "/"
        """The address of the folder."""
        self._host = urlsplit(place).hostname or ""
        """For people."""
        self._certificate = certificate
        """Which is trusted alone, in PEM."""
        self._pem = ""
        """The file in which that stands meanwhile."""
        self._session = requests.Session()
        """Keeps the connection. It knows no proxy and no password file of the machine."""
        self._session.trust_env = False
        if user:  # As UTF-8, or the library would take Latin-1.
            self._session.auth = HTTPBasicAuth(user.encode(), password.encode())

    def __enter__(self) -> WebDav:
        if self._certificate:
            handle, self._pem = tempfile.mkstemp(suffix=".pem")
            with os.fdopen(handle, "w") as file:
                file.write(self._certificate)
            self._session.verify = self._pem
        try:
            if self._ask("PROPFIND", "", headers={"Depth": "0"}, data=WHAT, fine=(207, GONE)).status_code == GONE:
                self._ask("MKCOL", "", fine=(201, 405))
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def put(self, file: Path, name: str, moved: Moved) -> None:
        with file.open("rb") as source:
            self._ask("PUT", name + PART, data=_Told(source, file.stat().st_size, moved), fine=(200, 201, 204))
        there = {"Destination": self._place + quote(name), "Overwrite": "T"}
        self._ask("MOVE", name + PART, headers=there, fine=(201, 204))

    def sizes(self) -> dict[str, int]:
        asked = self._ask("PROPFIND", "", headers={"Depth": "1"}, data=WHAT, fine=(207,), stream=True)
        with _told(self._host), asked:
            content = b"".join(_at_most(asked, LARGEST_LIST))
        try:
            listed = ElementTree.fromstring(content)
        except ElementTree.ParseError as error:
            raise TargetFailed(said("%(host)s does not list its files", host=self._host)) from error
        return dict(_files(listed))

    def room(self) -> None:
        """Servers tell it by an extension at most, each in its own way."""

    def fetch(self, name: str, file: Path, moved: Moved) -> None:
        asked, done = self._ask("GET", name, fine=(200,), stream=True), 0
        with _told(self._host), asked, file.open("wb") as to:
            for piece in asked.iter_content(PIECE_BYTES):
                to.write(piece)
                done += len(piece)
                moved(done)

    def remove(self, name: str) -> None:
        self._ask("DELETE", name, fine=(200, 204, GONE))

    def _ask(
        self,
        method: str,
        name: str,
        *,
        fine: tuple[int, ...],
        headers: dict[str, str] | None = None,
        data: str | _Told | None = None,
        stream: bool = False,
    ) -> requests.Response:
        """What the server answers. It is not followed to another address: the password is for this one."""
        with _told(self._host):
            answer = self._session.request(
                method,
                self._place + quote(name),
                headers={"Accept-Encoding": "identity", **(headers or {})},
                data=data,
                timeout=PATIENCE_S,
                allow_redirects=False,
                stream=stream,
            )
        if answer.status_code in fine:
            return answer
        answer.close()
        raise TargetFailed(_why(self._host, answer.status_code))

    def _close(self) -> None:
        self._session.close()
        if self._pem:
            os.unlink(self._pem)
            self._pem = ""


class _Told:
    """A file that tells how much of it was read. Its length goes ahead, as many servers take no other."""

    def __init__(self, source: BinaryIO, size: int, moved: Moved) -> None:
        self._source = source
        self._size = size
        self._moved = moved
        self._done = 0

    def __len__(self) -> int:
        return self._size

    def read(self, size: int = PIECE_BYTES) -> bytes:
        piece = self._source.read(size if size >= 0 else PIECE_BYTES)
        self._done += len(piece)
        self._moved(self._done)
        return piece

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.read, b"")


def _at_most(answer: requests.Response, most: int) -> Iterator[bytes]:
    for piece in answer.iter_content(PIECE_BYTES):
        most -= len(piece)
        if most < 0:
            raise TargetFailed(said("there are too many files in the folder"))
        yield piece


def _files(listed: ElementTree.Element) -> Iterator[tuple[str, int]]:
    for one in listed.iter(f"{DAV}response"):
        path = PurePosixPath(unquote(urlsplit(one.findtext(f"{DAV}href", "")).path))
        size = next((found.text for found in one.iter(f"{DAV}getcontentlength")), "") or ""
        if next(one.iter(f"{DAV}collection"), None) is None and size.strip().isdecimal():
            yield path.name, int(size)


def _why(host: str, code: int) -> str:
    if code in (401, 403):
        return said("%(host)s does not take this name and password", host=host)
    if code in FULL:
        return said("there is no room left at %(host)s", host=host)
    if code in (404, 409):
        return said("%(host)s has no such folder", host=host)
    if 300 <= code < 400:
        return said("%(host)s says that the folder is at another address", host=host)
    return said("%(host)s answers that it cannot do this (%(code)s)", host=host, code=code)


@contextmanager
def _told(host: str) -> Iterator[None]:
    try:
        yield
    except TargetFailed:
        raise
    except requests.exceptions.SSLError as error:
        raise TargetFailed(said("%(host)s has no certificate that this unit trusts", host=host)) from error
    except requests.exceptions.Timeout as error:
        raise TargetFailed(said("%(host)s does not answer", host=host)) from error
    except requests.exceptions.RequestException as error:
        raise TargetFailed(said("%(host)s cannot be reached, or has broken off", host=host)) from error
