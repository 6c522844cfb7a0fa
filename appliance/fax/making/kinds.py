"""What kind of file it is that is to be sent, by its first bytes: names and what a mail says of it may be wrong."""

from __future__ import annotations

from enum import Enum

from appliance.fax.making.refusal import CannotBeFaxed
from hw.said import said

LOOKED_AT = 4096
"""Bytes that tell what it is."""


class FileKind(Enum):
    """What pages can be made of."""

    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"


_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a", b"BM")
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%!PS")
_OFFICE_NAMES = (".docx", ".doc", ".xlsx", ".xls", ".pptx", ".ppt", ".odt", ".ods", ".odp", ".rtf", ".pages")
_SAYS_PDF = (".pdf",)
_SAYS_PICTURE = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp")


def kind_of(name: str, begins: bytes) -> FileKind:
    """Its kind. begins: its first bytes. CannotBeFaxed where no pages are made of such a file, with the mend.

    A file with the name of a PDF or a picture that is neither is refused, whatever else it may be: it was cut off, or
    a server's error page was saved in its place, and neither is what somebody wanted to send.
    """
    if not begins:
        raise CannotBeFaxed(said("%(name)s is empty.", name=name))
    if b"%PDF-" in begins[:1024]:  # As readers do: some programs write something in front of it.
        return FileKind.PDF
    if begins.startswith(_PICTURES) or (begins[:4] == b"RIFF" and begins[8:12] == b"WEBP"):
        return FileKind.PICTURE
    if begins[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise CannotBeFaxed(
            said("%(name)s is a picture of a kind that cannot be faxed yet: save it as JPEG or PNG.", name=name)
        )
    if name.lower().endswith(_SAYS_PDF):
        raise CannotBeFaxed(
            said("%(name)s is called a PDF and is none: make it anew, or ask whoever gave it to you.", name=name)
        )
    if name.lower().endswith(_SAYS_PICTURE):
        raise CannotBeFaxed(
            said("%(name)s is called a picture and is none: save it anew, or ask whoever gave it to you.", name=name)
        )
    if begins.startswith(_OFFICE) or name.lower().endswith(_OFFICE_NAMES):
        raise CannotBeFaxed(said("%(name)s cannot be faxed as it is: save it as PDF, and send that.", name=name))
    lower = begins[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in lower and lower.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")):
        raise CannotBeFaxed(
            said("%(name)s is a picture of a kind that cannot be faxed yet: save it as JPEG or PNG.", name=name)
        )
    if lower.startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise CannotBeFaxed(said("%(name)s is a web page: print it as PDF, and send that.", name=name))
    return FileKind.TEXT
