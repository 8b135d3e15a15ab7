"""What a search costs is said before it is asked, as prices, keys and libraries change."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.bootstrap.wire_account import AccountParts
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.library.library_switch import LibrarySwitch
from desktop_search.ui.search.price_controller import Charges, PriceController
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane


def wire_price(
    services: Services,
    runner: JobRunner,
    pane: SearchPane,
    search: SearchController,
    switch: LibrarySwitch,
    library: LibraryController,
    preferences: PreferencesController,
    account: AccountParts,
) -> None:
    """Call after the search controller listens to the library and to the switch: they decide who is asked."""

    def read() -> Charges:
        paid = search.asks_all and any(each.is_paid for each in services.libraries.with_keys())
        return services.preferences.load().transfers.prices, paid

    price = PriceController(runner, read, pane, search)
    for signal in (
        library.library_changed,
        library.keys_changed,
        switch.all_toggled,
        preferences.transfers_changed,
        account.usage.settings_changed,
    ):
        signal.connect(price.read_again)
