"""Puts `copperdesk.toml` into effect, once. Whenever the power fails, the next start does the same to the same end.

Nothing is put into effect while the file has mistakes. Its secrets are removed from it last, behind the note that it
is done: a unit that is cut off before finds the whole file again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from appliance.control.folder import DataFolder
from appliance.control.lock import DataFolderLock
from appliance.machine.addressing import Addressing
from appliance.machine.hostname import set_host_name
from appliance.machine.kept import keep_now
from appliance.machine.programs import MachineRefused, run
from appliance.office.document import load_document
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.provisioning.boot import (
    LARGEST_OFFICE,
    LARGEST_SHEET,
    SHEET,
    TOLD,
    BootPartition,
    UnreadableFile,
    decoded,
)
from appliance.provisioning.fetching import CannotFetch, fetched
from appliance.provisioning.notes import ProvisioningNotes, mark, read_notes, write_notes
from appliance.provisioning.sheet import SECRETS, AdministratorPart, ProvisioningSheet, SheetErrors, read_sheet
from appliance.provisioning.tomltext import TomlText
from appliance.provisioning.wires import CONNECTIONS, WIFI, WIRED, put_connection, wifi, wired
from appliance.shortprocess import ProcessFailed
from appliance.store.accounts import ADMINISTRATOR, AccountStore, WebAccount
from appliance.store.database import FileFromTheFuture
from appliance.store.labelcode import LABEL
from appliance.store.office import DamagedFile, OfficeStore
from hw.said import fixed, in_a_row, said, told_by

UP_WAITS_SECONDS = "30"
"""How long the unit waits for the network before it fetches its office there."""

MOST_TOLD = 50
"""Mistakes: a file with more is no attempt at one."""

WRONG = (
    "Copperdesk has not put copperdesk.toml into effect. This is wrong with it:",
    "Correct it, and start the unit again.",
)
REFUSED = (
    "Copperdesk has put copperdesk.toml into effect, but for this:",
    "It tries that again whenever the unit is started. The passwords stay in the file until then.",
)
"""Before and behind what is told on the boot partition: of mistakes in the file, and of what the machine or the network
refused."""

Hashed = Callable[[str, str], str]
"""What is kept of a password, of the account with this name. ValueError says why it is no good one."""


@dataclass(frozen=True, slots=True)
class Provisioning:
    """One run. hashed: works out what is kept of a password. connections: the folder of NetworkManager."""

    boot: BootPartition
    data: Path
    hashed: Hashed
    connections: Path = CONNECTIONS

    def run(self) -> list[str]:
        """Put the file into effect, where there is one that is not. What is wrong with it; empty: nothing.

        Raises OSError where the data folder cannot be read or written, which is told on the boot partition, too; and
        AlreadyRunning.
        """
        try:
            return self._run()
        except (OSError, FileFromTheFuture) as error:
            why = f"The unit's own data cannot be used: {self.data}: {told_by(error)}"
            self._tell(in_lines("Copperdesk could not look at copperdesk.toml.", why), {})
            raise OSError(told_by(error)) from error

    def _run(self) -> list[str]:
        with as_owner_of(self.data), DataFolderLock(self.data):
            notes = read_notes(self.data)
        if notes.country:
            self._tell_radio(notes.country)
        try:
            text = self.boot.text(SHEET, LARGEST_SHEET)
            if text is None and self.boot.text(SHEET + ".txt", LARGEST_SHEET) is not None:  # Windows hides the ending.
                raise UnreadableFile(said("is called copperdesk.toml.txt: remove .txt from its name"))
        except UnreadableFile as error:
            return self._told(notes, [str(in_a_row(fixed(SHEET), told_by(error)))])
        if text is None:
            self._note(replace(notes, mistakes=()))
            return []
        if mark(text) in notes.done:
            self._note(replace(notes, mistakes=()))
            self._clean(text)
            return []
        return self._put_into_effect(text, notes)

    def _put_into_effect(self, text: str, notes: ProvisioningNotes) -> list[str]:
        with as_owner_of(self.data):
            has_office = self._has_whole_office()
        try:
            sheet = read_sheet(text)
        except SheetErrors as errors:
            document, wrong = self._office_beside(errors.claims.office, has_office)
            return self._told(notes, [*map(str, errors.problems), *wrong])
        mistakes = list(self._missing_secrets(sheet, notes))
        account = sheet.administrator
        hashed = ""
        if account is not None and account.password:
            try:
                hashed = self.hashed(account.name, account.password)
            except ValueError as error:
                mistakes.append(said("administrator.password: %(why)s", why=told_by(error)))
        document, wrong = self._office_beside(sheet.office, has_office)
        mistakes += wrong
        if mistakes:
            return self._told(notes, mistakes)
        mistakes += self._tell_machine(sheet)
        if _is_address(sheet.office) and not has_office:
            document, wrong = self._office_fetched(sheet.office)
            mistakes += wrong
        with as_owner_of(self.data), DataFolderLock(self.data):
            if document is not None and not self._has_whole_office():
                OfficeStore(DataFolder(self.data).office).save(document)
            if account is not None and hashed:
                self._enter(account, hashed)
            if sheet.label:
                self._enter_label(sheet.label)
        if mistakes:
            return self._told(notes, mistakes, REFUSED)
        done = (mark(text), mark(TomlText(text).without(SECRETS)))
        country = sheet.wifi.country if sheet.wifi else ""
        self._note(ProvisioningNotes(done, (), sheet.wifi.network if sheet.wifi else "", country))
        self._clean(text)
        return []

    def _missing_secrets(self, sheet: ProvisioningSheet, notes: ProvisioningNotes) -> Iterator[str]:
        """A secret may be missing where it was taken over from this file before."""
        if sheet.wifi is not None and not sheet.wifi.passphrase and sheet.wifi.network != notes.wifi:
            yield said("wifi.passphrase: is missing")
        if sheet.administrator is not None and not sheet.administrator.password and self._account(sheet) is None:
            yield said("administrator.password: is missing")

    def _account(self, sheet: ProvisioningSheet) -> WebAccount | None:
        assert sheet.administrator is not None
        if not DataFolder(self.data).accounts.exists():
            return None
        with as_owner_of(self.data):
            store = AccountStore.open(DataFolder(self.data).accounts)
            try:
                return store.find(sheet.administrator.name)
            finally:
                store.close()

    def _has_whole_office(self) -> bool:
        """One of which every generation is damaged counts as none: what the file brings takes its place."""
        try:
            return OfficeStore(DataFolder(self.data).office).load().document is not None
        except DamagedFile:
            return False

    def _office_beside(self, name: str, has_office: bool) -> tuple[dict[str, Any] | None, list[str]]:
        if not name or _is_address(name):
            return None, []
        try:
            text = self.boot.text(name, LARGEST_OFFICE)
        except UnreadableFile as error:
            return None, [f"{name} {error}"]
        if text is None and has_office:  # It may be deleted once it was taken over, as it holds PINs.
            return None, []
        if text is None:
            return None, [said("office: there is no file %(name)s beside copperdesk.toml", name=name)]
        return _document(text, name)

    def _office_fetched(self, address: str) -> tuple[dict[str, Any] | None, list[str]]:
        try:
            return _document(decoded(fetched(address, LARGEST_OFFICE)), address)
        except (CannotFetch, UnreadableFile) as error:
            return None, [said("office: %(why)s", why=told_by(error))]

    def _tell_machine(self, sheet: ProvisioningSheet) -> list[str]:
        """Name, clock and network. What the machine refuses of it, all of it at once."""
        refused: list[str] = []

        def carried_out(what: str, *steps: Callable[[], object]) -> None:
            try:
                for step in steps:
                    step()
            except (MachineRefused, OSError) as error:
                refused.append(f"{what}: {told_by(error)}")

        carried_out("name", lambda: set_host_name(sheet.name))
        if sheet.time_zone:
            carried_out("time_zone", lambda: run("timedatectl", "set-timezone", sheet.time_zone))
        carried_out("name", keep_now)  # Before the note that it is done.
        radio = sheet.wifi
        # Two ways into the network cannot have one address: with a radio network the cable asks the router.
        cable = wired(Addressing(True) if radio else sheet.addressing)
        carried_out("network", lambda: put_connection(self.connections, WIRED, cable))
        if radio is not None:
            self._tell_radio(radio.country)
            if radio.passphrase:
                text = wifi(radio.network, radio.passphrase, sheet.addressing)
                carried_out("wifi", lambda: put_connection(self.connections, WIFI, text))
        carried_out("network", lambda: run("nmcli", "connection", "reload"))
        if _is_address(sheet.office):
            name = WIFI if radio is not None else WIRED
            carried_out("network", lambda: run("nmcli", "--wait", UP_WAITS_SECONDS, "connection", "up", "id", name))
        return refused

    def _tell_radio(self, country: str) -> None:
        """A machine without a radio has no such program, or refuses, which is told by the network that is not there."""
        try:
            run("iw", "reg", "set", country)
        except MachineRefused:
            return

    def _enter(self, wanted: AdministratorPart, hashed: str) -> None:
        store = AccountStore.open(DataFolder(self.data).accounts)
        try:
            known = store.find(wanted.name)
            if known is None:
                known = WebAccount(wanted.name, ADMINISTRATOR, "", "", hashed)
            store.put(replace(known, role=ADMINISTRATOR, hash=hashed))
        finally:
            store.close()

    def _enter_label(self, code: str) -> None:
        store = AccountStore.open(DataFolder(self.data).accounts)
        try:
            store.set_setting(LABEL, code)
        finally:
            store.close()

    def _told(self, notes: ProvisioningNotes, found: list[str], around: tuple[str, str] = WRONG) -> list[str]:
        """around: what stands before and behind the mistakes."""
        mistakes = found[:MOST_TOLD]
        self._note(replace(notes, mistakes=tuple(mistakes)))
        head, foot = around
        self._tell(in_lines(head, *(f"- {mistake}" for mistake in mistakes), foot), {})
        return mistakes

    def _clean(self, text: str) -> None:
        told = in_lines(
            "Copperdesk has put copperdesk.toml into effect, and removed the passwords from it.",
            "An office document beside it holds PINs, and is not needed any more: delete it.",
        )
        self._tell(told, {SHEET: TomlText(text).without(SECRETS)})

    def _tell(self, told: str, files: dict[str, str]) -> None:
        """A card that cannot be written keeps its secrets until the next start tries again."""
        try:
            self.boot.write({**files, TOLD: told})
        except (OSError, MachineRefused) as error:
            print(f"copperdesk: {self.boot.folder} cannot be written: {told_by(error)}", flush=True)

    def _note(self, notes: ProvisioningNotes) -> None:
        with as_owner_of(self.data), DataFolderLock(self.data):
            write_notes(self.data, notes)


def in_lines(*lines: str) -> str:
    """A text as an editor on any desk shows it."""
    return "".join(f"{line}\r\n" for line in lines)


@contextmanager
def as_owner_of(data: Path) -> Iterator[None]:
    """Whoever runs as root works in the data folder as its owner, whom the daemon is: nothing there misleads root."""
    if os.geteuid() != 0 or not data.exists():
        yield
        return
    owner, groups = data.stat(), os.getgroups()
    os.setgroups([])
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def _is_address(office: str) -> bool:
    return "://" in office


def _document(text: str, name: str) -> tuple[dict[str, Any] | None, list[str]]:
    try:
        document = load_document(text)
        office_of(document)
    except OfficeErrors as errors:
        return None, [str(in_a_row(fixed(name), problem.told, by=": ")) for problem in errors.problems]
    except ProcessFailed as error:
        return None, [f"{name}: {told_by(error)}"]
    assert isinstance(document, dict)
    return document, []
