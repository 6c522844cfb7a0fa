"""Whom and what a line of a scenario can name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from appliance.office.model import Office
from appliance.scenario.line import LineCursor
from appliance.scenario.settings import Outsider
from appliance.wav.loading import AudioFileError
from hw.audio import Samples

SoundReader = Callable[[str], Samples]
"""Reads the sound file of that name. Raises `AudioFileError`."""


@dataclass(slots=True)
class Names:
    """Telephones and trunks are known by their name in the office and by their port, mailboxes by their owner's id."""

    telephones: tuple[str, ...]
    """The names of the office's telephones."""
    trunks: tuple[str, ...]
    """The names of its trunks."""
    mailboxes: tuple[str, ...]
    """The ids of its people and departments, whose mailboxes have them, too."""
    ports: dict[str, str]
    """The names of telephones and trunks by their ports."""
    outsiders: dict[str, Outsider]
    """The telephones outside, by name; further ones come with the calls they make."""
    trunk_numbers: tuple[str, ...]
    """The numbers of the trunks."""
    read_sound: SoundReader
    """Reads a sound file that is named."""
    sounds: dict[str, Samples] = field(default_factory=dict)
    """The files named so far, with what is in them."""

    @staticmethod
    def of(office: Office, outsiders: dict[str, Outsider], read_sound: SoundReader) -> Names:
        return Names(
            tuple(station.name for station in office.stations),
            tuple(trunk.name for trunk in office.trunks),
            tuple(person.id for person in office.people) + tuple(one.id for one in office.departments),
            {
                **{station.port: station.name for station in office.stations},
                **{trunk.port: trunk.name for trunk in office.trunks},
            },
            outsiders,
            tuple(trunk.number for trunk in office.trunks),
            read_sound,
        )

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.telephones, *self.trunks, *self.ports, *self.outsiders)

    def telephone(self, line: LineCursor) -> str:
        name = line.name([*self.telephones, *self.ports], "a telephone of the office")
        return self.ports.get(name, name)

    def sound(self, line: LineCursor) -> str:
        """The name of a sound file that can be played."""
        column = line.column
        file = line.quoted("a file") if line.is_quoted() else line.word("a file")
        if file not in self.sounds:
            try:
                self.sounds[file] = self.read_sound(file)
            except AudioFileError as error:
                line.fail(str(error), column=column)
        return file
