"""A test telephone without a browser: an independent client of the web socket."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np
from websockets.sync.client import ClientConnection, connect

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, Samples
from tests.web.site import Site


class WebPhone:
    """What has come is in `events` and `frames`, as soon as `until` or `hear` has taken it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []
        self.frames: list[bytes] = []

    def do(self, act: str, words: str = "") -> None:
        self.socket.send(json.dumps({"do": act, "words": words}))

    def send(self, **what: Any) -> None:
        self.socket.send(json.dumps(what))

    def until(self, found: Callable[[dict[str, Any]], Any], within: float = 30.0) -> dict[str, Any]:
        """The first event, of those that come or have come, of which this is true."""
        ends = time.monotonic() + within
        looked = 0
        while True:
            for event in self.events[looked:]:
                if found(event):
                    return event
            looked = len(self.events)
            self._take(ends - time.monotonic())

    def tells(self, name: str, within: float = 30.0) -> Any:
        """What the first event with this name says."""
        return self.until(lambda event: name in event, within)[name]

    def hear(self, seconds: float) -> Samples:
        """What is heard, so long."""
        self.frames.clear()
        while len(self.frames) * FRAME_SECONDS < seconds:
            self._take(10)
        return np.frombuffer(b"".join(self.frames), "<i2").astype(np.int16)

    def taken_at(self, wanted: Callable[[bytes], bool]) -> float | None:
        """Take what has come by now; when the first frame came of which this is true, or None."""
        while True:
            try:
                came = self.socket.recv(0)
            except TimeoutError:
                return None
            if isinstance(came, bytes) and wanted(came):
                return time.monotonic()

    def speak(self, samples: Samples) -> None:
        """Say this, frame by frame, as a microphone does."""
        short = -len(samples) % FRAME_SAMPLES
        begun = time.monotonic()
        for number, frame in enumerate(np.concatenate([samples, np.zeros(short, np.int16)]).reshape(-1, FRAME_SAMPLES)):
            time.sleep(max(0.0, begun + number * FRAME_SECONDS - time.monotonic()))
            self.socket.send(frame.astype("<i2").tobytes())

    def _take(self, seconds: float) -> None:
        came = self.socket.recv(max(seconds, 0))
        if isinstance(came, bytes):
            self.frames.append(came)
        else:
            self.events.append(json.loads(came))


def connected(site: Site, who: str = "", **headers: str) -> AbstractContextManager[ClientConnection]:
    """A socket of somebody, signed in if a name of ACCOUNTS is given; to be entered."""
    cookies = site.visitor(who).http.cookies if who else ()
    given = {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies), **headers}
    return connect(site.url.replace("http:", "ws:") + "/sound", additional_headers=given)


@contextmanager
def telephone(site: Site, who: str = "ada", **wish: Any) -> Iterator[WebPhone]:
    """A telephone as it is asked for, which is there; given back behind this."""
    with connected(site, who) as socket:
        phone = WebPhone(socket)
        phone.send(open=wish)
        phone.tells("opened")
        yield phone
