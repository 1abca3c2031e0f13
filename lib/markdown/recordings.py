"""Sound and films in a lesson: `/// audio | Judul | files/…` and `/// video | …`.

What is said and shown in them stands in the block as a transcript. A film of another
site is fetched when somebody asks for it; until then no request leaves this one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement

from lib.indonesian import format_bytes
from lib.markdown.showing import kind_and_size
from lib.markdown.shown import ShownFile

AUDIO, VIDEO = "audio", "video"
SOUND_ENDINGS = frozenset({"mp3", "m4a", "ogg"})
FILM_ENDINGS = frozenset({"mp4", "webm"})
# A film in 480 lines, as telephones fetch it.
BYTES_PER_MINUTE = 5_000_000
_MINUTES = re.compile(r"(?P<minutes>[1-9][0-9]{0,2})[ ]*menit")
_FILE = re.compile(r"files/[A-Za-z0-9_-]+\.(?P<ending>[a-z0-9]+)")


@dataclass(frozen=True, slots=True)
class VideoHost:
    """A site that shows films: its addresses, and that of its player."""

    label: str
    watch: re.Pattern[str]
    player: str
    origin: str


VIDEO_HOSTS: Mapping[str, VideoHost] = MappingProxyType(
    {
        "youtube": VideoHost(
            "YouTube",
            re.compile(
                r"https://(?:www\.youtube\.com/watch\?v=|youtu\.be/)"
                r"(?P<id>[A-Za-z0-9_-]{11})(?:[?&][\w=&%.-]*)?"
            ),
            "https://www.youtube-nocookie.com/embed/{id}",
            "https://www.youtube-nocookie.com",
        ),
        "vimeo": VideoHost(
            "Vimeo",
            re.compile(r"https://vimeo\.com/(?P<id>[0-9]{6,12})(?:[?][\w=&%.-]*)?"),
            "https://player.vimeo.com/video/{id}?dnt=1",
            "https://player.vimeo.com",
        ),
    }
)
"""By the name that the setting ELEARNING_VIDEO_HOSTS uses."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What the line of a recording says; `host` is empty for a file of the course."""

    title: str
    address: str
    host: str = ""
    minutes: int = 0

    @property
    def player(self) -> str:
        """The address of the other site's player."""
        host = VIDEO_HOSTS[self.host]
        found = host.watch.fullmatch(self.address)
        return host.player.format(id=found["id"] if found else "")


def read_recording(kind: str, argument: str) -> Recording | tuple[str, str]:
    """Return what the line says, or what is wrong with it and the remedy."""
    pieces = [piece.strip() for piece in argument.split("|")]
    ending = "mp3" if kind == AUDIO else "mp4"
    form = f"/// {kind} | Judul | files/nama.{ending}"
    if len(pieces) < 2 or not all(pieces):
        return f"Blok {kind} belum menyebut judul dan berkasnya.", f"Tulis {form}."
    title, address, *rest = pieces
    file = _FILE.fullmatch(address)
    endings = SOUND_ENDINGS if kind == AUDIO else FILM_ENDINGS
    if file and not rest:
        if file["ending"] in endings:
            return Recording(title, address)
        return (
            f"Berkas {address} bukan {kind}.",
            f"Pakai berkas .{', .'.join(sorted(endings))}.",
        )
    host = next(
        (name for name, one in VIDEO_HOSTS.items() if one.watch.fullmatch(address)), ""
    )
    if kind == AUDIO or not host:
        return f"Alamat {address} tidak dapat diputar di sini.", f"Tulis {form}."
    minutes = _MINUTES.fullmatch(rest[0]) if len(rest) == 1 else None
    if minutes is None:
        return (
            "Lama videonya belum disebut.",
            f"Tulis /// video | {title} | {address} | 5 menit.",
        )
    return Recording(title, address, host, int(minutes["minutes"]))


def fill_recording(figure: Element, found: str | ShownFile) -> None:
    """Give a recording of the course its address and its size."""
    address = found if isinstance(found, str) else found.address
    for element in figure:
        if element.tag in {AUDIO, VIDEO}:
            element.set("src", address)
        elif element.get("class") == "m-media-size" and not isinstance(found, str):
            element.text = kind_and_size(found)


def open_recording(parent: Element, kind: str, recording: Recording) -> Element:
    """Return the figure of a recording; its last child takes the transcript."""
    figure = SubElement(parent, "figure", {"class": "m-media"})
    SubElement(figure, "figcaption").text = recording.title
    if recording.host:
        _offer_player(figure, recording)
    else:
        figure.set("data-file", recording.address)
        SubElement(
            figure,
            kind,
            {"controls": "", "preload": "none", "aria-label": recording.title},
        )
        SubElement(figure, "p", {"class": "m-media-size"})
    transcript = SubElement(figure, "details")
    SubElement(transcript, "summary").text = "Transkrip"
    return figure


def _offer_player(figure: Element, recording: Recording) -> None:
    label = VIDEO_HOSTS[recording.host].label
    offer = SubElement(
        figure,
        "p",
        {
            "class": "m-embed",
            "data-embed": recording.player,
            "data-title": recording.title,
        },
    )
    link = SubElement(
        offer, "a", {"href": recording.address, "rel": "noopener noreferrer"}
    )
    link.text = f"Putar di {label}"
    size = format_bytes(recording.minutes * BYTES_PER_MINUTE)
    SubElement(figure, "p", {"class": "m-media-size"}).text = (
        f"{recording.minutes} menit, sekitar {size}. Dimuat dari {label} setelah Anda "
        "menekan."
    )
