"""Reads returns, judges each line, and publishes immutable releases."""
