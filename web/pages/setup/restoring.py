"""A backup in place of a new set-up: for whoever has given the code, as all else."""

from __future__ import annotations

from typing import Any

from web.pages.setup.ticket import ask_setup, pages
from web.restoring import restore_page, restore_step
from web.roles import public

PAGE, HERE = "setup/restore.html", "setup.restore"


@pages.get("/setup/restore")
@public
def restore() -> str:
    ask_setup("get")  # Only with a ticket.
    return restore_page(PAGE, HERE)


@pages.post("/setup/restore")
@public
def restore_on() -> Any:
    ask_setup("get")
    return restore_step(PAGE, HERE)
