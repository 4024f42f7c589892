"""Dialogs about treatment besides medicines: sessions, goals, referrals out."""
