"""The versions on a unit: installing another one, what happens before each start, and the way back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from appliance.updating import bundle
from appliance.updating.aside import put_aside, put_back
from appliance.updating.disk import clear, point, sync
from appliance.updating.folder import ProgramFolder, fits, program_in
from appliance.updating.refusal import UpdateRefused
from appliance.updating.signature import PublicKey, verify
from appliance.updating.state import CURRENT, Phase, UpdateState, read_state, write_state

MOST_TRIES = 3
"""So often a version may be started on trial: one that crashes at once is put back after some seconds."""
LARGEST_BUNDLE = 512 * 1024 * 1024
"""Bytes; the image with everything is smaller than that."""

_INCOMING, _UNPACKED = ".incoming", ".unpacked"
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Programs:
    """image: the folder of the program that is never changed. programs: of the versions that came by update. data: the
    daemon's data folder. boot: the kernel's id of this boot."""

    def __init__(self, image: Path, programs: Path, data: Path, boot: str | None = None) -> None:
        self._image = image
        self.programs = programs
        self._data = data
        self._boot = boot if boot is not None else _BOOT.read_text(encoding="ascii").strip()

    @property
    def chosen(self) -> str:
        """The version that is started; empty: the image's."""
        link = self.programs / CURRENT
        return os.readlink(link) if link.is_symlink() else ""

    @property
    def runs(self) -> ProgramFolder:
        """What is started now. Raises UpdateRefused where it is not whole."""
        return program_in(self._folder(self.chosen))

    def check(self, file: Path, keys: list[PublicKey], *, older: bool = False) -> ProgramFolder:
        """The program of a bundle that could be installed; `<file>.minisig` is beside it. Raises UpdateRefused."""
        signature = _signature_of(file)
        with file.open("rb") as read:
            verify(read, signature.read_text(encoding="utf-8", errors="replace"), keys)
            read.seek(0)
            new = bundle.about_bundle(read)
        fits(new, self.runs, older=older)
        return new

    def install(
        self, file: Path, keys: list[PublicKey], check_moment: Callable[[], None], *, older: bool = False
    ) -> ProgramFolder:
        """Put a version on the disk and choose it; it is on trial from its first start on. Raises UpdateRefused.

        check_moment: raises UpdateRefused where this is no moment for it; asked before anything is done, and once more
        when all is unpacked, which takes a while.
        What is verified is a copy of our own: whoever may write to the place it came from could change it in between.
        """
        check_moment()
        state = read_state(self.programs)
        if state is not None and state.phase in (Phase.PENDING, Phase.TRYING, Phase.RETURNING):
            raise UpdateRefused(f"{state.version} is still on trial")
        incoming, unpacked = self.programs / _INCOMING, self.programs / _UNPACKED
        clear(incoming)
        clear(unpacked)
        incoming.mkdir(mode=0o700)
        try:
            for part in (file, _signature_of(file)):
                _copy(part, incoming / part.name)
            new = self.check(incoming / file.name, keys, older=older)
            with (incoming / file.name).open("rb") as read:
                bundle.unpack(read, unpacked)
            check_moment()
            clear(self.programs / new.version)
            os.rename(unpacked, self.programs / new.version)
            sync(self.programs)
        finally:
            clear(incoming)
            clear(unpacked)
        write_state(self.programs, UpdateState(Phase.PENDING, new.version, before=self.chosen))
        point(self.programs / CURRENT, new.version)
        self._tidy()
        return new

    def before_start(self) -> UpdateState | None:
        """What must be done as root before the daemon is started, each time; how far the update is then."""
        state = read_state(self.programs)
        if state is not None and state.phase is Phase.PENDING:
            state = self._begin_trial(state)
        elif state is not None and state.phase is Phase.TRYING:
            if state.boot != self._boot:
                state = self._noted(state.back("the unit was started anew during its trial, perhaps by a power cut"))
            elif state.tries >= MOST_TRIES:
                state = self._noted(state.back(f"it was started {MOST_TRIES} times and took no call"))
            else:
                state = self._noted(replace(state, tries=state.tries + 1))
        if state is not None and state.phase is Phase.RETURNING:
            state = self._return(state)
        return state

    def confirm(self, version: str) -> None:
        """It took a call."""
        state = self._on_trial(version)
        if state is not None:
            self._noted(replace(state, phase=Phase.CONFIRMED))

    def reject(self, version: str, reason: str) -> bool:
        """It took none; whether it was on trial. The one before is put back before the next start."""
        state = self._on_trial(version)
        if state is not None:
            self._noted(state.back(reason))
        return state is not None

    def back(self, *, old_settings: bool = False) -> str:
        """Choose the version before the last update again, from the next start on. Raises UpdateRefused.

        old_settings: also where that brings back the settings of the day of the update.
        """
        state = read_state(self.programs)
        if state is None or state.phase in (Phase.REJECTED, Phase.RETURNING) or self.chosen != state.version:
            raise UpdateRefused("there is no update to take back")
        before = program_in(self._folder(state.before))
        if state.aside and not old_settings:
            reason = f"{before.version} cannot read what {state.version} has stored; with --old-settings it gets "
            raise UpdateRefused(reason + "the settings of the day of the update, and keeps messages and calls")
        self._noted(state.back("somebody asked for the version before"))
        return before.version

    def _begin_trial(self, state: UpdateState) -> UpdateState:
        if self.chosen != state.version:
            return self._noted(replace(state, phase=Phase.REJECTED, reason="the power was cut before it was chosen"))
        if self._data.is_dir() and self.runs.data != program_in(self._folder(state.before)).data:
            put_aside(self._data, self.programs)
            state = replace(state, aside=True)
        return self._noted(replace(state, phase=Phase.TRYING, tries=1, boot=self._boot))

    def _return(self, state: UpdateState) -> UpdateState:
        """Put data and program back. Whatever of it was done before a power cut is done again."""
        if state.aside:
            put_back(self._data, self.programs)
        if state.before:
            point(self.programs / CURRENT, state.before)
        else:
            with suppress(FileNotFoundError):
                (self.programs / CURRENT).unlink()
            sync(self.programs)
        return self._noted(replace(state, phase=Phase.REJECTED, aside=False))

    def _on_trial(self, version: str) -> UpdateState | None:
        state = read_state(self.programs)
        return state if state is not None and (state.version, state.phase) == (version, Phase.TRYING) else None

    def _noted(self, state: UpdateState) -> UpdateState:
        write_state(self.programs, state)
        return state

    def _folder(self, version: str) -> Path:
        return self.programs / version if version else self._image

    def _tidy(self) -> None:
        """Remove the versions that neither run nor are the way back."""
        state = read_state(self.programs)
        kept = {self.chosen, state.before if state is not None else ""}
        for folder in self.programs.iterdir():
            if folder.name[0].isdigit() and folder.is_dir() and folder.name not in kept:
                clear(folder)


def _signature_of(file: Path) -> Path:
    signature = file.with_name(f"{file.name}.minisig")
    if not signature.is_file():
        raise UpdateRefused(f"its signature is missing: {signature.name} must be beside it")
    return signature


def _copy(source: Path, target: Path) -> None:
    handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as read, target.open("xb") as written:
        if os.fstat(handle).st_size > LARGEST_BUNDLE:
            raise UpdateRefused("it is larger than a bundle can be")
        shutil.copyfileobj(read, written)
