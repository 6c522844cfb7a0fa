"""What a unit knows of forwardings that a test has left, with the note in memory in place of the disk."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.linedoctor.leftforwardings import LeftForwardings
from appliance.store.forwardings import ForwardingFile, ForwardingNote
from appliance.unit import Unit


class NotesInMemory(ForwardingFile):
    def __init__(self) -> None:
        self.notes: dict[str, ForwardingNote] = {}

    def read(self) -> dict[str, ForwardingNote]:
        return dict(self.notes)

    def write(self, notes: Mapping[str, ForwardingNote]) -> None:
        self.notes = dict(notes)


def left_forwardings(unit: Unit, notes: NotesInMemory) -> LeftForwardings:
    return LeftForwardings(notes, unit.services.lines, unit.trouble, unit.services.tones)
