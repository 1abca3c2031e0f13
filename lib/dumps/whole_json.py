"""Format `json` of `dumpdata` and `loaddata`."""

from django.core.serializers import json as django_json

from lib.dumps import WholeMomentEncoder

__all__ = ["Deserializer", "Serializer"]

Deserializer = django_json.Deserializer


class Serializer(django_json.Serializer):
    """Django's, with whole moments."""

    def start_serialization(self) -> None:
        """Begin, with the encoder of this package."""
        super().start_serialization()
        self.json_kwargs["cls"] = WholeMomentEncoder
