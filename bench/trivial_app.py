"""The least that Streamlit can show, at its default settings: one radio, and one text that says what it is set to."""

import streamlit as st

st.text(f"Chosen: {st.radio('Choose', ('one', 'two', 'three'))}")
