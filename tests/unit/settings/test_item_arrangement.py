"""How the items of a library are arranged stays from run to run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_search.core.library_rows import ItemArrangement, ItemGroup, ItemSort
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.results_texts import items_from_json


def test_what_was_chosen_is_there_the_next_time(tmp_path: Path) -> None:
    chosen = ItemArrangement(ItemSort.TAKEN, descending=False, group=ItemGroup.FOLDER, is_grid=False)
    PreferencesStore(tmp_path / "preferences.json").update(items=chosen)
    assert PreferencesStore(tmp_path / "preferences.json").load().items == chosen


@pytest.mark.parametrize("text", ["null", "7", "[]", '{"sort": "x", "group": 3, "descending": "no", "is_grid": null}'])
def test_what_makes_no_sense_is_left_out(text: str) -> None:
    assert items_from_json(json.loads(text)) == ItemArrangement()
