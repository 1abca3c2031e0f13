"""The audit trail on a page and in a file: who did what, to whom, when."""
