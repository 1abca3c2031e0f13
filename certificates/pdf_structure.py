"""A signature field that a PDF/UA file may carry.

Signing adds a form field. PDF/UA-1 (ISO 14289-1, 7.18) asks that every field have a
readable name and that its widget stand in a Form element of the structure tree, with
the way back entered in the parent tree. PDF libraries add the bare field only, which
makes the signed file fail the check that the unsigned one passed.
"""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

# pyHanko types its object model in part only.
_dictionary: Any = generic.DictionaryObject
_number: Any = generic.NumberObject


class StructureUnsupported(Exception):
    """The file is not tagged the way typst tags it, so the field has no place."""


def add_signature_field(
    writer: IncrementalPdfFileWriter, *, name: str, label: str
) -> None:
    """Append the empty, invisible signature field ``name`` to the first page.

    ``label`` is what a screen reader says. Nothing is written: the change is part of
    the same revision as the signature that follows. Raises
    ``StructureUnsupported`` for an untagged file.
    """
    if "/StructTreeRoot" not in writer.root:
        raise StructureUnsupported("Berkas PDF tidak bertanda struktur.")
    tree = writer.root["/StructTreeRoot"]
    append_signature_field(
        writer, SigFieldSpec(sig_field_name=name, readable_field_name=label)
    )
    pages: Any = writer
    page, _ = pages.find_page_for_modification(0)
    page_dict = page.get_object()
    widget = page_dict["/Annots"].raw_get(-1)
    document = _document_element(tree)
    form = writer.add_object(_form_element(document, page, widget, label))
    _append_kid(document.get_object(), form)
    key = _register_parent(writer, tree, form)
    widget.get_object()[pdf_name("/StructParent")] = _number(key)
    page_dict[pdf_name("/Tabs")] = pdf_name("/S")
    for changed in (page_dict, widget.get_object(), document.get_object(), tree):
        writer.update_container(changed)


def _form_element(parent: Any, page: Any, widget: Any, label: str) -> Any:
    reference = _dictionary(
        {
            pdf_name("/Type"): pdf_name("/OBJR"),
            pdf_name("/Pg"): page,
            pdf_name("/Obj"): widget,
        }
    )
    return _dictionary(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): parent,
            pdf_name("/Pg"): page,
            pdf_name("/Alt"): pdf_string(label),
            pdf_name("/K"): reference,
        }
    )


def _document_element(tree: Any) -> Any:
    """Return the reference of the tree's only top element."""
    tops = tree["/K"]
    if not isinstance(tops, generic.ArrayObject) or len(tops) != 1:
        raise StructureUnsupported("Struktur PDF tidak berakar tunggal.")
    return tops.raw_get(0)


def _append_kid(element: Any, kid: Any) -> None:
    kids = element["/K"]
    earlier = kids if isinstance(kids, generic.ArrayObject) else [kids]
    element[pdf_name("/K")] = generic.ArrayObject([*earlier, kid])


def _register_parent(writer: IncrementalPdfFileWriter, tree: Any, element: Any) -> int:
    """Enter ``element`` in the parent tree and return its key."""
    parents = tree["/ParentTree"]
    if "/Nums" not in parents:
        raise StructureUnsupported("Pohon induk PDF bertingkat.")
    numbers = parents["/Nums"]
    key = int(tree["/ParentTreeNextKey"])
    numbers.extend([_number(key), element])
    tree[pdf_name("/ParentTreeNextKey")] = _number(key + 1)
    writer.update_container(numbers)
    return key
