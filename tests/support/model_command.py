"""A stand-in for `desktop-search models … --json`, complete as far as the window goes: it keeps its state in a file.

python -m tests.support.model_command list --models-dir D --json --with-parent
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

SIZE = 4_000_000
MODELS = {
    "clear": ("seen", "Clear sight"),
    "quick": ("seen", "Quick sight"),
    "ears": ("speech", "Ears"),
}


def say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    folder = Path(arguments[arguments.index("--models-dir") + 1])
    assert {"--json", "--with-parent"} <= set(arguments)
    file = folder / "state.json"
    state: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {"here": [], "used": []}
    command, rest = arguments[0], arguments[1 : arguments.index("--models-dir")]
    if command == "list":
        say({"models": [_listed(model_id, state) for model_id in MODELS], "folder": str(folder)})
        return 0
    if command == "download" and rest == ["ears"]:
        say({"failed": {"message": "There is no network.", "hint": "What was fetched is kept.", "retryable": True}})
        return 3
    if command == "download":
        if rest == ["quick"]:  # never ends by itself, but with its parent
            say({"progress": {"id": "quick", "stage": "fetching", "done_bytes": SIZE // 4, "total_bytes": SIZE}})
            sys.stdin.read()
            return 130
        for done in range(0, SIZE + 1, SIZE // 4):
            say({"progress": {"id": rest[0], "stage": "fetching", "done_bytes": done, "total_bytes": SIZE}})
        state["here"].append(rest[0])
        state["used"].append(rest[0])
    elif command == "import":
        state["here"].append(Path(rest[0]).name)
    elif command == "use" and rest[0] == "--none":
        state["used"] = [each for each in state["used"] if MODELS[each][0] != rest[1]]
    elif command == "use":
        state["used"].append(rest[0])
    elif command == "remove":
        state = {name: [each for each in ids if each != rest[0]] for name, ids in state.items()}
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(state))
    say({"done": {"id": rest[0], "message": "Done."}})
    return 0


def _listed(model_id: str, state: dict[str, Any]) -> dict[str, Any]:
    kind, title = MODELS[model_id]
    installed = model_id in state["here"]
    return {
        "id": model_id,
        "kind": kind,
        "title": title,
        "purpose": "For tests.",
        "licence": "MIT",
        "attribution": "",
        "recommended": model_id == "quick",
        "installed": installed,
        "usable": installed,
        "in_use": model_id in state["used"],
        "problem": "",
        "disk_bytes": SIZE if installed else 0,
        "partial_bytes": 0,
        "fetch_bytes": SIZE,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
