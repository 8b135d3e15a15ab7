"""The limit on uploads, asked often and read from the disk seldom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_search.core.transfer_settings import BandwidthHours, TransferSettings
from desktop_search.services.upload_limit import UploadLimit
from desktop_search.settings.preferences import Preferences, PreferencesStore


class _Counted(PreferencesStore):
    reads = 0

    def load(self) -> Preferences:
        self.reads += 1
        return super().load()


def test_the_file_is_read_once_a_second_at_most_and_changes_are_seen(tmp_path: Path) -> None:
    store, clock = _Counted(tmp_path / "preferences.json"), [0.0]
    limit = UploadLimit(store, lambda: clock[0])
    store.save(replace(Preferences(), transfers=TransferSettings(limit_bytes_s=5000)))
    for hundredth in range(100):
        clock[0] = hundredth / 100
        assert limit.bytes_s() == 5000
    assert store.reads == 1
    store.save(replace(Preferences(), transfers=TransferSettings(hours=(BandwidthHours(0, 24 * 60, 700),))))
    clock[0] = 1.0
    assert limit.bytes_s() == 700
    assert store.reads == 2
