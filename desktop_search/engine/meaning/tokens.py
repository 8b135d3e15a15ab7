"""Text into the numbers that a model reads."""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_search.core.errors import FileProblem

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_WITHOUT_PUNCTUATION = str.maketrans("", "", string.punctuation)


def load_tokenizer(file: Path) -> Tokenizer:
    """A `tokenizer.json` of the Hugging Face form. Raises FileProblem."""
    from tokenizers import Tokenizer  # takes memory: only where a model is in use

    if not file.is_file():
        raise FileProblem(f"A file of the model is missing: {file.name}.", hint="Remove the model and add it again.")
    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:  # it raises plain Exception, whatever is wrong
        raise FileProblem(f"A file of the model is damaged: {file.name}.", details=str(error)) from error


def canonical(text: str) -> str:
    """As SigLIP was trained to read: lower case, no ASCII punctuation, single spaces; an underscore is a space."""
    return " ".join(text.replace("_", " ").translate(_WITHOUT_PUNCTUATION).lower().split())
