"""How the parts below the window are put together."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from desktop_search.bootstrap.services import Services
from desktop_search.core.transfer_settings import BandwidthHours, TransferSettings
from desktop_search.settings.folders import Folders


def test_the_limit_of_the_preferences_holds_for_uploads(tmp_path: Path) -> None:
    all_day = BandwidthHours(0, 24 * 60, 250_000)
    with closing(Services(Folders.for_user(tmp_path))) as services:
        services.folders.create()
        services.preferences.update(transfers=TransferSettings(limit_bytes_s=9_000_000, hours=(all_day,)))
        assert services.bandwidth.limit_bytes_s == 250_000
