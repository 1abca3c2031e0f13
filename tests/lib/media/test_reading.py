"""What may be stored of a file is told by its content, and holds nothing else."""

from io import BytesIO

import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from lib.media import MediaProblem, read_media

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">{}</svg>'
)


def picture(kind: str = "PNG", size=(700, 300), mode: str = "RGB", **options) -> bytes:
    content = BytesIO()
    Image.new(mode, size, 120).save(content, kind, **options)
    return content.getvalue()


def tagged(kind: str) -> bytes:
    """Return a photograph that says where and by whom it was taken."""
    tags = Image.Exif()
    tags[0x010E] = "Rumah Bu Sarce"
    return picture(kind, exif=tags, icc_profile=None)


def box(name: bytes, inside: bytes) -> bytes:
    return (len(inside) + 8).to_bytes(4) + name + inside


def film(track: bytes = b"vide", told: bytes = b"Biak") -> bytes:
    handler = box(b"hdlr", bytes(8) + track + bytes(12))
    moov = box(b"trak", box(b"mdia", handler)) + box(b"udta", b"\xa9xyz" + told)
    return box(b"ftyp", b"isom" + bytes(8)) + box(b"moov", moov) + box(b"mdat", b"xx")


def paper(*, script: bool = False) -> bytes:
    writer = PdfFileWriter()
    text = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    sides = generic.ArrayObject([generic.NumberObject(side) for side in (0, 0, 9, 9)])
    writer.insert_page(PageObject(contents=text, media_box=sides))
    if script:
        writer.root["/OpenAction"] = generic.DictionaryObject(
            {
                generic.NameObject("/S"): generic.NameObject("/JavaScript"),
                generic.NameObject("/JS"): generic.pdf_string("app.alert(1)"),
            }
        )
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")]
)
def test_a_photograph_loses_what_it_tells_of_people(kind, ending):
    sent = tagged(kind)
    assert b"Rumah Bu Sarce" in sent
    media = read_media(sent)
    assert media.ending == ending
    assert b"Rumah Bu Sarce" not in media.data
    assert (media.width, media.height) == (700, 300)
    assert [rendition.width for rendition in media.renditions] == [480, 700]
    for rendition in media.renditions:
        shown = Image.open(BytesIO(rendition.data))
        assert (shown.format, shown.size) == ("WEBP", (rendition.width, shown.height))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_may_be_stored_comes_back_unchanged(kind):
    once = read_media(tagged(kind))
    assert read_media(once.data).data == once.data


def test_bytes_behind_a_picture_are_cut_off():
    sent = picture() + b"<script>alert(1)</script>"
    assert b"script" not in read_media(sent).data


def test_a_photograph_is_turned_upright_and_made_smaller():
    tags = Image.Exif()
    tags[0x0112] = 6
    media = read_media(picture("JPEG", (3000, 1500), exif=tags))
    assert (media.width, media.height) == (1200, 2400)
    assert [rendition.width for rendition in media.renditions] == [480, 960, 1200]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_colours_is_read(mode):
    content = BytesIO()
    Image.new(mode, (60, 40)).save(content, "PNG")
    assert read_media(content.getvalue()).renditions[0].width == 60


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (b"", "kosong"),
        (b"halo", "bukan PNG"),
        (b"GIF89a" + bytes(20), "GIF"),
        (b"PK\x03\x04" + bytes(20), "PDF"),
        (picture()[:90], "tidak dapat dibaca"),
        (picture(size=(9_000, 9_000), mode="1"), "megapiksel"),
        (b"%PDF-1.7 potongan", "tidak utuh"),
        (paper(script=True), "skrip"),
        (film()[:-3], "tidak utuh"),
        (b"ID3\x04\0\0\0\0\0\x02xxjunk", "tidak utuh"),
        (SVG.format("<style>a{}</style>").encode(), "lembar gaya"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><g>", "bukan SVG yang utuh"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<g>&a;</g>").encode(),
            "bukan SVG yang utuh",
        ),
    ],
)
def test_what_is_none_of_ours_is_refused_in_words(sent, message):
    with pytest.raises(MediaProblem, match=message) as refused:
        read_media(sent)
    assert refused.value.remedy.endswith(".")


def test_a_picture_that_moves_is_refused():
    content = BytesIO()
    frames = [Image.new("RGB", (9, 9), shade) for shade in (0, 255)]
    frames[0].save(content, "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(MediaProblem, match="bergerak"):
        read_media(content.getvalue())


def test_a_drawing_of_a_drawing_program_becomes_a_plain_one():
    sent = SVG.format(
        '<metadata>Bu Sarce</metadata><script>alert(1)</script><g onclick="a()" '
        'style="fill:#f00;behavior:url(x)"><path d="M0 0h3"/>'
        '<image xlink:href="https://x.example/a.png"/><use xlink:href="#a"/>'
        '<a xlink:href="https://x.example"><text>Halo &amp; kabar</text></a></g>'
    )
    media = read_media(sent.encode())
    assert media.data.decode() == (
        '<svg viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg"><g fill="#f00">'
        '<path d="M0 0h3" /><use href="#a" /><g><text>Halo &amp; kabar</text></g></g>'
        "</svg>"
    )
    assert media.lost == ("image",)
    assert read_media(media.data).data == media.data


def test_a_plain_drawing_is_kept_byte_for_byte():
    sent = SVG.replace("xmlns:xlink", "id='x' data-x").format("")
    plain = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n</svg>\n'
    assert read_media(plain).data == plain
    assert b"data-x" not in read_media(sent.encode()).data


@pytest.mark.parametrize(("track", "ending"), [(b"vide", "mp4"), (b"soun", "m4a")])
def test_a_film_loses_the_place_where_it_was_taken_and_no_byte_moves(track, ending):
    sent = film(track)
    media = read_media(sent)
    assert media.ending == ending
    assert b"Biak" not in media.data
    assert len(media.data) == len(sent)
    assert media.data[-2:] == b"xx"
    assert read_media(media.data).data == media.data


def test_sound_loses_its_tags():
    frame = b"\xff\xfb\x90\x64" + bytes(50)
    sent = b"ID3\x04\0\0\0\0\0\x04Biak" + frame + b"TAG" + bytes(125)
    media = read_media(sent)
    assert (media.ending, media.data) == ("mp3", frame)


def test_a_paper_is_kept_as_it_is():
    sent = paper()
    media = read_media(sent)
    assert (media.ending, media.data) == ("pdf", sent)
