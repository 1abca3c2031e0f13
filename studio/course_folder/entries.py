"""YAML read with its line numbers, and mappings that report what they lack.

Values are read from the parser's nodes, not from plain objects, so that every
problem can name its line. Anchors and aliases are refused: a small file could grow
without bound through them.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import yaml

from lib.markdown.blocks import KEY
from studio.course_folder.problems import Findings

_STRING = "tag:yaml.org,2002:str"
_INTEGER = "tag:yaml.org,2002:int"
_BOOLEAN = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"


class _AliasRefused(yaml.MarkedYAMLError):
    pass


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
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


class Entry:
    """A mapping of a YAML file. Each reader reports what is wrong and then returns
    something of the right type, so that reading goes on and finds the rest.
    """

    def __init__(
        self, nodes: Mapping[str, yaml.Node], line: int, file: str, findings: Findings
    ) -> None:
        self._nodes = nodes
        self.line = line
        self.file = file
        self._findings = findings

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def line_of(self, key: str) -> int:
        """Return the line of a value; that of the mapping where it is missing."""
        node = self._nodes.get(key)
        return node.start_mark.line + 1 if node else self.line

    def report(self, key: str, message: str, remedy: str) -> None:
        """Report a problem with the value of `key`."""
        self._findings.add(self.file, self.line_of(key), message, remedy)

    def report_at(self, line: int, message: str, remedy: str) -> None:
        """Report a problem on a line inside a value."""
        self._findings.add(self.file, line, message, remedy)

    def line_text(self, key: str, maximum: int) -> str:
        """Return a text on one line, its spaces squeezed."""
        value = " ".join(self._string(key).value.split())
        if key in self and not value:
            self.report(key, f"“{key}” masih kosong.", "Tulis isinya.")
        elif len(value) > maximum:
            self.report(
                key,
                f"“{key}” terlalu panjang ({len(value)} karakter).",
                f"Pendekkan sampai {maximum} karakter.",
            )
        return value

    def markdown(self, key: str) -> Text:
        """Return a text of several lines."""
        text = self._string(key)
        return Text(text.value.strip("\n"), text.line)

    def key(self, key: str, maximum: int) -> str:
        """Return a key: small letters, digits and single hyphens."""
        value = self._string(key).value
        if key not in self:
            return value
        if not KEY.fullmatch(value) or len(value) > maximum:
            self.report(
                key,
                f"Kunci “{value}” tidak dapat dipakai.",
                f"Pakai huruf kecil, angka, tanda hubung; sampai {maximum} karakter.",
            )
        return value

    def choice(self, key: str, values: Collection[str]) -> str:
        """Return one of `values`."""
        value = self._string(key).value
        if key in self and value not in values:
            self.report(
                key,
                f"“{key}: {value}” tidak dikenal.",
                f"Pilih salah satu: {', '.join(values)}.",
            )
        return value

    def whole(self, key: str, minimum: int, maximum: int) -> int:
        """Return a whole number within the bounds."""
        node = self._nodes.get(key)
        if node is None:
            return minimum
        if node.tag == _INTEGER and re.fullmatch(r"\d{1,9}", node.value):
            value = int(node.value)
            if minimum <= value <= maximum:
                return value
        self.report(
            key,
            f"“{key}” bukan bilangan bulat dari {minimum} sampai {maximum}.",
            "Tulis angkanya tanpa tanda kutip.",
        )
        return minimum

    def flag(self, key: str) -> bool:
        """Return true or false; false where it is missing."""
        node = self._nodes.get(key)
        if node is None:
            return False
        if node.tag != _BOOLEAN:
            self.report(key, f"“{key}” bukan ya atau tidak.", "Tulis true atau false.")
        return str(node.value).lower() in {"true", "yes", "on"}

    def day(self, key: str) -> date:
        """Return a date."""
        value = self._scalar(key)
        try:
            return date.fromisoformat(value)
        except ValueError:
            if key in self:
                self.report(
                    key, f"“{value}” bukan tanggal.", "Tulis seperti 2026-11-21."
                )
        return date.min

    def year_or_day(self, key: str) -> str:
        """Return a year or an ISO date as it was written; "" where it is missing."""
        value = self._scalar(key)
        try:
            date.fromisoformat(f"{value}-01-01" if len(value) == 4 else value)
        except ValueError:
            if key in self:
                self.report(
                    key,
                    f"“{value}” bukan tahun atau tanggal.",
                    "Tulis seperti 2020 atau 2020-12-17.",
                )
            return ""
        return value

    def texts(self, key: str) -> list[Text]:
        """Return a list of short texts, each with its line."""
        found = []
        for node in self._sequence(key):
            if isinstance(node, yaml.ScalarNode) and node.tag != _NULL:
                found.append(Text(str(node.value), node.start_mark.line + 1))
            else:
                self._findings.add(
                    self.file,
                    node.start_mark.line + 1,
                    f"Butir dari “{key}” bukan teks.",
                    "Tulis satu teks pendek untuk tiap butir.",
                )
        return found

    def entry(
        self, key: str, *, required: Collection[str], optional: Collection[str] = ()
    ) -> "Entry":
        """Return an inner mapping; an empty one where it is missing."""
        node = self._nodes.get(key)
        if node is None:
            return Entry({}, self.line, self.file, self._findings)
        return open_entry(
            node, self.file, self._findings, required=required, optional=optional
        )

    def entries(
        self, key: str, *, required: Collection[str], optional: Collection[str] = ()
    ) -> "list[Entry]":
        """Return a list of inner mappings."""
        return [
            open_entry(
                node, self.file, self._findings, required=required, optional=optional
            )
            for node in self._sequence(key)
        ]

    def _scalar(self, key: str) -> str:
        node = self._nodes.get(key)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else ""

    def _string(self, key: str) -> Text:
        node = self._nodes.get(key)
        if node is None:
            return Text("", self.line)
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode) or node.tag != _STRING:
            self.report(key, f"“{key}” bukan teks.", "Beri tanda kutip.")
            return Text("", line)
        # A block scalar starts below its "|" or ">".
        return Text(node.value, line + 1 if node.style in ("|", ">") else line)

    def _sequence(self, key: str) -> list[yaml.Node]:
        node = self._nodes.get(key)
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.report(key, f"“{key}” bukan daftar.", "Awali tiap butir dengan “- ”.")
        return []


def open_entry(
    node: yaml.Node,
    file: str,
    findings: Findings,
    *,
    required: Collection[str],
    optional: Collection[str] = (),
) -> Entry:
    """Return a mapping node as an Entry; report unknown, repeated and missing keys."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        findings.add(
            file,
            line,
            "Bagian ini bukan pasangan kunci dan isi.",
            f"Tulis kunci-kuncinya: {', '.join(required)}.",
        )
        return Entry({}, line, file, findings)
    known = [*required, *optional]
    nodes: dict[str, yaml.Node] = {}
    for name_node, value in node.value:
        name, at = str(name_node.value), name_node.start_mark.line + 1
        if name not in known:
            findings.add(file, at, f"Kunci “{name}” tidak dikenal.", _near(name, known))
        elif name in nodes:
            findings.add(
                file, at, f"Kunci “{name}” ditulis dua kali.", "Hapus salah satu."
            )
        else:
            nodes[name] = value
    for name in required:
        if name not in nodes:
            findings.add(
                file, line, f"Kunci “{name}” belum ada.", f"Tambahkan “{name}: …”."
            )
    return Entry(nodes, line, file, findings)


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return f"Mungkin maksudnya “{near[0]}”."
    return f"Yang dikenal: {', '.join(known)}."
