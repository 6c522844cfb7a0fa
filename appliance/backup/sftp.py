"""Archives on a server that is reached by SFTP, and known again by the host key that it showed the first time.

Where no password is set, the unit logs in by a key of its own. It is made at the first try, which tells what to put in
the `authorized_keys` of the server.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from types import TracebackType
from urllib.parse import urlsplit

import paramiko
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from appliance.backup.target import PART, PATIENCE_S, Moved, TargetFailed, copied
from appliance.store.disk import Disk
from hw.said import said

PORT = 22


class Sftp:
    """place: `server[:port]/folder`, from where whoever logs in begins, or `server//folder` from the root.

    keys: known host keys, by place, to which that of a new server is added. own_key: the file of the unit's own key.
    """

    def __init__(self, place: str, user: str, password: str, keys: dict[str, str], own_key: Path) -> None:
        parts = urlsplit(place if place.startswith("sftp://") else f"sftp://{place}")
        self._place, self._keys = place, keys
        """By which the host key is kept; and all of them."""
        self._host, self._port = parts.hostname or "", parts.port or PORT
        """The server."""
        self._folder = parts.path.rstrip("/").removeprefix("/") or "."
        """Where archives are."""
        self._user, self._password, self._own_key = user, password, own_key
        """Who logs in, and how."""
        self._transport: paramiko.Transport | None = None
        """The connection."""
        self._files: paramiko.SFTPClient | None = None
        """What is asked for on it."""

    def __enter__(self) -> Sftp:
        try:
            with _told(self._host):
                connection = socket.create_connection((self._host, self._port), PATIENCE_S)
                self._transport = transport = paramiko.Transport(connection)
                transport.banner_timeout = transport.auth_timeout = PATIENCE_S
                transport.start_client(timeout=PATIENCE_S)
                self._know(transport.get_remote_server_key())
                self._log_in(transport)
                self._files = paramiko.SFTPClient.from_transport(transport)
                if self._files is None:
                    raise TargetFailed(said("%(host)s does not offer SFTP", host=self._host))
                if (channel := self._files.get_channel()) is not None:
                    channel.settimeout(PATIENCE_S)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def put(self, file: Path, name: str, moved: Moved) -> None:
        part, size = self._path(name + PART), file.stat().st_size
        with _told(self._host), file.open("rb") as source:
            try:
                self._there.putfo(source, part, size, lambda done, _total: moved(done))
                self._there.posix_rename(part, self._path(name))
            except OSError:
                with suppress(OSError, paramiko.SSHException, EOFError):
                    self._there.remove(part)
                raise

    def sizes(self) -> dict[str, int]:
        with _told(self._host):
            found = self._there.listdir_attr(self._folder)
        return {one.filename: one.st_size or 0 for one in found if S_ISREG(one.st_mode or 0)}

    def room(self) -> None:
        """Servers tell it by an extension at most, each in its own way."""

    def fetch(self, name: str, file: Path, moved: Moved) -> None:
        with _told(self._host), self._there.open(self._path(name), "rb") as source, file.open("wb") as to:
            source.prefetch(self._there.stat(self._path(name)).st_size)
            copied(source, to, moved)

    def remove(self, name: str) -> None:
        with _told(self._host), suppress(FileNotFoundError):
            self._there.remove(self._path(name))

    @property
    def _there(self) -> paramiko.SFTPClient:
        if self._files is None:
            raise TargetFailed(said("%(host)s has broken off", host=self._host))
        return self._files

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def _know(self, key: paramiko.PKey) -> None:
        """Before the password is told: another key than the first time means another server, or somebody between."""
        shown = fingerprint(key)
        known = self._keys.setdefault(self._place, shown)
        if known != shown:
            raise TargetFailed(
                said(
                    "%(host)s shows another key than before (%(key)s): it was set up anew, or is not the same server",
                    host=self._host,
                    key=shown,
                )
            )

    def _log_in(self, transport: paramiko.Transport) -> None:
        if self._password:
            transport.auth_password(self._user, self._password)
            return
        key = own_key(self._own_key)
        try:
            transport.auth_publickey(self._user, key)
        except paramiko.AuthenticationException as error:
            public = f"{key.get_name()} {key.get_base64()} copperdesk"
            told = said(
                "%(host)s does not let this unit in yet. Allow there this key: %(key)s", host=self._host, key=public
            )
            raise TargetFailed(told) from error

    def _close(self) -> None:
        for one in (self._files, self._transport):
            if one is not None:
                one.close()
        self._files = self._transport = None


def own_key(file: Path) -> paramiko.PKey:
    """The unit's own key, which is made if there is none. Raises OSError."""
    if not file.exists():
        content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
        Disk().replace(file, content)
    return paramiko.Ed25519Key.from_private_key_file(str(file))


def fingerprint(key: paramiko.PKey) -> str:
    """As ssh-keygen shows it."""
    digest = base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode("ascii").rstrip("=")
    return f"SHA256:{digest}"


@contextmanager
def _told(host: str) -> Iterator[None]:
    try:
        yield
    except TargetFailed:
        raise
    except paramiko.AuthenticationException as error:
        raise TargetFailed(said("%(host)s does not take this name and password", host=host)) from error
    except FileNotFoundError as error:
        raise TargetFailed(said("%(host)s has no such folder", host=host)) from error
    except PermissionError as error:
        raise TargetFailed(said("%(host)s does not let this user write there", host=host)) from error
    except TimeoutError as error:
        raise TargetFailed(said("%(host)s does not answer", host=host)) from error
    except (OSError, EOFError, paramiko.SSHException) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise TargetFailed(said("there is no room left at %(host)s", host=host)) from error
        raise TargetFailed(said("%(host)s cannot be reached, or has broken off", host=host)) from error
