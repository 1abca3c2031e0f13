"""Pieces that know no app: each module has one subject."""
