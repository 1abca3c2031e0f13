"""The settings of the site with the bare view beside it, for bench/attempts.py."""

from elearning.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
