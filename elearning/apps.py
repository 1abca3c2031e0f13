from django.apps import AppConfig


class ElearningConfig(AppConfig):
    name = "elearning"
    verbose_name = "Situs"

    def ready(self) -> None:
        """Register the system checks."""
        from elearning import checks, setting_rules  # noqa: F401
