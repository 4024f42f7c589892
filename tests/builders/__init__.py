"""Made-up people and records with sensible defaults: a test names only what it is about.

Nothing here is random. Every builder takes the fields to change by keyword: `a_patient(mrn="")`.
"""

from __future__ import annotations

from tests.builders.bills import *  # noqa: F403  one place to import every builder from
from tests.builders.clinical import *  # noqa: F403
from tests.builders.people import *  # noqa: F403
from tests.builders.reads import *  # noqa: F403
from tests.builders.records import *  # noqa: F403
