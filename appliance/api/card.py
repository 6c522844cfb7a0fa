"""The card of what can be dialled, to be read or printed: the method `card`.

As PDF it is made by `copperdesk card`, a process of its own: the library that writes PDF would stay in the daemon's
memory. To be read it is made here: to begin a process takes 0.4 s, and the card of 500 people takes 8 ms (2-core x86
machine).
"""

from __future__ import annotations

import asyncio
import base64
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypedDict, cast

from appliance.card.content import card_of
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.languages import LANGUAGES
from appliance.office.model import Office
from appliance.unit import Unit
from hw.said import said


class WrittenCardEntry(TypedDict):
    """One thing to dial: as `CardEntry` of appliance/card has it."""

    dialled: str
    sentence: str
    without_star: str


class WrittenCardSection(TypedDict):
    """Lines under their heading."""

    heading: str
    lines: list[WrittenCardEntry]


class WrittenCard(TypedDict):
    """note: how codes are dialled without a star; empty where they cannot be."""

    title: str
    note: str
    sections: list[WrittenCardSection]


class MadeCard(TypedDict):
    """card: what stands on it, and pdf: base64 of it as PDF. The one that was not asked for is None."""

    card: WrittenCard | None
    pdf: str | None


def offer_card(control: Offers, unit: Unit, data: Path) -> None:
    """Put the method on the socket. data: the folder with the office in use."""

    async def card(params: dict[str, Any]) -> MadeCard:
        language = params["language"]
        if language and language not in LANGUAGES:
            raise ControlError(
                "no-such-language", said("the card is to be had in %(languages)s", languages=tuple(LANGUAGES))
            )
        if unit.switchboard.builtin:
            raise ControlError("no-card", said("there is no office yet, so there is nothing to dial"))
        if not params["pdf"]:
            return MadeCard(card=await off_loop(_written, unit.office, language), pdf=None)
        words = ["--data", str(data), *(["--language", language] if language else [])]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "card.pdf"
            await _write([*words, "--pdf", str(file)])
            content = await off_loop(file.read_bytes)
        return MadeCard(card=None, pdf=base64.b64encode(content).decode("ascii"))

    control.method("card", card, {"language": Param(str, ""), "pdf": Param(bool, False)})


def _written(office: Office, language: str) -> WrittenCard:
    return cast(WrittenCard, asdict(card_of(office, language)))


async def _write(words: list[str]) -> None:
    """Have `copperdesk card` write it. ControlError with its reason where it cannot."""
    command = [sys.executable, "-m", "appliance.cli", "card", *words]
    pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=nowhere, stderr=pipe)
    _, complaint = await process.communicate()
    if process.returncode:
        raise ControlError("no-card", complaint.decode(errors="replace").strip().removeprefix("copperdesk: "))
