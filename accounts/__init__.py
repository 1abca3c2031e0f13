"""People, units (the organisation tree), roles, access and audit."""
