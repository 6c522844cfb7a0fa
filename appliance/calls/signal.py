"""Telling everybody who wants to know, or whoever waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Signal(Generic[P]):
    """Something that happens now and then. Whoever wants to be told subscribes, and unsubscribes when done."""

    def __init__(self) -> None:
        self._listeners: dict[object, Callable[P, object]] = {}

    def subscribe(self, listener: Callable[P, object]) -> Callable[[], None]:
        """Tell this listener from now on. What is returned ends that; calling it again does nothing."""
        subscription = object()
        self._listeners[subscription] = listener

        def unsubscribe() -> None:
            self._listeners.pop(subscription, None)

        return unsubscribe

    def tell(self, *args: P.args, **keywords: P.kwargs) -> bool:
        """Tell everybody who listens at this moment. False where nobody does."""
        listeners = tuple(self._listeners.values())
        for listener in listeners:
            listener(*args, **keywords)
        return bool(listeners)


def settle(future: asyncio.Future[None]) -> None:
    """What is waited for has happened, maybe once more."""
    if not future.done():
        future.set_result(None)
