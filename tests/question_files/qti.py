"""Packages and files of QTI as other systems write them."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from tests.question_files.docx_builder import write_much
from tests.question_files.file import QuestionFile

_V21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_V30 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_RULES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
_V12 = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_OTP = "Siapa yang boleh meminta kode OTP? | Atasan | *Tidak seorang pun"


def package(files: Mapping[str, str | bytes]) -> bytes:
    """A package of these files."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def manifest(*names: str) -> str:
    """The list of a package's files."""
    said = "".join(
        f'<resource identifier="r{at}" type="imsqti_item_xmlv2p1" href="{name}">'
        f'<file href="{name}"/></resource>'
        for at, name in enumerate(names)
    )
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">'
        f"<organizations/><resources>{said}</resources></manifest>"
    )


def item(inside: str, *, name: str = "soal-1", rule: str = "match_correct") -> str:
    """An item of QTI 2.1."""
    processing = f'<responseProcessing template="{_RULES}/{rule}"/>' if rule else ""
    return (
        f'<assessmentItem xmlns="{_V21}" identifier="{name}" title="{name}" '
        f'adaptive="false" timeDependent="false">{inside}{processing}</assessmentItem>'
    )


def _right(*values: str, cardinality: str = "single", type: str = "identifier") -> str:
    said = "".join(f"<value>{one}</value>" for one in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
        f'baseType="{type}"><correctResponse>{said}</correctResponse>'
        "</responseDeclaration>"
    )


CHOICE = item(
    _right("B") + "<itemBody><p>Siapa yang boleh meminta kode <b>OTP</b>?</p>"
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
    '<simpleChoice identifier="A">Atasan</simpleChoice>'
    '<simpleChoice identifier="B">Tidak seorang pun</simpleChoice>'
    "</choiceInteraction></itemBody>"
)
_ESSAY = item(
    '<itemBody><extendedTextInteraction responseIdentifier="RESPONSE"><prompt>'
    "Ceritakan.</prompt></extendedTextInteraction></itemBody>",
    name="uraian",
)
_MAPPED = item(
    '<responseDeclaration identifier="RESPONSE" cardinality="multiple" '
    'baseType="identifier"><correctResponse><value>A</value><value>C</value>'
    '</correctResponse><mapping defaultValue="0" lowerBound="0" upperBound="2">'
    '<mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="-2"/>'
    '<mapEntry mapKey="C" mappedValue="1"/></mapping></responseDeclaration><itemBody>'
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0"><prompt>Mana data '
    'pribadi?</prompt><simpleChoice identifier="A">NIK</simpleChoice>'
    '<simpleChoice identifier="B">Cuaca</simpleChoice>'
    '<simpleChoice identifier="C">Telepon</simpleChoice></choiceInteraction>'
    "</itemBody>",
    name="petakan",
    rule="map_response",
)
_ORDER = item(
    _right("b", "a", cardinality="ordered")
    + '<itemBody><orderInteraction responseIdentifier="RESPONSE"><prompt>Urutkan.'
    '</prompt><simpleChoice identifier="a">Lapor</simpleChoice>'
    '<simpleChoice identifier="b">Putus</simpleChoice></orderInteraction></itemBody>',
    name="urut",
)
_MATCH = item(
    _right("r1 c2", "r2 c1", cardinality="multiple", type="directedPair")
    + '<itemBody><matchInteraction responseIdentifier="RESPONSE"><prompt>Pasangkan.'
    "</prompt><simpleMatchSet>"
    '<simpleAssociableChoice identifier="r1">Angka</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="r2">Surat</simpleAssociableChoice>'
    "</simpleMatchSet><simpleMatchSet>"
    '<simpleAssociableChoice identifier="c1">Dokumen</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="c2">Lembar</simpleAssociableChoice>'
    "</simpleMatchSet></matchInteraction></itemBody>",
    name="pasang",
)
_INLINE = item(
    _right("x") + "<itemBody><p>NIK terdiri atas <inlineChoiceInteraction "
    'responseIdentifier="RESPONSE"><inlineChoice identifier="x">16</inlineChoice>'
    '<inlineChoice identifier="y">14</inlineChoice></inlineChoiceInteraction> angka.'
    "</p></itemBody>",
    name="sisip",
)
_TWO = item(
    '<itemBody><choiceInteraction responseIdentifier="R1"/><choiceInteraction '
    'responseIdentifier="R2"/></itemBody>',
    name="dua",
)
_V3 = (
    f'<qti-assessment-item xmlns="{_V30}" identifier="soal-30" title="Angka" '
    'adaptive="false" time-dependent="false"><qti-response-declaration '
    'identifier="RESPONSE" cardinality="single" base-type="string">'
    "<qti-correct-response><qti-value>Jakarta</qti-value></qti-correct-response>"
    '<qti-mapping default-value="0"><qti-map-entry map-key="Jakarta" mapped-value="2" '
    'case-sensitive="false"/><qti-map-entry map-key="DKI" mapped-value="1" '
    'case-sensitive="false"/></qti-mapping></qti-response-declaration><qti-item-body>'
    "<p>Ibu kota Indonesia? <qti-text-entry-interaction "
    'response-identifier="RESPONSE"/></p></qti-item-body><qti-response-processing '
    'template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>'
    "</qti-assessment-item>"
)
_V3_CHOICE = (
    CHOICE.replace(_V21, _V30)
    .replace("assessmentItem", "qti-assessment-item")
    .replace("responseDeclaration", "qti-response-declaration")
    .replace("correctResponse", "qti-correct-response")
    .replace("value>", "qti-value>")
    .replace("itemBody", "qti-item-body")
    .replace("choiceInteraction", "qti-choice-interaction")
    .replace("simpleChoice", "qti-simple-choice")
    .replace("responseProcessing", "qti-response-processing")
    .replace("baseType", "base-type")
    .replace("responseIdentifier", "response-identifier")
    .replace("maxChoices", "max-choices")
)


def _canvas(kind: str, inside: str, name: str = "g1") -> str:
    return (
        f'<item ident="{name}" title="{kind}"><itemmetadata><qtimetadata>'
        "<qtimetadatafield><fieldlabel>question_type</fieldlabel>"
        f"<fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata>"
        f"</itemmetadata>{inside}</item>"
    )


def _text(words: str, kind: str = "text/html") -> str:
    return f'<material><mattext texttype="{kind}">{words}</mattext></material>'


def _lid(name: str, choices: Mapping[str, str], *, of: str = "Single") -> str:
    labels = "".join(
        f'<response_label ident="{key}">{_text(words, "text/plain")}</response_label>'
        for key, words in choices.items()
    )
    return (
        f'<response_lid ident="{name}" rcardinality="{of}"><render_choice>{labels}'
        "</render_choice></response_lid>"
    )


def _earns(condition: str, points: str = "100", action: str = "Set") -> str:
    return (
        f"<respcondition><conditionvar>{condition}</conditionvar>"
        f'<setvar action="{action}" varname="SCORE">{points}</setvar></respcondition>'
    )


def _is(value: str, name: str = "response1") -> str:
    return f'<varequal respident="{name}">{value}</varequal>'


def _processed(*conditions: str) -> str:
    return (
        '<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" '
        f'varname="SCORE"/></outcomes>{"".join(conditions)}</resprocessing>'
    )


_CANVAS_ITEMS = (
    _canvas(
        "multiple_choice_question",
        "<presentation>"
        + _text("&lt;p&gt;Siapa yang boleh meminta kode OTP?&lt;/p&gt;")
        + _lid("response1", {"1": "Atasan", "2": "Tidak seorang pun"})
        + "</presentation>"
        + _processed(_earns(_is("2"))),
    ),
    _canvas(
        "multiple_answers_question",
        "<presentation>"
        + _text("Mana data pribadi?")
        + _lid("response1", {"1": "NIK", "2": "Cuaca", "3": "Telepon"}, of="Multiple")
        + "</presentation>"
        + _processed(_earns(f"<and>{_is('1')}<not>{_is('2')}</not>{_is('3')}</and>")),
        "g2",
    ),
    _canvas(
        "numerical_question",
        f"<presentation>{_text('Rata-rata?')}"
        '<response_str ident="response1"><render_fib/></response_str></presentation>'
        + _processed(
            _earns(
                f"<or>{_is('9.6')}<and>"
                '<vargte respident="response1">9.1</vargte>'
                '<varlte respident="response1">10.1</varlte></and></or>'
            )
        ),
        "g3",
    ),
    _canvas(
        "short_answer_question",
        f"<presentation>{_text('Ibu kota?')}"
        '<response_str ident="response1"><render_fib/></response_str></presentation>'
        + _processed(_earns(_is("Jakarta") + _is("DKI Jakarta"))),
        "g4",
    ),
    _canvas(
        "matching_question",
        f"<presentation>{_text('Pasangkan.')}"
        + "".join(
            f'<response_lid ident="response_{row}">{_text(words, "text/plain")}'
            f"<render_choice>{labels}</render_choice></response_lid>"
            for row, words, labels in (
                (
                    row,
                    words,
                    "".join(
                        f'<response_label ident="{key}">{_text(said)}</response_label>'
                        for key, said in (("1", "Lembar"), ("2", "Dokumen"))
                    ),
                )
                for row, words in (("a", "Angka"), ("b", "Surat"))
            )
        )
        + "</presentation>"
        + _processed(
            _earns(_is("1", "response_a"), "50", "Add"),
            _earns(_is("2", "response_b"), "50", "Add"),
        ),
        "g5",
    ),
    _canvas(
        "multiple_dropdowns_question",
        f"<presentation>{_text('NIK terdiri atas [angka] angka.')}"
        + _lid("response_angka", {"1": "14", "2": "16"})
        + "</presentation>"
        + _processed(_earns(_is("2", "response_angka"))),
        "g6",
    ),
    _canvas(
        "essay_question",
        f"<presentation>{_text('Ceritakan.')}<response_str ident='response1'>"
        "<render_fib/></response_str></presentation>",
        "g7",
    ),
)
_CANVAS = (
    f'<questestinterop xmlns="{_V12}"><assessment ident="a" title="Kuis"><section '
    f'ident="root_section">{"".join(_CANVAS_ITEMS)}</section></assessment>'
    "</questestinterop>"
)
_META = '<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0" identifier="a"/>'


def _blackboard_text(words: str) -> str:
    return (
        '<flow_mat class="FORMATTED_TEXT_BLOCK"><material><mat_extension>'
        f'<mat_formattedtext type="HTML">{words}</mat_formattedtext></mat_extension>'
        "</material></flow_mat>"
    )


_BLACKBOARD = (
    "<questestinterop><assessment title='Bank'><section><item><itemmetadata>"
    "<bbmd_questiontype>Multiple Choice</bbmd_questiontype></itemmetadata>"
    '<presentation><flow class="Block"><flow class="QUESTION_BLOCK">'
    + _blackboard_text("Siapa yang boleh meminta kode OTP?").replace("flow_mat", "flow")
    + '</flow><flow class="RESPONSE_BLOCK"><response_lid ident="response" '
    'rcardinality="Single"><render_choice>'
    + "".join(
        f'<flow_label class="Block"><response_label ident="{key}">'
        f"{_blackboard_text(words)}</response_label></flow_label>"
        for key, words in (("k1", "Atasan"), ("k2", "Tidak seorang pun"))
    )
    + "</render_choice></response_lid></flow></flow></presentation><resprocessing>"
    '<outcomes><decvar varname="SCORE" maxvalue="10.0"/></outcomes>'
    '<respcondition title="correct"><conditionvar><varequal respident="response">k2'
    '</varequal></conditionvar><setvar variablename="SCORE" action="Set">SCORE.max'
    '</setvar></respcondition><respcondition title="incorrect"><conditionvar><other/>'
    '</conditionvar><setvar variablename="SCORE" action="Set">0.0</setvar>'
    "</respcondition></resprocessing></item></section></assessment></questestinterop>"
)


def _bomb() -> bytes:
    data = BytesIO(package({"imsmanifest.xml": manifest()}))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        write_much(archive, "a.xml", megabytes=320)
    return data.getvalue()


def _linked() -> bytes:
    data = BytesIO(package({"imsmanifest.xml": manifest()}))
    with zipfile.ZipFile(data, "a") as archive:
        info = zipfile.ZipInfo("soal.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return data.getvalue()


FILES = (
    QuestionFile(
        "canvas-kuis-qti12.zip",
        package(
            {
                "imsmanifest.xml": manifest("a/a.xml"),
                "a/a.xml": _CANVAS,
                "a/assessment_meta.xml": _META,
            }
        ),
        (
            _OTP,
            "[multiple_response] Mana data pribadi? | *NIK | Cuaca | *Telepon",
            "[numeric] Rata-rata? | *9.6 → 0.5",
            "[short_text] Ibu kota? | *Jakarta | *DKI Jakarta",
            "[matching] Pasangkan. | Angka → Lembar | Surat → Dokumen",
            "[gap_select] NIK terdiri atas [[b]] angka. | 14 | 16",
            "! Jenis soal “uraian” tidak dapat dinilai",
        ),
    ),
    QuestionFile(
        "blackboard-bank-qti12.zip",
        package({"imsmanifest.xml": manifest("res1.dat"), "res1.dat": _BLACKBOARD}),
        (_OTP,),
    ),
    QuestionFile(
        "qti12-dengan-doctype.xml",
        f'<!DOCTYPE questestinterop SYSTEM "ims.dtd">{_CANVAS}'.encode(),
        (
            _OTP,
            "[multiple_response] Mana data pribadi? | *NIK | Cuaca | *Telepon",
            "[numeric] Rata-rata? | *9.6 → 0.5",
            "[short_text] Ibu kota? | *Jakarta | *DKI Jakarta",
            "[matching] Pasangkan. | Angka → Lembar | Surat → Dokumen",
            "[gap_select] NIK terdiri atas [[b]] angka. | 14 | 16",
            "! Jenis soal “uraian” tidak dapat dinilai",
        ),
    ),
    QuestionFile(
        "tao-butir-qti21.zip",
        package(
            {
                "imsmanifest.xml": manifest("i1/qti.xml", "i2/qti.xml"),
                "i1/qti.xml": CHOICE,
                "i2/qti.xml": _ESSAY,
            }
        ),
        (
            "Siapa yang boleh meminta kode **OTP**? | Atasan | *Tidak seorang pun",
            "! Jenis soal “uraian” tidak dapat dinilai",
        ),
    ),
    QuestionFile(
        "paket-qti22.zip",
        package(
            {
                "imsmanifest.xml": manifest(
                    "1.xml", "2.xml", "3.xml", "4.xml", "5.xml"
                ),
                "1.xml": _MAPPED,
                "2.xml": _ORDER,
                "3.xml": _MATCH,
                "4.xml": _INLINE,
                "5.xml": _TWO,
                "tes.xml": f'<assessmentTest xmlns="{_V21}" identifier="t"/>',
            }
        ),
        (
            "[multiple_response] Mana data pribadi? | *NIK | Cuaca | *Telepon",
            "[ordering] Urutkan. | Putus | Lapor",
            "[matching] Pasangkan. | Angka → Lembar | Surat → Dokumen",
            "[gap_select] NIK terdiri atas [[a]] angka. | 16 | 14",
            "! menanyakan beberapa hal sekaligus",
        ),
        told=("Susunan tesnya tidak dibaca",),
    ),
    QuestionFile(
        "paket-qti30.zip",
        package(
            {
                "imsmanifest.xml": manifest("items/a.xml", "items/b.xml"),
                "items/a.xml": _V3,
                "items/b.xml": _V3_CHOICE,
            }
        ),
        (
            "[short_text] Ibu kota Indonesia? | *Jakarta | *DKI",
            "Siapa yang boleh meminta kode **OTP**? | Atasan | *Tidak seorang pun",
        ),
    ),
    QuestionFile(
        "qti-kunci-tidak-ada.xml",
        CHOICE.replace("<value>B</value>", "<value>Z</value>").encode(),
        ("! Kuncinya “Z” tidak ada di antara pilihannya",),
    ),
    QuestionFile(
        "qti-dengan-entitas.xml",
        f'<!DOCTYPE x [<!ENTITY a "b">]>{CHOICE}'.encode(),
        ("!! memuat DOCTYPE atau entitas",),
    ),
    QuestionFile(
        "qti-nama-ke-luar.zip",
        package({"imsmanifest.xml": manifest(), "../soal.xml": CHOICE}),
        ("!! menunjuk ke luar",),
    ),
    QuestionFile("qti-berisi-tautan.zip", _linked(), ("!! adalah tautan",)),
    QuestionFile(
        "qti-10000-berkas.zip",
        package(
            {"imsmanifest.xml": manifest(), **{f"{at}.xml": "" for at in range(10_000)}}
        ),
        ("!! terlalu banyak berkas",),
    ),
    QuestionFile(
        "qti-bom.zip",
        _bomb(),
        ("!! terlalu besar setelah dibuka",),
    ),
)

SOURCES = (
    *(CHOICE, _MAPPED, _ORDER, _MATCH, _INLINE, _V3, _V3_CHOICE, _CANVAS, _BLACKBOARD),
)
"""Files of items, one by one."""
