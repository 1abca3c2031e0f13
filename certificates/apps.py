from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = "Sertifikat"

    def ready(self) -> None:
        """Connect the one receiver of the one signal."""
        from certificates import receivers

        receivers.connect()
