"""What concerns the account: forecast, log of transfers, usage and budget. Built and wired for the composition."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.uploads.forecast_controller import Basis, ForecastController
from desktop_search.ui.uploads.forecast_strip import ForecastStrip
from desktop_search.ui.uploads.uploads_pane import UploadsPane


def build_forecast(
    services: Services, runner: JobRunner, strip: ForecastStrip, pane: UploadsPane
) -> ForecastController:
    """The forecast above the list of uploads."""

    def read_basis(library_ids: tuple[str, ...]) -> Basis:
        return Basis(services.preferences.load().transfers, services.transfer_log.recent_rate(library_ids))

    return ForecastController(runner, strip, pane, read_basis)
