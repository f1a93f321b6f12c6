"""Hypothesis tries the same examples on every run, so that a failure is one for everybody."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "wiederholbar",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("wiederholbar")
