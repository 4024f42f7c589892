"""The places of the rail, in their order. A new screen is one line here."""

from __future__ import annotations

from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.audit.screen import AuditScreen
from cocm_desktop.ui.billing.screen import BillingScreen
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.importing.screen import ImportScreen
from cocm_desktop.ui.loop.screen import LoopScreen
from cocm_desktop.ui.patient.screen import PatientListScreen
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.registry.screen import RegistryScreen
from cocm_desktop.ui.review.screen import ReviewScreen
from cocm_desktop.ui.screen import Place
from cocm_desktop.ui.tasks.screen import TasksScreen
from cocm_desktop.ui.today.screen import TodayScreen

PLACES = (
    Place("today", "Today", "calendar-event", Permission.SEE_REGISTRY, TodayScreen),
    Place("registry", "Registry", "list", Permission.SEE_REGISTRY, RegistryScreen, is_list=True),
    Place("patients", "Patients", "users", Permission.SEE_PATIENT_LIST, PatientListScreen,
          is_list=True, unless=Permission.SEE_REGISTRY),
    Place("chart", "Chart", "user", Permission.SEE_CHART, ChartScreen, in_rail=False),
    Place("import", "Import", "database-import", Permission.IMPORT_PATIENTS, ImportScreen,
          in_rail=False),
    Place("review", "Case review", "clipboard-list", Permission.PRINT_PACKET, ReviewScreen),
    Place("loop", "Follow-through", "arrows-exchange", Permission.RECORD_REVIEW, LoopScreen),
    Place("tasks", "Tasks", "checklist", Permission.WORK_ON_TASKS, TasksScreen),
    Place("billing", "Billing", "report-money", Permission.SEE_BILLING, BillingScreen,
          is_list=True),
    Place("audit", "Audit", "history", Permission.SEE_AUDIT, AuditScreen, in_rail=False),
    Place("settings", "Settings", "settings", Permission.SEE_PATIENT_LIST, SettingsScreen),
)  # fmt: skip
