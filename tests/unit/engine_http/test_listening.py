"""The engine listens beyond this computer only with TLS and with a key that was given out."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.engine.problems import StartProblem
from desktop_search.engine.tls import refuse_open_doors, tls_of
from tests.support.certificates import self_signed_file


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LOCALHOST"])
def test_on_this_computer_nothing_is_needed(host: str) -> None:
    refuse_open_doors(host, has_tls=False, has_key=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "workstation", "localhost.example"])
def test_beyond_it_both_are_needed_and_what_is_missing_is_named(host: str) -> None:
    refuse_open_doors(host, has_tls=True, has_key=True)
    with pytest.raises(StartProblem, match=r"needs a certificate .* and a key"):
        refuse_open_doors(host, has_tls=False, has_key=False)
    with pytest.raises(StartProblem, match=r"needs a certificate \([^)]*\)\. Nothing was opened"):
        refuse_open_doors(host, has_tls=False, has_key=True)
    with pytest.raises(StartProblem, match="needs a key"):
        refuse_open_doors(host, has_tls=True, has_key=False)


def test_a_certificate_and_its_key_are_checked_before_anything_is_opened(tmp_path: Path) -> None:
    good, other, broken = self_signed_file(tmp_path), self_signed_file(tmp_path), tmp_path / "broken.pem"
    broken.write_bytes(b"no certificate")
    tls = tls_of(good, good)
    assert tls is not None
    assert len(tls.fingerprint) == 95
    assert tls_of(None, None) is None
    for pair, said in (
        ((good, None), "belong together"),
        ((good, other), "do not belong together"),
        ((broken, broken), "cannot be used: not in PEM form"),
        ((tmp_path / "none.pem", good), "none.pem cannot be read: No such file"),
        ((good, tmp_path), f"{tmp_path} cannot be read: Is a directory"),
    ):
        with pytest.raises(StartProblem, match=said):
            tls_of(*pair)
