"""The office's dialling rules: which outside numbers calls may be forwarded to. `dialling.py` applies them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from appliance.office.contact import CallerNumber
from appliance.office.field import Limits


@dataclass(frozen=True, slots=True)
class Dialling:
    """Which outside numbers calls may be forwarded to. What people dial themselves is not restricted by it."""

    never: Annotated[
        frozenset[CallerNumber],
        Limits(0, 200),
        "Numbers that no call is forwarded to: each whole, or how several begin, with a * behind, such as 0900*.",
    ] = frozenset()
    premium: Annotated[
        bool, "Whether calls may be forwarded to premium-rate numbers, and to others that cost more in this country."
    ] = False
    abroad: Annotated[bool, "Whether calls may be forwarded to numbers abroad."] = False
