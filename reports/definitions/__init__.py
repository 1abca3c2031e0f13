"""The reports: each says what may be asked, which columns it has, and its rows."""
