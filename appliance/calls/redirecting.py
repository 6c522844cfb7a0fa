"""The flow of a call, which somebody in the office may break off, so that another one serves the caller."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from appliance.calls.outcome import Outcome

REDIRECTED = "the caller is led elsewhere"
"""With this message a flow is cancelled that is broken off."""

Flow = Callable[[], Awaitable[Outcome]]


class Redirecting:
    """Runs the flow of one call. clear: called between two flows, and leaves nothing of the first one behind.

    bound: what the caller does now must not be broken off, such as leaving a message.
    """

    def __init__(self, clear: Callable[[], None]) -> None:
        self.bound = False
        self._clear = clear
        self._task: asyncio.Task[object] | None = None
        """The call's own task, while a flow runs in it."""
        self._next: tuple[Flow, asyncio.Future[bool]] | None = None

    async def run(self, flow: Awaitable[Outcome]) -> Outcome:
        """What became of the call, by the last of its flows. They run in the task that asks for it."""
        self._task = task = asyncio.current_task()
        assert task is not None
        try:
            while True:
                try:
                    return await flow
                except asyncio.CancelledError:
                    if self._next is None or task.uncancel():
                        raise  # Somebody else has cancelled it, who wants it to end.
                begin, begun = self._next
                self._next = None
                self._clear()
                begun.set_result(True)
                flow = begin()
        finally:
            self._task = None
            if self._next is not None:
                self._next[1].set_result(False)

    def redirect(self, flow: Flow) -> asyncio.Future[bool]:
        """Break off the flow that serves the caller, and begin this one. Done with whether it was begun.

        It is not where the caller leaves at this moment, the call is over, or another one has come first.
        """
        begun: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        if self._task is None or self._next is not None or self.bound:
            begun.set_result(False)
        else:
            self._next = flow, begun
            self._task.cancel(REDIRECTED)
        return begun
