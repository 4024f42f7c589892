"""Where files are on this computer, whether the program is frozen or run from its source."""

from __future__ import annotations

import sys
from pathlib import Path

PROGRAM = "CoCM Desktop"


def resources() -> Path:
    """Give the folder of icons, fonts, instruments and help."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"


def default_data_folder() -> Path:
    """Give the place where a practice's file is kept unless somebody chooses another."""
    from platformdirs import user_data_path  # noqa: PLC0415  the command line rarely needs it

    return user_data_path(PROGRAM, appauthor=False)


def sample_folder() -> Path:
    """Where the sample clinic is kept, apart from every real one."""
    return default_data_folder().with_name(f"{PROGRAM} sample")


def settings_file() -> Path:
    """Where this computer keeps appearance and last folder; nothing of a patient."""
    from platformdirs import user_config_path  # noqa: PLC0415  only the window needs it

    return user_config_path(PROGRAM, appauthor=False) / "settings.json"


def state_folder() -> Path:
    """Where this computer counts wrong passwords; nothing of a patient and no secret."""
    from platformdirs import user_state_path  # noqa: PLC0415  the command line starts without

    return user_state_path(PROGRAM, appauthor=False)


def log_folder() -> Path:
    """Where the log goes, which holds no patient data."""
    from platformdirs import user_log_path  # noqa: PLC0415  only the window needs it

    return user_log_path(PROGRAM, appauthor=False)
