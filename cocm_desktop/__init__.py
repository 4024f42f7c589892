"""CoCM Desktop: a registry, review packets and superbills for collaborative care."""

__version__ = "0.1.0"
