"""The program's entry: the engine, its models, or the window. Imports nothing heavy before it must."""

from __future__ import annotations

import os
import sys

# Libraries that otherwise tell their makers of each start: ONNX Runtime (Linux, macOS), the client of the model hub.
# They look at these when they are loaded, here and in every process that is started from here.
_SILENCED = ("ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY")


def main(argv: list[str] | None = None) -> int:
    """Run what the arguments ask for; returns the exit code."""
    os.environ.update(dict.fromkeys(_SILENCED, "1"))
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:2] == ["engine", "keys"]:
        from desktop_search.engine.key_commands import run_key_command

        return run_key_command(arguments[2:])
    if arguments[:1] == ["engine"]:
        from desktop_search.engine.main import run_engine

        return run_engine(arguments[1:])
    if arguments[:1] == ["models"]:
        from desktop_search.engine.model_store.commands import run_models
        from desktop_search.settings.folders import Folders

        return run_models(arguments[1:], default_folder=Folders.for_user().models)
    from desktop_search.bootstrap.choose_language import choose_language

    choose_language(arguments, os.environ)
    from desktop_search.bootstrap.start import main as start

    return start(arguments)


if __name__ == "__main__":
    sys.exit(main())
