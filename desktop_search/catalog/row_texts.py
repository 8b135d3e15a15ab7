"""Details and facts of footage as the JSON that a row of the catalog keeps; many rows have the same."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from desktop_search.core.footage import FootageDetails
from desktop_search.core.uploads import MediaFacts


def details_text(details: FootageDetails) -> str:
    """What the user says about footage, as JSON."""
    return json.dumps(asdict(details) | {"taken": details.taken.isoformat() if details.taken else None})


@lru_cache(maxsize=1024)
def details_of(text: str) -> FootageDetails:
    """The details that `details_text` wrote."""
    values = json.loads(text)
    taken = values.pop("taken")
    tags = tuple(values.pop("tags"))
    return FootageDetails(**values, tags=tags, taken=datetime.fromisoformat(taken) if taken else None)


def facts_text(facts: MediaFacts) -> str:
    """What a look into a file told, as JSON; "{}" for nothing."""
    return "{}" if facts == MediaFacts() else json.dumps(asdict(facts) | {"rate": str(facts.rate)})


@lru_cache(maxsize=1024)
def facts_of(text: str) -> MediaFacts:
    """The facts that `facts_text` wrote."""
    values = json.loads(text)
    return MediaFacts(**values | {"rate": Fraction(values["rate"])}) if values else MediaFacts()
