"""What one model of modem answers, refuses and never does: data, read from `models.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

PauseBy = Literal["software", "hardware"]
"""How it asks for a pause in fax mode: by XON and XOFF, or by a wire (which a pseudo-terminal has not)."""


@dataclass(frozen=True, slots=True)
class ModemModel:
    """One model."""

    name: str
    """For people."""
    vendor: int
    """The maker's number on USB."""
    product: int
    """The model's number on USB."""
    manufacturer: str
    """The maker as the device tells it on USB."""
    product_name: str
    """The model as the device tells it on USB."""
    flow: PauseBy
    """How it asks for a pause in fax mode."""
    answers: Mapping[str, tuple[str, ...]]
    """What it answers to these commands before OK."""
    caller_id: tuple[str, ...]
    """The commands that switch caller ID on, each with `=1` for text and `=2` for hexadecimal digits."""
    refuses: frozenset[str] = frozenset()
    """Commands that others take, and it answers with ERROR."""
    hears_caller_id: bool = True
    """False: it has no receiver for it, whatever it answers to the command."""
    spaced: bool = True
    """There are spaces about the sign of equality: `NMBR = 5550199`."""
    ring_kinds: bool = False
    """`-SDR=7` makes it tell distinctive rings apart: RING A, RING B, RING C."""
    measures: bool = False
    """`-TRV` tells the voltage of the line."""
    carriers: str = field(default="24,48,72,73,74,96,97,98,121,122,145,146")
    """What it answers to `+FTM=?` and `+FRM=?` (ITU-T T.31 table 3)."""


def _read() -> dict[str, ModemModel]:
    tables = tomllib.loads(Path(__file__).with_name("models.toml").read_text(encoding="utf-8"))
    models = {}
    for key, table in tables.items():
        answers = {command: tuple(lines) for command, lines in table.pop("answers").items()}
        refuses = frozenset(table.pop("refuses", ()))
        caller_id = tuple(table.pop("caller_id"))
        models[key] = ModemModel(answers=answers, refuses=refuses, caller_id=caller_id, **table)
    return models


MODELS = _read()
"""By a short name."""
