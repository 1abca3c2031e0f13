"""Pictures of a course: small SVG files that are plain drawings (`lib.svg`)."""

from lib.findings import Findings
from lib.svg import find_svg_problems

MAX_BYTES = 6 * 1024


def check_image(path: str, data: bytes, findings: Findings) -> None:
    """Report everything in an SVG file that is not plain drawing."""
    if len(data) > MAX_BYTES:
        findings.add(
            path,
            1,
            f"Gambar berukuran {len(data) / 1024:.1f} KB.".replace(".", ",", 1),
            f"Sederhanakan sampai {MAX_BYTES // 1024} KB.",
        )
        return
    for problem in find_svg_problems(data):
        findings.add(path, problem.line, problem.message, problem.remedy)
