"""People, units, roles and the audit trail."""

from accounts.models.audit import AuditRecord, AuditSeal
from accounts.models.person import PersonIdentifier, User
from accounts.models.role import RoleAssignment
from accounts.models.unit import Unit, UnitMembership, UnitPlacement

__all__ = [
    "AuditRecord",
    "AuditSeal",
    "PersonIdentifier",
    "RoleAssignment",
    "Unit",
    "UnitMembership",
    "UnitPlacement",
    "User",
]
