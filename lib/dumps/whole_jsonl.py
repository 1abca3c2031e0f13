"""Format `jsonl` of `dumpdata` and `loaddata`: a row a line, for large sites."""

from django.core.serializers import jsonl as django_jsonl

from lib.dumps import WholeMomentEncoder

__all__ = ["Deserializer", "Serializer"]

Deserializer = django_jsonl.Deserializer


class Serializer(django_jsonl.Serializer):
    """Django's, with whole moments."""

    def start_serialization(self) -> None:
        """Begin, with the encoder of this package."""
        super().start_serialization()
        self.json_kwargs["cls"] = WholeMomentEncoder
