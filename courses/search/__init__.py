"""Searching what is taught: words, their index, and what is found."""
