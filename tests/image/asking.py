"""Requests to the unit inside a guest, by its control socket (appliance/control/wire.py).

    python3 -m tests.image.asking METHOD     prints the answer as JSON

It runs with the guest's own Python, as all that a trial brings with it, and imports nothing of the product.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from typing import Any

SOCKET = "/var/lib/copperdesk/office/control.sock"


class Refused(Exception):
    """The unit did not do what it was asked."""


class Asking:
    """A connection to the control socket, for one request after the other."""

    def __init__(self) -> None:
        link = socket.socket(socket.AF_UNIX)
        link.connect(SOCKET)
        self._file = link.makefile("rw", encoding="utf-8")

    def ask(self, method: str, /, **params: Any) -> Any:
        """Raises `Refused`."""
        self._file.write(json.dumps({"id": 1, "method": method, "params": params}) + "\n")
        self._file.flush()
        answer = json.loads(self._file.readline())
        if "error" in answer:
            raise Refused(answer["error"]["message"])
        return answer["result"]

    def watch(self, topic: str) -> Iterator[Any]:
        """What happens from now on; for a connection that is used for nothing else."""
        self.ask("watch", topic=topic)
        for line in self._file:
            yield json.loads(line)["event"]


if __name__ == "__main__":
    print(json.dumps(Asking().ask(sys.argv[1])))
