"""Archives in a shared folder of Windows, a NAS or Samba (SMB 2 and 3)."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import smbclient
from smbprotocol.exceptions import BadNetworkName, LogonFailure, SMBException, SMBOSError
from smbprotocol.header import NtStatus
from spnego.exceptions import SpnegoError

from appliance.backup.target import PART, PATIENCE_S, Moved, TargetFailed, copied
from hw.said import said

PORT = 445


class Smb:
    """place: `//server[:port]/share/folder`; the folder must be there."""

    def __init__(self, place: str, user: str, password: str) -> None:
        server, share, *folders = re.split(r"[/\\]+", place.removeprefix("smb:").strip("/\\"))
        self._host: str = server.partition(":")[0]
        port = server.partition(":")[2]
        self._port = int(port) if port.isdecimal() else PORT
        self._folder = "\\\\" + "\\".join([self._host, share, *folders])
        self._login = (user, password)
        self._here: dict[str, Any] = {}
        """What every call is given: the port, and connections of this target alone."""

    def __enter__(self) -> Smb:
        logging.getLogger("smbprotocol").setLevel(logging.ERROR)  # It would log names of users and files.
        cache: dict[str, Any] = {}
        with _told(self._host):
            user, password = self._login
            smbclient.register_session(
                self._host,
                username=user or None,
                password=password or None,
                port=self._port,
                connection_timeout=int(PATIENCE_S),
                auth_protocol="ntlm",
                connection_cache=cache,
            )
        self._here = {"port": self._port, "connection_cache": cache}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError, SMBException):
            smbclient.reset_connection_cache(connection_cache=self._here.get("connection_cache"))
        self._here = {}

    def put(self, file: Path, name: str, moved: Moved) -> None:
        part = self._path(name + PART)
        with _told(self._host), file.open("rb") as source:
            try:
                with smbclient.open_file(part, mode="wb", **self._here) as to:
                    copied(source, to, moved)
                smbclient.replace(part, self._path(name), **self._here)
            except (OSError, SMBException):
                with suppress(OSError, SMBException):
                    smbclient.remove(part, **self._here)
                raise

    def sizes(self) -> dict[str, int]:
        with _told(self._host):
            found = smbclient.scandir(self._folder, **self._here)
            return {one.name: one.smb_info.end_of_file for one in found if one.is_file()}

    def room(self) -> int:
        with _told(self._host):
            return int(smbclient.stat_volume(self._folder, **self._here).caller_available_size)

    def fetch(self, name: str, file: Path, moved: Moved) -> None:
        with (
            _told(self._host),
            smbclient.open_file(self._path(name), mode="rb", **self._here) as source,
            file.open("wb") as to,
        ):
            copied(source, to, moved)

    def remove(self, name: str) -> None:
        with _told(self._host):
            try:
                smbclient.remove(self._path(name), **self._here)
            except SMBOSError as error:
                if error.errno != errno.ENOENT:
                    raise

    def _path(self, name: str) -> str:
        return f"{self._folder}\\{name}"


@contextmanager
def _told(host: str) -> Iterator[None]:
    try:
        yield
    except TargetFailed:
        raise
    except (OSError, ValueError, SMBException, SpnegoError) as error:
        raise TargetFailed(_why(host, error)) from error


def _why(host: str, error: BaseException) -> str:
    """The library tells what the server answered as an error of its own, or as the status of an OSError."""
    status = error.ntstatus if isinstance(error, SMBOSError) else getattr(error, "status", None)
    match error:
        case LogonFailure():
            return said("%(host)s does not take this name and password", host=host)
        case BadNetworkName():
            return said("%(host)s has no such folder", host=host)
    if status in (NtStatus.STATUS_OBJECT_NAME_NOT_FOUND, NtStatus.STATUS_OBJECT_PATH_NOT_FOUND):
        return said("%(host)s has no such folder", host=host)
    if status == NtStatus.STATUS_ACCESS_DENIED:
        return said("%(host)s does not let this user write there", host=host)
    if status == NtStatus.STATUS_DISK_FULL:
        return said("there is no room left at %(host)s", host=host)
    return said("%(host)s cannot be reached, or has broken off", host=host)
