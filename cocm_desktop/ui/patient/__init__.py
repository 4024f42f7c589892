"""One patient: the dialogs about who they are, and the base of every dialog about them."""
