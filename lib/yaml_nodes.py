"""YAML as the parser's nodes, each with its line.

Anchors and aliases are refused: a small file could grow without bound through them.
"""

from dataclasses import dataclass
from typing import Any

import yaml
from yaml.composer import Composer

from lib.findings import Findings

STRING = "tag:yaml.org,2002:str"
INTEGER = "tag:yaml.org,2002:int"
FLOAT = "tag:yaml.org,2002:float"
BOOLEAN = "tag:yaml.org,2002:bool"
NULL = "tag:yaml.org,2002:null"


class _AliasRefused(yaml.MarkedYAMLError):
    pass


class _Loader(Composer, yaml.CSafeLoader):
    """libyaml reads, PyYAML's own composer builds the nodes: five times as quick."""

    def __init__(self, stream: Any) -> None:
        yaml.CSafeLoader.__init__(self, stream)
        Composer.__init__(self)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()
            raise _AliasRefused(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)


@dataclass(frozen=True)
class Text:
    """A text and the line on which its first line stands."""

    value: str
    line: int


def read_yaml(text: str, file: str, findings: Findings) -> yaml.Node | None:
    """Return the root node of a YAML text; None after reporting why there is none."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except _AliasRefused as error:
        findings.add(
            file, _line(error), "Alias YAML (*) tidak dipakai.", "Tulis isinya lagi."
        )
    except yaml.MarkedYAMLError as error:
        findings.add(
            file,
            _line(error),
            f"YAML tidak dapat dibaca: {error.problem}.",
            "Periksa jorokan, titik dua, dan tanda kutip pada baris ini.",
        )
    except (yaml.YAMLError, RecursionError):
        findings.add(
            file, 1, "YAML tidak dapat dibaca.", "Simpan lagi sebagai teks UTF-8 biasa."
        )
    else:
        if node is None:
            findings.add(file, 1, "Berkas ini kosong.", "Isi menurut format kursus.")
        return node
    return None


def _line(error: yaml.MarkedYAMLError) -> int:
    return error.problem_mark.line + 1 if error.problem_mark else 1
