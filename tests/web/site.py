"""A real unit with its real web page, each in a process of its own, for tests to use as people do."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import requests
from argon2 import PasswordHasher

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from tests.machine.standins import Machine

ROOT = Path(__file__).resolve().parents[2]
OFFICE = ROOT / "examples" / "offices" / "riverside-dental.json"

PASSWORD = "copper kettle on the stove"
HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
"""Cheap to check: what is tried with it is not the hashing."""

PROGRAMS = ".programs"
"""In the data folder, where no backup takes it along: the stand-ins for programs of the operating system."""

ACCOUNTS = {
    "ada": ("administrator", ""),
    "olga": ("operator", "ruth"),
    "maria": ("person", "maria"),
    "tom": ("person", "tom"),
}
"""Those of the example office, by name: the role, and the person whose mailbox it has."""


@dataclass
class Site:
    """A unit that runs, with its page."""

    data: Path
    url: str
    daemon: subprocess.Popen[str]
    server: subprocess.Popen[str]
    said: str
    """What the daemon printed when it was ready."""
    restarts: list[subprocess.Popen[str]] = field(default_factory=list)

    def ask(self, method: str, /, **params: Any) -> Any:
        """Ask the daemon itself."""
        with BlockingClient(DataFolder(self.data).socket, 20) as control:
            return control.call(method, **params)

    @property
    def machine(self) -> Machine:
        """Whose network and clock the unit sees."""
        return Machine(self.data / PROGRAMS)

    def visitor(self, name: str = "") -> Visitor:
        """Somebody who uses the page without a browser; signed in, if a name of ACCOUNTS is given."""
        return Visitor(self.url, name)


class Visitor:
    """A plain HTTP client with cookies."""

    def __init__(self, url: str, name: str = "") -> None:
        self.url = url
        self.http = requests.Session()
        if name:
            answer = self.post("/sign-in", {"name": name, "password": PASSWORD}, allow_redirects=False)
            assert answer.status_code == 302, answer.text

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.http.get(self.url + path, timeout=20, **more)

    def post(self, path: str, fields: dict[str, Any] | None = None, *, of: str = "", **more: Any) -> requests.Response:
        """Send a form. Its token against forged requests is fetched from the page `of`; empty: the same path."""
        token = self.token(of or path)
        return self.http.post(self.url + path, data={"csrf_token": token, **(fields or {})}, timeout=20, **more)

    def post_json(self, path: str, fields: dict[str, Any], *, of: str = "/") -> requests.Response:
        """Send what a script of a page sends."""
        headers = {"X-CSRFToken": self.token(of), "Accept": "application/json"}
        return self.http.post(self.url + path, json=fields, headers=headers, timeout=20)

    def token(self, page: str) -> str:
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.get(page).text)
        assert found, f"{page} has no token"
        return found[1]


@contextmanager
def running_site(data: Path, *, office: Path | None = OFFICE, accounts: bool = True, **changes: Any) -> Iterator[Site]:
    """Start both on a new data folder. office: None for a unit that is not set up. changes: of the document."""
    daemon = start_daemon(data, office, **changes)
    with ended(daemon):
        said = ready(daemon)
        server, url = start_server(data)
        with ended(server):
            site = Site(data, url, daemon, server, said)
            for name, (role, person) in ACCOUNTS.items() if accounts else ():
                site.ask("accounts.add", name=name, role=role, person=person, hash=HASH)
            yield site
            for again in site.restarts:
                stop(again)


def start_daemon(data: Path, office: Path | None, **changes: Any) -> subprocess.Popen[str]:
    data.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "appliance.cli", "run", "--data", str(data)]
    if office is not None:
        document = json.loads(office.read_text(encoding="utf-8")) | changes
        first = data / "first-office.json"
        first.write_text(json.dumps(document), encoding="utf-8")
        command += ["--office", str(first)]
    machine = Machine(data / PROGRAMS)  # Otherwise a test could change the network of whoever runs it.
    machine.change(clock=False)
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**_environment(), "PATH": machine.path}
    )


def ready(daemon: subprocess.Popen[str]) -> str:
    """Wait until it has printed all that it prints when it is ready. Returns that."""
    assert daemon.stdout is not None
    said = line = daemon.stdout.readline()
    while line and "Stop it with" not in line:
        line = daemon.stdout.readline()
        said += line
    return said


def start_server(
    data: Path, port: int = 0, https_port: int = 0, log: IO[str] | None = None
) -> tuple[subprocess.Popen[str], str]:
    """Start the page's process. Returns it once it answers, and its address. https_port: 0 for none. log: where to."""
    port = port or free_port()
    command = [
        sys.executable,
        "-m",
        "appliance.cli",
        "web",
        "--data",
        str(data),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--https-port",
        str(https_port),
    ]
    server = subprocess.Popen(command, text=True, cwd=ROOT, env=_environment(), stderr=log)
    url = f"http://127.0.0.1:{port}"
    for _ in range(200):
        with contextlib.suppress(requests.ConnectionError):
            requests.get(f"{url}/static/style.css", timeout=5)
            return server, url
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.05)
            raise RuntimeError(f"the page's process ended: {server.returncode}")
    raise RuntimeError("the page's process does not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """Have it end behind this."""
    try:
        yield
    finally:
        stop(process)


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
