"""The versions on a unit: installing another one, what happens before each start, and the way back."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from appliance.machine.takenback import TakenBack
from appliance.updating import bundle
from appliance.updating.aside import put_aside, put_back
from appliance.updating.disk import clear, copy_at_most, opened_plain, point, sync
from appliance.updating.folder import ProgramFolder, fits, program_in
from appliance.updating.refusal import UpdateRefused
from appliance.updating.signature import LONGEST_TEXT, PublicKey, verify
from appliance.updating.state import CURRENT, STATE, Phase, UpdateState, read_state, state_or_none, write_state
from hw.said import said, told_by

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
        with opened_plain(file) as read, _signature_of(file).open("rb") as signature:
            verify(read, signature.read(LONGEST_TEXT + 1).decode("utf-8", errors="replace"), keys)
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
        with self._alone(), _stored():
            state = state_or_none(self.programs)
            if state is not None and state.phase in (Phase.PENDING, Phase.TRYING, Phase.RETURNING):
                raise UpdateRefused(said("%(version)s is still on trial", version=state.version))
            try:
                new = self._unpacked(file, keys, older=older)
                check_moment()
                clear(self.programs / new.version)
                os.rename(self.programs / _UNPACKED, self.programs / new.version)
                sync(self.programs)
            finally:
                self._clear_unfinished()
            self._noted(UpdateState(Phase.PENDING, new.version, before=self.chosen))
            point(self.programs / CURRENT, new.version)
            self._tidy()
        return new

    def before_start(self) -> UpdateState | None:
        """What must be done as root before the daemon is started, each time; how far the update is then."""
        if not self.programs.is_dir():
            return None
        with ExitStack() as held:
            try:
                held.enter_context(self._alone())
            except UpdateRefused:  # One is being installed just now, and perhaps noted, but not chosen yet.
                return state_or_none(self.programs)
            self._clear_unfinished()
            return self._judged()

    def confirm(self, version: str) -> None:
        """It took a call."""
        state = self._on_trial(version)
        if state is not None:
            self._noted(replace(state, phase=Phase.CONFIRMED))

    def reject(self, version: str, reason: TakenBack) -> bool:
        """It took none; whether it was on trial. The one before is put back before the next start."""
        state = self._on_trial(version)
        if state is not None:
            self._noted(state.back(reason))
        return state is not None

    def back(self, *, old_settings: bool = False) -> str:
        """Choose the version before the last update again, from the next start on. Raises UpdateRefused.

        old_settings: also where that brings back the settings of the day of the update.
        """
        state = state_or_none(self.programs)
        if state is None or state.phase in (Phase.REJECTED, Phase.RETURNING) or self.chosen != state.version:
            raise UpdateRefused(said("there is no update to take back"))
        before = program_in(self._folder(state.before))
        if state.aside and not old_settings:
            settings = said(
                "%(before)s cannot read what %(version)s has stored: it would get the settings of the day of the "
                "update, and keep messages and calls",
                before=before.version,
                version=state.version,
            )
            raise UpdateRefused(settings, unless="--old-settings")
        self._noted(state.back(TakenBack.ASKED))
        return before.version

    def _judged(self) -> UpdateState | None:
        try:
            state = read_state(self.programs)
        except ValueError:
            state = self._without_state()
        if state is not None and state.phase is Phase.PENDING:
            state = self._begin_trial(state)
        elif state is not None and state.phase is Phase.TRYING:
            if state.boot != self._boot:
                state = self._noted(state.back(TakenBack.INTERRUPTED))
            elif state.tries >= MOST_TRIES:
                state = self._noted(state.back(TakenBack.CRASHED))
            else:
                state = self._noted(replace(state, tries=state.tries + 1))
        if state is not None and state.phase is Phase.RETURNING:
            state = self._return(state)
        return state

    def _begin_trial(self, state: UpdateState) -> UpdateState:
        if self.chosen != state.version:
            return self._noted(replace(state, phase=Phase.REJECTED, reason=TakenBack.INTERRUPTED.value))
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

    def _without_state(self) -> UpdateState | None:
        """The file of the state is damaged, so the launcher runs the image's program already: it stays that way."""
        if self.chosen:
            return self._noted(UpdateState(Phase.RETURNING, self.chosen, reason=TakenBack.STATE_LOST.value))
        (self.programs / STATE).unlink()
        return None

    def _unpacked(self, file: Path, keys: list[PublicKey], *, older: bool) -> ProgramFolder:
        """Verify a copy of a bundle, and unpack it."""
        self._clear_unfinished()
        incoming = self.programs / _INCOMING
        incoming.mkdir(mode=0o700)
        for part, largest in ((file, LARGEST_BUNDLE), (_signature_of(file), LONGEST_TEXT)):
            copy_at_most(part, incoming / part.name, largest)
        new = self.check(incoming / file.name, keys, older=older)
        with (incoming / file.name).open("rb") as read:
            bundle.unpack(read, self.programs / _UNPACKED)
        return new

    def _clear_unfinished(self) -> None:
        """Remove what an installation has left that did not come to its end."""
        clear(self.programs / _INCOMING)
        clear(self.programs / _UNPACKED)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one installation at a time; it also ends with the process. Raises UpdateRefused."""
        handle = os.open(self.programs, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UpdateRefused(said("a new version is being installed already")) from None
            yield
        finally:
            os.close(handle)

    def _on_trial(self, version: str) -> UpdateState | None:
        state = state_or_none(self.programs)
        return state if state is not None and (state.version, state.phase) == (version, Phase.TRYING) else None

    def _noted(self, state: UpdateState) -> UpdateState:
        write_state(self.programs, state)
        return state

    def _folder(self, version: str) -> Path:
        return self.programs / version if version else self._image

    def _tidy(self) -> None:
        """Remove the versions that neither run nor are the way back."""
        state = state_or_none(self.programs)
        kept = {self.chosen, state.before if state is not None else ""}
        for folder in self.programs.iterdir():
            if folder.name[0].isdigit() and folder.is_dir() and folder.name not in kept:
                clear(folder)


def _signature_of(file: Path) -> Path:
    signature = Path(f"{file}.minisig")
    if not signature.is_file():
        raise UpdateRefused(said("its signature is missing: %(file)s must be beside it", file=signature.name))
    return signature


@contextmanager
def _stored() -> Iterator[None]:
    """What the system says of a file or a disk, as a refusal."""
    try:
        yield
    except OSError as error:
        raise UpdateRefused(said("it cannot be read or stored: %(why)s", why=told_by(error))) from error
