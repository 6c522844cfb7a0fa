"""Makes lines of the bytes that a modem sends. Sans I/O: any bytes, of any number, cut anywhere.

Modems end lines by a carriage return, a line feed, or both, and put some in front, too. Nothing is known of what is on
the way between modem and computer: noise, a baud rate that changes, half a line before it was unplugged. So a line is
kept up to a length, and whatever is no text in it is left out, but for bytes above 127, which names are written with.
"""

from __future__ import annotations

LONGEST_LINE = 1024
"""Bytes. The longest line there is reason for is a message of 257 bytes in hexadecimal digits; the rest is dropped."""

_ENDS = (0x0A, 0x0D)
_FIRST_TEXT, _DELETE = 0x20, 0x7F
_TAB = 0x09


class ModemLineSplitter:
    """The lines of one opened port."""

    def __init__(self) -> None:
        self._line = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that end in these bytes, without their ends and without spaces around; empty ones are left out."""
        lines = []
        for byte in data:
            if byte in _ENDS:
                if line := bytes(self._line).strip():
                    lines.append(line)
                self._line.clear()
            elif len(self._line) < LONGEST_LINE and (byte >= _FIRST_TEXT or byte == _TAB) and byte != _DELETE:
                self._line.append(byte)
        return lines


def text_of(line: bytes) -> str:
    """A line's text, whichever code page its letters above 127 are in.

    Exchanges and modems do not tell the code page. It is taken to be the first in which all of them are letters: UTF-8,
    Latin-1, or that of DOS, whose letters are where Latin-1 has control characters.
    """
    if line.isascii():
        return line.decode("ascii")
    for page in ("utf-8", "latin-1", "cp850"):
        try:
            text = line.decode(page)
        except UnicodeDecodeError:
            continue
        if all(char.isalpha() for char in text if not char.isascii()):
            return text
    return line.decode("latin-1")
