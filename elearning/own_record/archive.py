"""Everything about a person as one archive: for machines, and to read."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from accounts.models import User
from elearning.own_record.tables import TABLES
from elearning.own_record.workbook import own_workbook
from lib.indonesian import format_datetime


def own_archive(user: User, *, now: datetime) -> bytes:
    """Return a ZIP: `data.json`, a workbook, and a page that explains both.

    Holds what `tables` names of her, and nothing about anybody else.
    """
    data = {table.name: list(table.rows(user)) for table in TABLES}
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("baca-saya.txt", _explained(user, data, now))
        archive.writestr("data.json", _as_json(data))
        archive.writestr("catatan-belajar.xlsx", own_workbook(user))
    return target.getvalue()


def _as_json(data: dict[str, Any]) -> str:
    return json.dumps(data, cls=_Encoder, ensure_ascii=False, indent=1)


class _Encoder(DjangoJSONEncoder):
    """Also writes exact fractions, as they are stored."""

    def default(self, o: Any) -> Any:
        """Return what JSON can say."""
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def _explained(user: User, data: dict[str, Any], now: datetime) -> str:
    return render_to_string(
        "own_record/read_me.txt",
        {
            "name": user.full_name,
            "product": settings.ELEARNING_PRODUCT_NAME,
            "operator": settings.ELEARNING_OPERATOR,
            "made_at": format_datetime(now, ZoneInfo(user.time_zone)),
            "tables": [(name, len(rows)) for name, rows in data.items()],
        },
    )
