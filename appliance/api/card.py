"""The card of what can be dialled, to be read or printed: the method `card`.

It is made by `copperdesk card`, a process of its own: the library that writes PDF would stay in the daemon's memory.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, TypedDict

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.languages import LANGUAGES


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


def offer_card(control: Offers, data: Path) -> None:
    """Put the method on the socket. data: the folder with the office in use."""

    async def card(params: dict[str, Any]) -> MadeCard:
        language = params["language"]
        if language and language not in LANGUAGES:
            raise ControlError("no-such-language", f"the card is to be had in {', '.join(LANGUAGES)}")
        words = ["--data", str(data), *(["--language", language] if language else [])]
        if not params["pdf"]:
            return MadeCard(card=json.loads(await _said([*words, "--json"])), pdf=None)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "card.pdf"
            await _said([*words, "--pdf", str(file)])
            content = await off_loop(file.read_bytes)
        return MadeCard(card=None, pdf=base64.b64encode(content).decode("ascii"))

    control.method("card", card, {"language": Param(str, ""), "pdf": Param(bool, False)})


async def _said(words: list[str]) -> str:
    """What `copperdesk card` says. ControlError with its reason where it cannot."""
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "appliance.cli", "card", *words]
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
    said, complaint = await process.communicate()
    if process.returncode:
        raise ControlError("no-card", complaint.decode(errors="replace").strip().removeprefix("copperdesk: "))
    return said.decode()
