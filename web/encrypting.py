"""HTTPS: the server's certificate is there before it listens, and stays right while names and time go on."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from datetime import datetime, timedelta
from pathlib import Path
from ssl import SSLContext
from typing import Any

from hypercorn.config import Config

from appliance.clock import RealClock
from web.ownnames import own_addresses, own_names

log = logging.getLogger(__name__)

LOOKED_AT_EVERY_S = 60.0
"""How soon a new name or address gets into the certificate."""

RENEWED_BEFORE = timedelta(days=30)


class ServedConfig(Config):
    """Hypercorn's settings, which keep hold of the context, so that new connections get a new certificate."""

    context: SSLContext | None = None

    def create_ssl_context(self) -> SSLContext | None:
        self.context = super().create_ssl_context()
        return self.context


class Certificates:
    """The certificate of this unit, in a folder of the web's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.certificate = folder / "unit.crt"
        self.key = folder / "unit.key"

    async def renewed(self) -> bool:
        """Have the certificate be right for now. Whether a new one was made. OSError where that cannot be done."""
        names = [*own_names(), *own_addresses()]
        if is_right(facts(self.folder), names, RealClock().now()):
            return False
        command = (sys.executable, "-m", "web.certificates", str(self.folder), *names)
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        _, said = await process.communicate()
        if process.returncode:
            last = said.decode(errors="replace").strip().splitlines()[-1:]
            raise OSError(f"no certificate could be made: {''.join(last)}")
        return True

    async def keep(self, config: ServedConfig) -> None:
        """Look at it as long as the server runs."""
        while True:
            await asyncio.sleep(LOOKED_AT_EVERY_S)
            try:
                if await self.renewed() and config.context is not None:
                    config.context.load_cert_chain(self.certificate, self.key)
            except OSError as error:
                log.warning("%s", error)


def facts(folder: Path) -> dict[str, Any]:
    """What is known of the certificates there; empty: there are none."""
    try:
        found: dict[str, Any] = json.loads((folder / "certificates.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if (folder / "unit.crt").exists() and (folder / "unit.key").exists() else {}


def is_right(known: dict[str, Any], names: list[str], now: datetime) -> bool:
    """Whether the certificate has these names, and is good now and for a while yet."""
    if set(known.get("names", ())) != set(names):
        return False
    return (
        datetime.fromisoformat(known["from"]) - timedelta(days=1)
        <= now
        < (datetime.fromisoformat(known["until"]) - RENEWED_BEFORE)
    )
