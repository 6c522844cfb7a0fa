"""What stands for a field that the document leaves out: another thing than an empty one."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final


class Absent(Enum):
    """Its one member is `ABSENT`."""

    ABSENT = "absent"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent.ABSENT

Value = Any
"""A value of the document, or ABSENT."""
