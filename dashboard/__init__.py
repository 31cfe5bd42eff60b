"""Answers questions from a release, and shows, prints and serves the answers."""
