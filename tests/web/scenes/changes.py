"""The log of changes."""

from __future__ import annotations

from tests.web.scenes.scene import Scene


def some_changes(site):
    site.ask("night.set", by="olga", mode="closed")
    site.ask("night.set", by="olga", mode="automatic")
    site.ask("people.do-not-disturb", by="tom", person="tom", on=True)
    site.ask("people.do-not-disturb", by="tom", person="tom", on=False)


SCENES = [
    Scene("changes", "/changes", prepare=some_changes),
    Scene("changes-none", "/changes?find=nowhere"),
]
