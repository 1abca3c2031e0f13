"""YAML as a person would write it: blocks for long texts, quotes where needed."""

from decimal import Decimal
from typing import Any

import yaml

from lib.yaml_nodes import FLOAT, INTEGER, STRING

_WIDTH = 88
# Line breaks of YAML 1.1 that nobody types: only quotes keep them.
_BREAKS = frozenset("\x85\u2028\u2029")
_SEQUENCE = "tag:yaml.org,2002:seq"


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: _Dumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    if not _BREAKS.isdisjoint(value):
        style = '"'
    return dumper.represent_scalar(STRING, value, style=style)


def _represent_number(dumper: _Dumper, value: Decimal) -> yaml.Node:
    text = format(value, "f")
    return dumper.represent_scalar(FLOAT if "." in text else INTEGER, text)


def _represent_list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    # Lists of keys on one line, sentences and mappings below each other.
    is_short = all(isinstance(item, str) and " " not in item for item in value)
    return dumper.represent_sequence(_SEQUENCE, value, flow_style=is_short)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Decimal, _represent_number)
_Dumper.add_representer(list, _represent_list)


def as_yaml(value: Any) -> str:
    """Return mappings, lists, texts, numbers and dates as one YAML text."""
    return yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )
