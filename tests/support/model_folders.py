"""Small files that stand for models, and catalogues that name them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "onnx/vision_model.onnx": b"eyes" * 50_000,
    "onnx/text_model.onnx": b"words" * 20_000,
    "tokenizer.json": b'{"tokens": []}',
}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def entry(model_id: str, files: dict[str, bytes] | None = None, *, pinned: bool = True, **other: Any) -> dict[str, Any]:
    """A model of a catalogue, made from its files' content."""
    contents = FILES if files is None else files
    return {
        "id": model_id,
        "kind": "seen",
        "family": "siglip2",
        "title": f"The model {model_id}",
        "purpose": "Stands for a model.",
        "licence": "MIT",
        "attribution": "the tests",
        "repo": f"tests/{model_id}",
        "revision": COMMIT if pinned else "main",
        "settings": {"dim": 8},
        "files": [
            {
                "path": path,
                "size_bytes": len(content) if pinned else None,
                "sha256": sha256(content) if pinned else None,
            }
            for path, content in contents.items()
        ],
        **other,
    }


def write_catalogue(file: Path, *entries: dict[str, Any]) -> Path:
    file.write_text(json.dumps({"models": list(entries)}))
    return file


def write_files(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    for path, content in (FILES if files is None else files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
