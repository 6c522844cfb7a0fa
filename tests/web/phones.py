"""Telephones of the built-in exchange, for tests of pages on which calls are seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from tests.web.site import Site

HUNG_UP_FOR_S = 2.0
"""An exchange takes a telephone that is lifted sooner to have flashed."""

_hung_up_at: dict[str, float] = {}


class SitePhone:
    """A telephone outside; or, by the name of one, of the office. It is hung up when it is closed."""

    def __init__(self, site: Site, inside: str = "") -> None:
        self._control = BlockingClient(DataFolder(site.data).socket, 20)
        opened = self._control.call("phone.open", inside=inside)
        self.number = opened["number"]
        self._id = opened["phone"]

    def does(self, act: str, words: str = "") -> None:
        """lift, hang up, press, flash, say or play."""
        self._control.call("phone.do", phone=self._id, act=act, words=words)

    def lifts(self) -> None:
        """Lift it, once it has been hung up for so long that this is no flash."""
        time.sleep(max(0.0, _hung_up_at.get(self.number, 0.0) + HUNG_UP_FOR_S - time.monotonic()))
        self.does("lift")

    def calls(self, number: str) -> None:
        self.lifts()
        self.does("press", number)

    def stays(self) -> None:
        """Go on for some time more: after half a minute without a word it is hung up."""
        self._control.call("phone.alive", phone=self._id)

    def close(self) -> None:
        self._control.close()
        _hung_up_at[self.number] = time.monotonic()

    def __enter__(self) -> SitePhone:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def until(site: Site, true: Callable[[dict[str, Any]], object], within_s: float = 20.0) -> None:
    """Wait until this is so by the state of the unit."""
    for _ in range(round(within_s / 0.1)):
        if true(site.ask("status")):
            return
        time.sleep(0.1)
    raise AssertionError(f"it did not happen within {within_s} s")


def in_the_menu(calls: int) -> Callable[[dict[str, Any]], object]:
    """Whether so many callers hear the menu."""
    return lambda state: sum(call["steps"][-1:] == ["to the menu"] for call in state["calls"]) == calls


def talking(state: dict[str, Any]) -> object:
    """Whether some caller talks to somebody."""
    return any(call["talks_to"] for call in state["calls"])
