"""Names and lines as nobody types them, at their longest and of every script."""

from __future__ import annotations

from hypothesis import strategies as st

from cocm_desktop.domain.patient import LONGEST_NAME, LONGEST_TEXT

letters = st.characters(exclude_categories=["Cs"])
names = st.one_of(
    st.text(letters, min_size=1, max_size=LONGEST_NAME),
    st.text("Wm王ﷺЩ", min_size=1, max_size=LONGEST_NAME),
    st.sampled_from(["O’Brien", "Wolfeschlegelsteinhausenbergerdorff" * 3, "<b>Bold</b> & Co"]),
)
lines = st.one_of(
    st.text(letters, max_size=LONGEST_TEXT),
    st.text("Wm \n", max_size=LONGEST_TEXT),
    st.just(""),
    st.just("a line that goes on " * 20),
)
