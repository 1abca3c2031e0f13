"""Mappings of a YAML file that report what they lack, each problem with its line."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

import yaml

from lib.findings import Findings
from lib.markdown.blocks import KEY
from lib.yaml_nodes import BOOLEAN, FLOAT, INTEGER, NULL, STRING, Text

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_DECIMAL = re.compile(r"-?\d{1,3}(\.\d{1,6})?")


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
        return self._checked(key, self._string(key).value, maximum)

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

    def slug(self, key: str, maximum: int) -> str:
        """Return a key as the database takes it: letters, digits, "-" and "_"."""
        value = self._string(key).value
        if key in self and not _SLUG.fullmatch(value[: maximum + 1]):
            self.report(
                key,
                f"Kunci “{value}” tidak dapat dipakai.",
                f"Pakai huruf, angka, dan tanda hubung; sampai {maximum} karakter.",
            )
        elif len(value) > maximum:
            self.report(
                key,
                f"Kunci “{value}” terlalu panjang.",
                f"Pendekkan sampai {maximum} karakter.",
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
        if node.tag == INTEGER and re.fullmatch(r"\d{1,9}", node.value):
            value = int(node.value)
            if minimum <= value <= maximum:
                return value
        self.report(
            key,
            f"“{key}” bukan bilangan bulat dari {minimum} sampai {maximum}.",
            "Tulis angkanya tanpa tanda kutip.",
        )
        return minimum

    def decimal(self, key: str, minimum: int, maximum: int) -> Decimal:
        """Return a number within the bounds, with at most six decimals."""
        node = self._nodes.get(key)
        if node is None:
            return Decimal(minimum)
        if node.tag in {INTEGER, FLOAT} and _DECIMAL.fullmatch(node.value):
            value = Decimal(node.value)
            if minimum <= value <= maximum:
                return value
        self.report(
            key,
            f"“{key}” bukan angka dari {minimum} sampai {maximum}.",
            "Tulis angkanya tanpa tanda kutip, dengan titik untuk desimal.",
        )
        return Decimal(minimum)

    def written(self, key: str, maximum: int) -> str:
        """Return a short value just as it was written, quoted or not."""
        return self._checked(key, self._scalar(key), maximum)

    def flag(self, key: str) -> bool:
        """Return true or false; false where it is missing."""
        node = self._nodes.get(key)
        if node is None:
            return False
        if node.tag != BOOLEAN:
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
            if isinstance(node, yaml.ScalarNode) and node.tag != NULL:
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

    def _checked(self, key: str, text: str, maximum: int) -> str:
        value = " ".join(text.split())
        if key in self and not value:
            self.report(key, f"“{key}” masih kosong.", "Tulis isinya.")
        elif len(value) > maximum:
            self.report(
                key,
                f"“{key}” terlalu panjang ({len(value)} karakter).",
                f"Pendekkan sampai {maximum} karakter.",
            )
        return value

    def _scalar(self, key: str) -> str:
        node = self._nodes.get(key)
        is_text = isinstance(node, yaml.ScalarNode) and node.tag != NULL
        return str(node.value) if node and is_text else ""

    def _string(self, key: str) -> Text:
        node = self._nodes.get(key)
        if node is None:
            return Text("", self.line)
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode) or node.tag != STRING:
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


def report_repeated(rows: Sequence[Entry], keys: Sequence[str]) -> None:
    """Report keys that an earlier row has already."""
    seen: set[str] = set()
    for row, key in zip(rows, keys, strict=True):
        if key and key in seen:
            row.report("key", f"Kunci “{key}” sudah dipakai.", "Pakai kunci lain.")
        seen.add(key)


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return f"Mungkin maksudnya “{near[0]}”."
    return f"Yang dikenal: {', '.join(known)}."
