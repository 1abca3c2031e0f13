"""The form that we ship: the aspects that training is usually evaluated by."""

from dataclasses import dataclass

STATEMENTS_SHIPPED = (
    "Tujuan kursus jelas sejak awal.",
    "Materi sesuai dengan kebutuhan pekerjaan saya.",
    "Materi mudah dipahami.",
    "Latihan dan tes sesuai dengan materi.",
    "Situs ini mudah digunakan selama kursus.",
    "Yang saya pelajari dapat saya terapkan di tempat kerja.",
)
PROMPTS_SHIPPED = (
    "Apa yang paling bermanfaat dari kursus ini?",
    "Apa yang perlu diperbaiki?",
)


@dataclass(frozen=True)
class EvaluationWording:
    """What is asked, in order."""

    statements: tuple[str, ...] = STATEMENTS_SHIPPED
    prompts: tuple[str, ...] = PROMPTS_SHIPPED
