"""A line of commands, cut into commands (ITU-T V.250 §5.4): `E0V1+FCLASS=1` are three."""

from __future__ import annotations

import re

_COMMAND = re.compile(
    r"D[^;]*;?"  # a number to dial takes the rest of the line
    r"|S\d+(?:=\d*|\?)"
    r"|[&\\%]?[A-Z]=?\d*"
    r"|[+#\-*][^;]*;?"
)
"""Extended commands begin with one of `+#-*` and end at a semicolon."""


def commands(line: str) -> list[str] | None:
    """The commands of a line that begins with AT, without it, in capitals; None where it cannot be understood."""
    rest = line.upper().replace(" ", "")
    if not rest.startswith("AT"):
        return None
    rest = rest[2:]
    found = []
    while rest:
        match = _COMMAND.match(rest)
        if match is None:
            return None
        dials = match[0].startswith("D")
        found.append(match[0] if dials else match[0].rstrip(";"))
        rest = rest[match.end() :]
    return found
