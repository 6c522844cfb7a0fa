"""A machine that runs an image in QEMU: started, given orders through a virtual serial port, and ended."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.image.addition import PLACE, addition, joined
from tests.image.card import Card
from tests.image.machine import DEFAULT_LINE, GuestKind, Wiring, command, kernel_line
from tests.image.progress import TOLD_EVERY_S, Progress

UNIT_DATA = "/var/lib/copperdesk"
"""Where a unit mounts its data partition."""
DATA = f"{UNIT_DATA}/office"
"""The daemon's folder."""
HTTP, HTTPS = 80, 443
STARTS_S = 90.0
"""So long may a machine take from power to its first order, at its own speed."""
ORDER_S = 30.0
LINK_S = 10.0
"""QEMU makes its socket at once; a busy machine may start QEMU slowly."""
OFF_S = 60.0
LINES_S = 120.0
LAST_LINES = 25
DOING_LENGTH = 60
"""Letters of a command that are shown while it runs."""


class GuestTrouble(Exception):
    """The guest did not start, or did not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command in the guest gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def free_port() -> int:
    """A TCP port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def kernel_names(names: list[str]) -> tuple[str, str]:
    """The kernel and the initial RAM disk among the files that a unit starts from: the newest ones. Raises
    `GuestTrouble`.
    """
    kernels = sorted(name for name in names if name.startswith("vmlinuz"))
    initrds = sorted(name for name in names if name.startswith("initrd"))
    if not kernels or not initrds:
        raise GuestTrouble(f"no kernel with an initial RAM disk among {', '.join(names)}")
    return kernels[-1], initrds[-1]


class Guest:
    """A machine with a card in it. `with Guest(…) as guest` switches it on, and cuts its power at the end.

    folder: for the kernel, the socket and what each start has written on its console. stick: a file that it has as a
    USB stick.
    """

    def __init__(
        self, kind: GuestKind, card: Card, folder: Path, progress: Progress, words: tuple[str, ...] = ()
    ) -> None:
        self.kind = kind
        """What machine it is."""
        self.card = card
        """The card in it."""
        self.progress = progress
        """Where it tells what it waits for."""
        self.starts = 0
        """How often it was started, a start after a restart counted, too."""
        self.stick: Path | None = None
        """A file that is in it as a USB stick from the next start on."""
        self.page = free_port()
        """The port of this machine that leads to its page."""
        self.page_encrypted = free_port()
        """The same for encrypted connections."""
        self.words = words
        """Further words for the kernel's command line, from the next start on."""
        self.on_at = 0.0
        """When it was switched on, by the clock of time.monotonic."""
        self._folder = folder
        self._qemu: subprocess.Popen[bytes] | None = None
        self._link: socket.socket | None = None
        self._read = b""
        self._orders = 0
        self._switched_on = 0

    def __enter__(self) -> Guest:
        try:
            self.switch_on()
        except BaseException:
            self.cut_power()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.cut_power()

    @property
    def log(self) -> Path:
        """What it has written on its console since it was switched on."""
        return self._folder / f"console-{self._switched_on}.log"

    def switch_on(self) -> None:
        """Start QEMU, and wait until orders are taken. Raises `GuestTrouble`."""
        socket_file = self._folder / "orders"
        socket_file.unlink(missing_ok=True)
        self._switched_on += 1
        names = self.card.boot_files()
        kernel, initrd = kernel_names(names)
        given = self.card.boot_file("cmdline.txt").decode() if "cmdline.txt" in names else DEFAULT_LINE
        line = kernel_line(given, self.kind, self.words)
        wiring = Wiring(
            card=self.card.file,
            kernel=self._folder / "kernel",
            initrd=self._folder / "initrd",
            line=line,
            orders=socket_file,
            log=self.log,
            ports={self.page: HTTP, self.page_encrypted: HTTPS},
            stick=self.stick,
        )
        wiring.kernel.write_bytes(self.card.boot_file(kernel))
        wiring.initrd.write_bytes(joined(self.card.boot_file(initrd), addition()))
        self.on_at = time.monotonic()
        self._qemu = subprocess.Popen(
            command(self.kind, wiring), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
        self._link = self._linked(socket_file)
        self.await_start()

    def await_start(self) -> float:
        """Wait until the guest takes orders, after it was switched on or started anew; the kernel's seconds by then."""
        self.starts += 1
        told = self._next(time.monotonic() + STARTS_S * self.kind.patience, "it starts")
        self.progress.tell(f"start {self.starts}: it takes orders, {float(told['up']):.0f} s after its kernel began")
        return float(told["up"])

    @property
    def pid(self) -> int:
        """The process of the machine. Raises `GuestTrouble` where it is off."""
        if self._qemu is None:
            raise GuestTrouble("the machine is off")
        return self._qemu.pid

    def cut_power(self) -> None:
        """As when the plug is pulled: nothing in the guest can know of it. Harmless where it is off."""
        if self._link is not None:
            self._link.close()
        if self._qemu is not None:
            self._qemu.kill()
            self._qemu.wait()
        self._qemu = self._link = None
        self._read = b""

    def switch_off(self) -> None:
        """Have the guest stop all its services, then wait until it is off. Raises `GuestTrouble`."""
        self.run("systemctl", "--no-block", "poweroff")
        if self._qemu is None:
            raise GuestTrouble("the machine is off")
        try:
            self._qemu.wait(OFF_S * self.kind.patience)
        except subprocess.TimeoutExpired:
            raise self._trouble("the guest did not switch itself off") from None
        self.cut_power()

    def start_anew(self) -> None:
        """Restart the guest's system. Raises `GuestTrouble`."""
        self.run("systemctl", "--no-block", "reboot")
        self.await_start()

    def run(self, *words: str, given: str = "", seconds: float = ORDER_S) -> Answer:
        """Run a command in the guest, as root. Raises `GuestTrouble`.

        seconds: its time-out, for a machine that runs at its own speed.
        """
        if self._link is None:
            raise GuestTrouble("the machine is off")
        self._orders += 1
        limit = seconds * self.kind.patience
        order = {"id": self._orders, "run": words, "given": given, "seconds": limit}
        until = time.monotonic() + limit + ORDER_S
        try:
            self._link.settimeout(limit)
            self._link.sendall(json.dumps(order).encode() + b"\n")
        except OSError as error:
            raise self._trouble(f"the guest takes no orders: {error}") from error
        answer = self._next(until, " ".join(words)[:DOING_LENGTH])
        if answer.get("id") != self._orders:
            raise self._trouble(f"the guest started anew in the middle of {' '.join(words)}")
        return Answer(answer["code"], answer["out"], answer["err"])

    def must(self, *words: str, given: str = "", seconds: float = ORDER_S) -> Answer:
        """As `run`. Raises `GuestTrouble` where the command fails, too."""
        answer = self.run(*words, given=given, seconds=seconds)
        if answer.code:
            raise GuestTrouble(f"{' '.join(words)} gave {answer.code}: {(answer.err or answer.out).strip()}")
        return answer

    def copperdesk(self, *words: str, given: str = "", seconds: float = ORDER_S) -> Answer:
        """Run a command of `copperdesk` as the user whose the data are. Raises `GuestTrouble`."""
        return self.must(*copperdesk(*words), given=given, seconds=seconds)

    def python(self, program: str, *words: str, seconds: float = ORDER_S) -> str:
        """Run one of the trial's own programs in the guest; what it prints. Raises `GuestTrouble`."""
        return self.must(*python(program, *words), seconds=seconds).out

    def await_lines(self) -> None:
        """Wait until calls are taken: the daemon says so to systemd when its lines are open. Raises `GuestTrouble`."""
        waiting = "until systemctl -q is-active copperdesk.service; do sleep 0.1; done"
        self.must("sh", "-c", waiting, seconds=LINES_S)

    def write(self, path: str, content: str) -> None:
        """Make a file in the guest. Raises `GuestTrouble`."""
        self.must("tee", path, given=content)

    def page_answers(self) -> bool:
        """Whether the page gives an answer that is none of a fault, encrypted or not."""
        return any(200 <= status < 500 for status in (status_of(self.page), status_of(self.page_encrypted, tls=True)))

    def _linked(self, file: Path) -> socket.socket:
        until = time.monotonic() + LINK_S * self.kind.patience
        while True:
            link = socket.socket(socket.AF_UNIX)
            try:
                link.connect(str(file))
            except OSError as error:
                link.close()
                if time.monotonic() > until or (self._qemu is not None and self._qemu.poll() is not None):
                    raise self._trouble("QEMU did not start") from error
                time.sleep(0.05)
            else:
                return link

    def _next(self, until: float, doing: str) -> dict[str, Any]:
        """The next line that the guest sends. doing: what is told of the wait now and then."""
        if self._link is None:
            raise GuestTrouble("the machine is off")
        began = time.monotonic()
        while b"\n" not in self._read:
            self._link.settimeout(max(min(until - time.monotonic(), TOLD_EVERY_S), 0.001))
            try:
                more = self._link.recv(1 << 16)
            except TimeoutError:
                now = time.monotonic()
                if now > until:
                    raise self._trouble(f"the guest did not answer in time: {doing}") from None
                self.progress.tell(f"start {self.starts}: {doing}, for {now - began:.0f} s")
                continue
            except OSError:
                more = b""
            if not more:
                raise self._trouble("QEMU has ended")
            self._read += more
        line, self._read = self._read.split(b"\n", 1)
        told: dict[str, Any] = json.loads(line)
        return told

    def _trouble(self, what: str) -> GuestTrouble:
        """With the last lines of the console, which mostly tell why."""
        lines = []
        with suppress(OSError):
            lines = self.log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        return GuestTrouble("\n  ".join([f"{what}; its console ends with:", *lines]))


def copperdesk(*words: str) -> list[str]:
    """A command of the program as a unit runs it, for its own user."""
    return ["runuser", "-u", "copperdesk", "--", "/usr/local/bin/copperdesk", "--data", DATA, *words]


def python(program: str, *words: str) -> list[str]:
    """One of the programs that a trial brings with it (`tests.image.addition`)."""
    return [
        "env",
        f"PYTHONPATH={PLACE}",
        "PYTHONDONTWRITEBYTECODE=1",
        "python3",
        "-m",
        f"tests.image.{program}",
        *words,
    ]


def status_of(port: int, *, tls: bool = False, path: str = "/") -> int:
    """The status that a page at this port of this machine gives, or 0. Its certificate is not judged."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    link = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=context)
        if tls
        else http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    )
    try:
        link.request("GET", path)
        return link.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        link.close()
