"""Files of style, script and pictures, compressed once at the start.

Pages are not compressed. A page has a token against forged requests, and words that somebody else may have chosen, such
as the name that a caller sent along. Whoever sees how long the compressed answers are could find out the token by such
words, letter by letter (BREACH). These files are the same for everybody and have no secret, so their length tells
nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request


@dataclass(frozen=True, slots=True)
class StaticFile:
    """plain, packed: the content as it is, and compressed; packed is None where that would be no shorter. etag: of the
    content as it is."""

    kind: str
    plain: bytes
    packed: bytes | None
    etag: str


def use_static_files(app: Flask, folder: Path) -> None:
    """Serve all files of this folder below /static/. The application has no static folder of its own."""
    files = {file.relative_to(folder).as_posix(): _read(file) for file in folder.rglob("*") if file.is_file()}

    def static(filename: str) -> Response:
        found = files.get(filename)
        return _answer(found) if found is not None else abort(404)

    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static)


def _read(file: Path) -> StaticFile:
    plain = file.read_bytes()
    packed = gzip.compress(plain, mtime=0)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return StaticFile(kind, plain, packed if len(packed) < len(plain) else None, hashlib.sha256(plain).hexdigest()[:32])


def _answer(file: StaticFile) -> Response:
    """The file as the browser takes it, or that it has not changed. The two forms have ETags of their own: they are
    different bytes (RFC 9110, 8.8.3.3)."""
    packed = file.packed if request.accept_encodings.quality("gzip") > 0 else None
    answer = Response(packed or file.plain, mimetype=file.kind)
    if packed:
        answer.content_encoding = "gzip"
    if file.packed:
        answer.vary.add("Accept-Encoding")
    answer.set_etag(f"{file.etag}-gzip" if packed else file.etag)
    answer.cache_control.no_cache = True
    answer.make_conditional(request)
    return answer
