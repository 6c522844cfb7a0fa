"""A unit becomes what the file on its boot partition says, once, and whenever the power fails on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unittest import mock

import pytest

from appliance.control.folder import DataFolder
from appliance.machine.programs import ProgramFailed
from appliance.officeparsing import parsed
from appliance.provisioning import effect
from appliance.provisioning.boot import SHEET, TOLD, BootPartition
from appliance.provisioning.effect import Provisioning
from appliance.provisioning.fetching import CannotFetch, fetched
from appliance.provisioning.notes import NOTES, ProvisioningNotes, provisioning_fault, read_notes
from appliance.store.accounts import AccountStore, WebAccount
from appliance.store.atomic import AtomicFile
from appliance.store.disk import Disk
from appliance.store.labelcode import LABEL
from appliance.store.office import OfficeStore
from tests.calls.world import OFFICE
from tests.machine.standins import Machine
from tests.provisioning.test_sheet import WHOLE


class Desk:
    """A unit with a card that somebody has written."""

    def __init__(self, folder: Path) -> None:
        self.boot, self.data, self.connections = folder / "boot", folder / "data", folder / "connections"
        for made in (self.boot, self.data):
            made.mkdir()
        self.machine = Machine(folder / "programs")
        self.hashed: Callable[[str, str], str] = lambda _name, password: f"hash of {password}"

    def write(self, text: str | bytes, office: str | None = None) -> None:
        (self.boot / SHEET).write_bytes(text.encode() if isinstance(text, str) else text)
        (self.boot / "office.json").write_text(OFFICE.read_text(encoding="utf-8") if office is None else office)

    def start(self) -> list[str]:
        return Provisioning(BootPartition(self.boot), self.data, self.hashed, self.connections).run()

    @property
    def sheet(self) -> str:
        return (self.boot / SHEET).read_text()

    @property
    def told(self) -> str:
        return (self.boot / TOLD).read_text()

    @property
    def office(self) -> object:
        return OfficeStore(DataFolder(self.data).office).load().document

    @property
    def label(self) -> str:
        store = AccountStore.open(DataFolder(self.data).accounts)
        try:
            return store.setting(LABEL)
        finally:
            store.close()

    @property
    def accounts(self) -> list[WebAccount]:
        store = AccountStore.open(DataFolder(self.data).accounts)
        try:
            return store.all()
        finally:
            store.close()

    def connection(self, name: str) -> str:
        return (self.connections / f"{name}.nmconnection").read_text()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path)
    monkeypatch.setenv("PATH", made.machine.path)
    monkeypatch.setattr(effect, "office_of", parsed)
    return made


def became_what_it_says(desk: Desk) -> None:
    assert desk.office == json.loads(OFFICE.read_text(encoding="utf-8"))
    assert desk.accounts == [WebAccount("ada", "administrator", "", "", "hash of seven green kettles")]
    assert desk.label == "abcd-efgh-jkmn"
    state = desk.machine.state
    assert (state["name"], state["time_zone"], state["radio"]) == ("front-desk", "America/New_York", "US")
    assert "address1=192.168.1.20/24,192.168.1.1\n" in desk.connection("copperdesk-wifi")
    assert "psk=blue kettle\n" in desk.connection("copperdesk-wifi")
    assert "method=auto" in desk.connection("copperdesk-wired")
    assert "kettle" not in desk.sheet
    assert "put copperdesk.toml into effect" in desk.told
    assert provisioning_fault(desk.data) == ""


@pytest.mark.parametrize("written", [WHOLE.encode(), b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()])
def test_a_unit_becomes_what_the_file_says_and_its_secrets_are_removed(desk: Desk, written: bytes) -> None:
    desk.write(written)
    assert desk.start() == []
    became_what_it_says(desk)


def test_it_is_put_into_effect_once(desk: Desk) -> None:
    desk.write(WHOLE)
    desk.start()
    desk.machine.change(name="renamed-at-the-page")
    assert desk.start() == []
    assert desk.machine.state["name"] == "renamed-at-the-page"


def test_a_later_file_may_leave_out_secrets_and_keeps_the_office(desk: Desk) -> None:
    desk.write(WHOLE)
    desk.start()
    desk.write(desk.sheet.replace("front-desk", "back-desk"), office=OFFICE.read_text().replace("Riverside", "Other"))
    assert desk.start() == []
    assert desk.machine.state["name"] == "back-desk"
    assert "Other" not in json.dumps(desk.office)
    desk.write(desk.sheet.replace("Riverside", "Elsewhere").replace('"ada"', '"bob"'))
    assert desk.start() == ["wifi.passphrase: is missing", "administrator.password: is missing"]


def test_with_mistakes_nothing_is_put_into_effect_and_all_are_told(desk: Desk) -> None:
    desk.write(WHOLE.replace("front-desk", "Front desk"), office='{"name": 3}')
    found = desk.start()
    assert found[0] == "line 1: name: a name has letters from a to z, digits and hyphens"
    assert "office.json: people: is missing" in found
    assert "has not put copperdesk.toml into effect" in desk.told
    assert "line 1: name: a name has letters" in desk.told
    desk.write(WHOLE, office='{"name": 3}')

    def refuses(_name: str, _password: str) -> str:
        raise ValueError("guessed too easily")

    desk.hashed = refuses
    found = desk.start()
    assert found[0] == "administrator.password: guessed too easily"
    assert "office.json: people: is missing" in found
    assert all(f"- {mistake}\r\n" in (desk.boot / TOLD).read_bytes().decode() for mistake in found)
    assert "guessed too easily" in provisioning_fault(desk.data)
    assert (desk.office, desk.accounts, "name" in desk.machine.state) == (None, [], False)
    assert desk.sheet == WHOLE
    desk.hashed = lambda _name, password: f"hash of {password}"
    desk.write(WHOLE)
    assert desk.start() == []
    became_what_it_says(desk)


def test_what_the_machine_refuses_is_told_and_tried_again(desk: Desk) -> None:
    desk.write(WHOLE)
    desk.machine.change(running=False)
    assert desk.start() == ["network: NetworkManager is not running."]
    assert "has put copperdesk.toml into effect, but for this" in desk.told
    assert "kettle" in desk.sheet
    desk.machine.change(running=True)
    assert desk.start() == []
    became_what_it_says(desk)


class PowerCut(BaseException):
    """The unit stops in the middle."""


class _Countdown:
    """Cuts the power before the n-th thing that is done to a disk or the machine."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def wrapped(self, real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object) -> object:
            self.left -= 1
            if self.left < 0:
                raise PowerCut
            return real(*args)

        return step


def test_a_power_cut_anywhere_changes_nothing_of_where_it_ends(desk: Desk) -> None:
    desk.write(WHOLE)
    monkey = pytest.MonkeyPatch()
    told = {"time_zone": "America/New_York", "radio": "US"}
    monkey.setattr(effect, "run", lambda *_: "")
    monkey.setattr(effect, "set_host_name", lambda name: desk.machine.change(name=name, **told))
    cut = 0
    while True:
        countdown = _Countdown(cut)
        with monkey.context() as power, suppress(PowerCut):
            for name in ("write", "rename", "sync"):
                power.setattr(Disk, name, countdown.wrapped(getattr(Disk, name)))
            power.setattr(AccountStore, "put", countdown.wrapped(AccountStore.put))
            desk.start()
        if countdown.left >= 0:
            break
        assert "seven green kettles" in desk.sheet or "kettle" not in desk.sheet
        cut += 1
    monkey.undo()
    assert cut > 10
    became_what_it_says(desk)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x" * 10_000_000, "is longer than 16384 bytes"),
        ('name = "caf\u00e9"'.encode("latin-1"), "is not in UTF-8 (line 1)"),
        (WHOLE.encode("utf-16"), "is not in UTF-8 (line 1)"),
        (b'name = "a"\n\0', "it holds a zero byte in line 2"),
        (b"[" * 900, "is not understood"),
        (b"a." * 8_000 + b"b = 1", "is longer than 1000 characters"),
        (b"".join(b"%da = 1\n" % n for n in range(1_500)), "is not known here"),
        (b"", "name: is missing"),
    ],
)
def test_hostile_files_are_told_and_nothing_happens(desk: Desk, content: bytes, reason: str) -> None:
    desk.write(content)
    found = desk.start()
    assert found
    assert reason in found[0]
    assert desk.office is None


def test_a_link_is_not_followed_and_a_folder_is_no_file(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text(WHOLE)
    (desk.boot / SHEET).symlink_to(tmp_path / "elsewhere.toml")
    assert "cannot be read" in desk.start()[0]
    (desk.boot / SHEET).unlink()
    (desk.boot / SHEET).mkdir()
    assert "is no file" in desk.start()[0]


def test_without_a_file_nothing_happens(desk: Desk) -> None:
    assert desk.start() == []
    assert list(desk.boot.iterdir()) == []


def test_a_partition_that_is_read_only_is_writable_for_a_moment(desk: Desk) -> None:
    desk.write(WHOLE)
    asked: list[str] = []
    with mock.patch("os.statvfs", return_value=mock.Mock(f_flag=1)):
        boot = BootPartition(desk.boot, lambda _folder, how: asked.append(how))
        assert Provisioning(boot, desk.data, desk.hashed, desk.connections).run() == []
    assert asked == ["rw", "ro"]


def test_a_partition_that_cannot_be_written_is_tried_again_and_nothing_else_is_done_twice(desk: Desk) -> None:
    def refuses(_folder: Path, _how: str) -> None:
        raise ProgramFailed("write-protected", 32)

    desk.write(WHOLE)
    with mock.patch("os.statvfs", return_value=mock.Mock(f_flag=1)):
        assert Provisioning(BootPartition(desk.boot, refuses), desk.data, desk.hashed, desk.connections).run() == []
    assert desk.sheet == WHOLE
    desk.machine.change(name="renamed-at-the-page")
    assert desk.start() == []
    assert "kettle" not in desk.sheet
    assert desk.machine.state["name"] == "renamed-at-the-page"


class _Serves(BaseHTTPRequestHandler):
    content = b""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/office.json" else 302)
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


def test_the_office_is_fetched_in_the_lan_and_from_nowhere_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Serves)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/office.json"
        desk.write(WHOLE.replace("office.json", address + "x"))
        assert desk.start() == ["office: 127.0.0.1 answers 302 in place of the file"]
        desk.write(WHOLE.replace("office.json", address))
        _Serves.content = b"x" * 4_000_001
        assert desk.start() == ["office: 127.0.0.1 sends more than 4000000 bytes"]
        _Serves.content = b"\n<!doctype html><title>Sign in</title>"
        assert desk.start() == ["office: 127.0.0.1 sends a web page in place of the office document"]
        desk.write(WHOLE.replace("office.json", address.replace("http", "https")))
        assert desk.start() == [
            "office: 127.0.0.1 does not answer by https: put the file on the memory card, or use http"
        ]
        desk.write(WHOLE.replace("office.json", address))
        _Serves.content = OFFICE.read_bytes()
        desk.machine.change(refuses_up=True)
        assert "No network with SSID found" in desk.start()[0]
        desk.machine.change(refuses_up=False)
        assert desk.start() == []
        became_what_it_says(desk)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    outside = [(2, 1, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_more: outside)
    with pytest.raises(CannotFetch, match="outside the office's own network"):
        fetched("http://x.example/office.json", 10)


def test_what_was_removed_is_overwritten_where_it_lay(desk: Desk, tmp_path: Path) -> None:
    """A second name of the file shows what is left in the blocks that it had."""
    desk.write(WHOLE)
    (tmp_path / "blocks").hardlink_to(desk.boot / SHEET)
    assert desk.start() == []
    assert "kettle" not in desk.sheet
    assert (tmp_path / "blocks").read_bytes() == b"#" * len(WHOLE)


def test_an_office_that_is_damaged_on_the_unit_makes_room_for_that_of_the_file(desk: Desk) -> None:
    for name in ("office.json", "office.json.previous", "office.json.old"):
        (desk.data / name).write_bytes(b"\xff damaged")
    desk.write(WHOLE)
    assert desk.start() == []
    became_what_it_says(desk)


def test_a_data_folder_that_cannot_be_used_is_told_on_the_boot_partition(desk: Desk) -> None:
    DataFolder(desk.data).accounts.mkdir()
    desk.write(WHOLE)
    with pytest.raises(OSError, match="list of accounts"):
        desk.start()
    assert "own data cannot be used" in desk.told
    assert desk.sheet == WHOLE


def test_a_file_whose_ending_windows_hides_is_told(desk: Desk) -> None:
    (desk.boot / f"{SHEET}.txt").write_text(WHOLE)
    assert desk.start() == ["copperdesk.toml is called copperdesk.toml.txt: remove .txt from its name"]
    assert "remove .txt" in provisioning_fault(desk.data)


def test_the_office_document_may_be_deleted_once_it_was_taken_over(desk: Desk) -> None:
    desk.write(WHOLE)
    desk.start()
    assert "delete it" in desk.told
    (desk.boot / "office.json").unlink()
    (desk.boot / SHEET).write_text(desk.sheet.replace("front-desk", "back-desk"))
    assert desk.start() == []


def test_notes_that_somebody_has_spoiled_are_none(desk: Desk) -> None:
    """They are in the daemon's folder, and root reads them at each start."""
    forms = ('{"country": ["x"]}', '{"country": "D\\u0000"}', '{"wifi": 3}', '{"mistakes": [3]}', '{"done": [{}]}')
    for spoiled in (*forms, "[" * 4000):
        AtomicFile(desk.data / NOTES).write(spoiled.encode())
        assert read_notes(desk.data) == ProvisioningNotes()
        assert desk.start() == []
