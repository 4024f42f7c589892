"""The places of the rail, in their order. A new screen is one line here."""

from __future__ import annotations

from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.importing.screen import ImportScreen
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.registry.screen import RegistryScreen
from cocm_desktop.ui.screen import Place

PLACES = (
    Place("registry", "Registry", "list", Permission.SEE_REGISTRY, RegistryScreen, is_list=True),
    Place("chart", "Chart", "user", Permission.SEE_CHART, ChartScreen, in_rail=False),
    Place("import", "Import", "database-import", Permission.IMPORT_PATIENTS, ImportScreen,
          in_rail=False),
    Place("settings", "Settings", "settings", Permission.SEE_PATIENT_LIST, SettingsScreen),
)  # fmt: skip
