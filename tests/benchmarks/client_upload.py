"""The client alone: sending a large file to a server that drops it, against curl."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from unittest.mock import patch

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from tests.benchmarks.measuring import Measured, compare
from tests.benchmarks.uploading import curl, large_file, memory_mib, sink
from tests.contract.engine_child import BASE, KEY
from tests.support.certificates import Authority

_RUNS = 9


def client_upload(folder: Path, size_bytes: int) -> Iterator[Measured]:
    """The same file by the program's own client and by curl to one server, in turns; plain, and with TLS."""
    file = folder / "large.mp4"
    large_file(file, size_bytes)
    authority = Authority(folder)
    authority.server()
    certificate = next(authority.folder.glob("server-*.pem"))
    with sink("bare_sink", {}) as plain, sink("bare_sink", {}, str(certificate)) as secure:
        yield _measured("plain", file, plain)
        with patch.dict(os.environ, {"SSL_CERT_FILE": str(authority.file)}):
            yield _measured("with TLS", file, secure, "--cacert", str(authority.file))


def _measured(how: str, file: Path, address: str, *more: str) -> Measured:
    gigabytes = file.stat().st_size / 1e9
    client = VisualSearchClient(address, KEY)
    ours: list[float] = []
    theirs: list[float] = []

    def by_client() -> None:
        client.upload_video(file, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)

    before_mib = memory_mib(os.getpid(), "VmRSS")
    row = compare(
        f"client sends {gigabytes:.1f} GB, {how}",
        _counted(by_client, resource.RUSAGE_SELF, ours),
        "curl sends it to the same server",
        _counted(lambda: curl(file, address + BASE + "/upload", *more), resource.RUSAGE_CHILDREN, theirs),
        _RUNS,
    )
    grown_mib = memory_mib(os.getpid(), "VmHWM") - before_mib
    client.close()
    spent = f"{median(ours) / gigabytes:.2f} s of processor a GB, curl {median(theirs) / gigabytes:.2f} s"
    return replace(row, what=f"{row.what} ({spent}; memory +{grown_mib:.0f} MiB)")


def _counted(work: Callable[[], None], whose: int, spent_s: list[float]) -> Callable[[], None]:
    """`work`, with the processor time that it took added to `spent_s`."""

    def counted() -> None:
        before = resource.getrusage(whose)
        work()
        after = resource.getrusage(whose)
        spent_s.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    return counted
