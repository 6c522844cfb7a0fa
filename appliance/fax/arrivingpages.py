"""The pages of a fax that is being received: the library writes them into memory, and each is put on the disk from
there before it is confirmed.

The library's own file will not do. It writes through libtiff, which changes directories that are written already, and
it goes on, and confirms, when the disk is full.
"""

from __future__ import annotations

import os
from pathlib import Path

from appliance.fax.pagefile import NoPage, PageFile, first_link, page_at

MOST_ROWS = 40_000
"""2.6 m at 15.4 lines per mm, 5.2 m at 7.7. A page of more is none that anybody wants."""
MOST_BYTES = 128 << 20
"""Of a whole fax, in memory: a thousand pages of text have 50 MB."""


class PageTooLong(ValueError):
    """A page has more lines than a page has, or the whole fax more bytes."""


class ArrivingPages:
    """Pages on their way to the disk. Raises OSError."""

    def __init__(self, into: Path) -> None:
        self._file = PageFile(into)
        self._memory = os.memfd_create("fax")
        self.scratch = f"/proc/self/fd/{self._memory}"
        """The path that the library writes to."""
        self._link: int | None = None

    @property
    def kept(self) -> int:
        """Pages on the disk."""
        return self._file.pages

    def keep(self, *, whole: bool = True) -> None:
        """Put on the disk what the library has written since; or, where that is no whole page, forget it.

        Raises OSError, or PageTooLong and keeps the others.
        """
        if os.fstat(self._memory).st_size > MOST_BYTES:
            raise PageTooLong(f"more than {MOST_BYTES >> 20} MB of pages")
        try:
            link = first_link(self._read) if self._link is None else self._link
            while (found := page_at(self._read, link)) is not None:
                page, link = found
                if page.rows > MOST_ROWS:
                    raise PageTooLong(f"a page of {page.rows} lines")
                if whole:
                    self._file.add(page)
                self._link = link
        except NoPage as error:
            raise OSError(f"a page has not been written: {error}") from error

    def close(self) -> None:
        self._file.close()
        os.close(self._memory)

    def _read(self, place: int, length: int) -> bytes:
        return os.pread(self._memory, length, place)
