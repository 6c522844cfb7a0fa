"""Telling everybody who wants to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Signal(Generic[P]):
    """Something that happens now and then. Whoever wants to be told subscribes, and unsubscribes when done."""

    def __init__(self) -> None:
        self._listeners: tuple[Callable[P, object], ...] = ()

    def subscribe(self, listener: Callable[P, object]) -> Callable[[], None]:
        """Tell this listener from now on. What is returned ends that; calling it again does nothing."""
        entry: Callable[P, object] = lambda *args, **keywords: listener(*args, **keywords)  # noqa: E731 - one of its own
        self._listeners = (*self._listeners, entry)

        def unsubscribe() -> None:
            self._listeners = tuple(kept for kept in self._listeners if kept is not entry)

        return unsubscribe

    def tell(self, *args: P.args, **keywords: P.kwargs) -> bool:
        """Tell everybody who listens at this moment. False where nobody does."""
        listeners = self._listeners
        for listener in listeners:
            listener(*args, **keywords)
        return bool(listeners)
