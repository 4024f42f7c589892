"""Files that come in and go out: patient lists, instrument packs."""
