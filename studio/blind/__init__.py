"""Blind sheets: questions with and without stems, and how people solved them."""
