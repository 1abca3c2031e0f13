"""What `dumpdata` writes, in JSON, with moments as they are stored.

Django's JSON cuts moments to thousandths of a second. A seal of the audit trail is a
hash over whole ones, so after a move to another database by `dumpdata` and `loaddata`
every seal looked broken, and what happened within a thousandth lost its order. XML and
YAML always wrote them whole. `settings.SERIALIZATION_MODULES` names these modules.
"""

from datetime import datetime, time
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class WholeMomentEncoder(DjangoJSONEncoder):
    """Writes moments and times of day with all six digits of their second."""

    def default(self, o: Any) -> Any:
        """Return what JSON can hold."""
        if isinstance(o, datetime) or (isinstance(o, time) and o.tzinfo is None):
            return o.isoformat()
        return super().default(o)
