"""The settings of the site with the bare view beside it, for whatever serves it.

BENCH_DATABASE, as JSON, says what is to be different about the database.
"""

import json
import os

from elearning.settings import *  # noqa: F403
from elearning.settings import DATABASES

ROOT_URLCONF = "bench.urls"
DATABASES["default"].update(json.loads(os.environ.get("BENCH_DATABASE", "{}")))
