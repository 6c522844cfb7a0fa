"""A page or a dialog as it is looked at: `make shots` takes pictures of each, and axe must find nothing in any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.web.site import Site


def nothing(_page: Page) -> None:
    """The page as it comes."""


def as_it_is(_site: Site) -> None:
    """The unit as it is."""


@dataclass(frozen=True)
class Scene:
    """name: of its pictures. who: a name of ACCOUNTS; empty: nobody is signed in."""

    name: str
    path: str
    who: str = "ada"
    prepare: Callable[[Site], None] = as_it_is
    """What is done with the unit before, such as a call or a message."""
    act: Callable[[Page], None] = nothing
    """What is done on the page, such as opening a dialog."""
    new: bool = False
    """It is looked at on a unit that is not set up."""
