"""Texts that tempt a splitter, for Hypothesis."""

from hypothesis import strategies as st

_FRAGMENTS = st.sampled_from(
    """
    H.E. Mr. Ms. Dr. U.S. e.g. GLO.ACT 28 thCommission said " “ ” ' ( ) ? ! . … : ; - – # ## > * 1.
    2) www.un.org/a/b a.b@un.org @glo_act €12 million 2018-2022 29 May 2019 the The of and Peña
    😀 𝔘𝔫 नमस्ते 。 中文。 É ß İ \u0301 \u200b \u202e \x00
    """.split()
)
_BREAKS = st.sampled_from(
    [
        *(" ", " ", " ", " ", "", ". ", '." ', "? ", "\n", "\n\n", "\r\n", "\r", "\t", "\f", "\v"),
        *("\x1c", "\x85", "\xa0", "\u2003", "\u2028", "\u2029"),
    ]
)
_PIECES = st.tuples(_FRAGMENTS | st.text(max_size=6), _BREAKS).map("".join)

ANY_TEXT = st.lists(_PIECES, max_size=60).map("".join)
"""Any text at all: of a release, a question or an answer."""
