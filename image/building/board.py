"""What an image is built for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Board:
    """A kind of machine, as Debian, Python and the kernel name it."""

    arch: str
    """Debian's name of it."""
    machine: str
    """The kernel's and Python's name of it."""
    title: str
    """What a person calls it."""
    layers: tuple[str, ...]
    """The lists of packages, in image/layers."""
    glibc: tuple[int, ...] = (17, 26, 27, 28, 31, 34, 35, 36)
    """Wheels are taken that run with a C library of version 2.x; that of Debian 12 is 2.36."""

    @property
    def platforms(self) -> list[str]:
        """What wheels are called that run on it, newest first."""
        return [f"manylinux_2_{minor}_{self.machine}" for minor in reversed(self.glibc)] + [
            f"manylinux2014_{self.machine}",
            f"linux_{self.machine}",
        ]


BOARDS: Final = {
    board.arch: board
    for board in (
        Board("arm64", "aarch64", "64-bit Raspberry Pi", ("base", "network", "pi")),
        Board("amd64", "x86_64", "virtual PC, to try it quickly", ("base", "network", "pc")),
    )
}
