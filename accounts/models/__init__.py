"""People, units, roles and the audit trail."""

from accounts.models.audit import AuditRecord, AuditSeal
from accounts.models.data_request import DataRequest, PlannedErasure
from accounts.models.detail import PersonDetail
from accounts.models.known_session import KnownSession
from accounts.models.notice import DailyMail, Notice, NoticeKind, SilencedKind
from accounts.models.people_draft import PeopleDraft
from accounts.models.person import NumberCorrection, PersonIdentifier, User
from accounts.models.recount import UnitRecount
from accounts.models.role import RoleAssignment
from accounts.models.sheet_columns import SheetColumns
from accounts.models.tally import Tally
from accounts.models.unit import (
    Unit,
    UnitMembership,
    UnitPlacement,
    UnitStanding,
)

__all__ = [
    "AuditRecord",
    "AuditSeal",
    "DailyMail",
    "DataRequest",
    "KnownSession",
    "Notice",
    "NoticeKind",
    "NumberCorrection",
    "PeopleDraft",
    "PersonDetail",
    "PersonIdentifier",
    "PlannedErasure",
    "RoleAssignment",
    "SheetColumns",
    "SilencedKind",
    "Tally",
    "Unit",
    "UnitMembership",
    "UnitPlacement",
    "UnitRecount",
    "UnitStanding",
    "User",
]
