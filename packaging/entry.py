"""Where an installed program begins. Processes for decoding are this program again, and turn off first."""

from __future__ import annotations

import multiprocessing
import os
import sys

multiprocessing.freeze_support()

from desktop_search.__main__ import main  # noqa: E402 - a decoding process imports only what it needs
from desktop_search.core.own_command import leave_libraries_to_others  # noqa: E402

leave_libraries_to_others(os.environ)
sys.exit(main())
