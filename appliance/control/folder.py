"""The data folder: where in it everything is that this appliance must not lose, and its control socket."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    path: Path

    @property
    def socket(self) -> Path:
        return self.path / "control.sock"

    @property
    def sound_socket(self) -> Path:
        """Where the sound of test telephones passes."""
        return self.path / "sound.sock"

    @property
    def stand_in_modem(self) -> Path:
        """The root of the made machine in which a simulated modem is plugged in."""
        return self.path / "stand-in-modem"

    @property
    def support_archive(self) -> Path:
        """What the doctor's last look has written down for whoever helps."""
        return self.path / "support.zip"

    @property
    def office(self) -> Path:
        return self.path / "office.json"

    @property
    def switches(self) -> Path:
        return self.path / "switches.json"

    @property
    def wrong_pins(self) -> Path:
        return self.path / "wrong-pins.json"

    @property
    def calls(self) -> Path:
        return self.path / "calls.sqlite"

    @property
    def contacts(self) -> Path:
        return self.path / "contacts.sqlite"

    @property
    def lost_callers(self) -> Path:
        return self.path / "lost-callers.sqlite"

    @property
    def accounts(self) -> Path:
        """Who may sign in at the local page."""
        return self.path / "accounts.sqlite"

    @property
    def spoken_codes(self) -> Path:
        """The codes that telephones of the office say."""
        return self.path / "spoken-codes.json"

    @property
    def versions(self) -> Path:
        """Earlier versions of the office document, and the draft of the next one."""
        return self.path / "versions.sqlite"

    @property
    def changes(self) -> Path:
        """Who changed what, and when."""
        return self.path / "changes.sqlite"

    @property
    def line_tests(self) -> Path:
        """The reports of the line doctor, one for each line."""
        return self.path / "line-tests"

    @property
    def forwardings(self) -> Path:
        """Which lines a test has had forwarded by the exchange."""
        return self.path / "line-forwardings.json"

    @property
    def program(self) -> Path:
        """Which program ran last, and since when."""
        return self.path / "program.json"

    @property
    def setup(self) -> Path:
        """The answers of a set-up that is not finished yet."""
        return self.path / "setup.json"

    @property
    def webhooks(self) -> Path:
        """The addresses that are told what happens."""
        return self.path / "webhooks.json"

    @property
    def deliveries(self) -> Path:
        """What these addresses are still to be told."""
        return self.path / "deliveries.sqlite"

    @property
    def wishes(self) -> Path:
        """Who has asked on the office's web site to be called, in the last day."""
        return self.path / "web-wishes.json"

    @property
    def network_trial(self) -> Path:
        """A change of the network that nobody has confirmed yet."""
        return self.path / "network-trial.json"

    @property
    def desk(self) -> Path:
        """Notes on callers, and what they have answered."""
        return self.path / "desk.sqlite"

    @property
    def desk_sheet(self) -> Path:
        """Questions and scripts of the operator's desk."""
        return self.path / "desk-sheet.json"

    @property
    def commands(self) -> Path:
        """Programs that the office document may name."""
        return self.path / "commands"

    @property
    def music(self) -> Path:
        """The office's own music on hold."""
        return self.path / "music"

    @property
    def mail(self) -> Path:
        """Letters that are not sent yet."""
        return self.path / "mail"

    @property
    def fax_queue(self) -> Path:
        """Faxes that are to be sent."""
        return self.path / "fax-queue"

    @property
    def faxes_sent(self) -> Path:
        """Faxes that were sent, or given up, for as long as they are kept."""
        return self.path / "faxes-sent"

    @property
    def sounds(self) -> Path:
        return self.path / "sounds"

    @property
    def faxes(self) -> Path:
        """Received faxes."""
        return self.path / "faxes"

    @property
    def fax_views(self) -> Path:
        """Pictures and PDF files of faxes that somebody looks at."""
        return self.path / "fax-views"

    @property
    def fax_prints(self) -> Path:
        """Faxes that no printer has taken yet."""
        return self.path / "fax-prints"

    @property
    def fax_opened(self) -> Path:
        """Who opened which fax."""
        return self.path / "fax-opened.sqlite"

    @property
    def fax_carriers(self) -> Path:
        """Which engine has failed at which fax number."""
        return self.path / "fax-carriers.sqlite"

    @property
    def messages(self) -> Path:
        return self.path / "messages"


def default_data_folder() -> Path:
    """$COPPERDESK_DATA, or the place the XDG rules give a user's data."""
    if folder := os.environ.get("COPPERDESK_DATA"):
        return Path(folder)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "copperdesk"
