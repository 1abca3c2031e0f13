"""The line icons of the site: one path each, drawn on a grid of 24 by 24."""

from collections.abc import Mapping
from types import MappingProxyType

ICONS: Mapping[str, str] = MappingProxyType(
    {
        "arrow-left": '<path d="M19 12H5M11 18l-6-6 6-6"/>',
        "arrow-right": '<path d="M5 12h14M13 6l6 6-6 6"/>',
        "award": (
            '<circle cx="12" cy="9.5" r="5.5"/>'
            '<path d="m8.5 14-1.5 7 5-2.5 5 2.5-1.5-7"/>'
        ),
        "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15ZM10 20.5h4"/>',
        "book": (
            '<path d="M12 6.5C10 5 7 4.5 3.5 5v13c3.5-.5 6.5 0 8.5 1.5 2-1.5 '
            '5-2 8.5-1.5V5C17 4.5 14 5 12 6.5Zm0 0v13"/>'
        ),
        "bulb": (
            '<path d="M9 17.5h6M10 20.5h4M8.5 14.5a6 6 0 1 1 7 0c-.6.5-.9 1.2-.9 '
            '2H9.4c0-.8-.3-1.5-.9-2Z"/>'
        ),
        "calendar": (
            '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/>'
            '<path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>'
        ),
        "call": (
            '<path d="M5 4.5h3.5l1.7 4-2 1.6a11 11 0 0 0 5.7 5.7l1.6-2 4 1.7V19a1.5 '
            '1.5 0 0 1-1.6 1.5A15 15 0 0 1 3.5 6.1 1.5 1.5 0 0 1 5 4.5Z"/>'
        ),
        "chart": '<path d="M4 20h16M7 16v-5M12 16V6M17 16v-8"/>',
        "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
        "check-circle": (
            '<circle cx="12" cy="12" r="8.5"/><path d="m8.3 12.3 2.6 2.6 4.8-5.2"/>'
        ),
        "chevron-down": '<path d="m6 9 6 6 6-6"/>',
        "chevron-right": '<path d="m9 5 7 7-7 7"/>',
        "chevron-up": '<path d="m6 15 6-6 6 6"/>',
        "circle": '<circle cx="12" cy="12" r="8"/>',
        "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
        "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
        "device": (
            '<rect x="7" y="3" width="10" height="18" rx="2.2"/><path d="M11 18h2"/>'
        ),
        "device-saved": (
            '<rect x="7" y="3" width="10" height="18" rx="2.2"/>'
            '<path d="m9.8 12 1.6 1.6 2.9-3"/>'
        ),
        "download": '<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>',
        "edit": '<path d="M4.5 19.5 5.5 15 15.5 5l3.5 3.5L9 18.5ZM13 7.5l3.5 3.5"/>',
        "eye": (
            '<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 '
            '6.5-9.5 6.5S5 16.5 2.5 12Z"/><circle cx="12" cy="12" r="2.8"/>'
        ),
        "file": ('<path d="M6.5 3.5h7l4 4v13h-11ZM13.5 3.5v4h4M9 13h6M9 16.5h6"/>'),
        "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
        "flag": '<path d="M6 21V4.5h11l-2 4 2 4H6"/>',
        "grip": (
            '<path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" '
            'stroke-width="2.6"/>'
        ),
        "home": (
            '<path d="m4 11 8-7 8 7v8.5a1 1 0 0 1-1 1h-4.5V14h-5v6.5H5'
            'a1 1 0 0 1-1-1Z"/>'
        ),
        "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8h.01"/>',
        "key": ('<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8-8M15.5 8l3 3"/>'),
        "list": ('<path d="M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.01M4 12h.01M4 18h.01"/>'),
        "lock": (
            '<rect x="5.5" y="10.5" width="13" height="9" rx="2"/>'
            '<path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>'
        ),
        "mail": (
            '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/>'
            '<path d="m4 7 8 6 8-6"/>'
        ),
        "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
        "offline": (
            '<path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6-.8M5 12a10 10 0 0 1 4-2.4M13 '
            "9a10 10 0 0 1 6 3M2.5 8.6A14 14 0 0 1 6 6.3M11 5.1a14 14 0 0 1 10.5 "
            '3.5M12 19h.01"/>'
        ),
        "person": (
            '<circle cx="12" cy="8" r="4"/>'
            '<path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>'
        ),
        "play": '<circle cx="12" cy="12" r="8.5"/><path d="m10.5 9 4 3-4 3Z"/>',
        "plus": '<path d="M12 5v14M5 12h14"/>',
        "question": (
            '<circle cx="12" cy="12" r="8.5"/>'
            '<path d="M9.6 9.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 16.5h.01"/>'
        ),
        "redo": '<path d="M4.5 12a7.5 7.5 0 1 0 2.3-5.4M6.5 3.5v3.5H10"/>',
        "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
        "shield": (
            '<path d="M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6Zm-3.2 8.3 '
            '2.4 2.4 4-4.4"/>'
        ),
        "sign-out": '<path d="M14 4.5H6v15h8M10.5 12H21M17 8l4 4-4 4"/>',
        "sort": '<path d="M8 5v14M5 16l3 3 3-3M16 19V5M13 8l3-3 3 3"/>',
        "trash": (
            '<path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5"/>'
        ),
        "trend-up": '<path d="m4 16 5.5-5.5 3.5 3.5L20 7M15 7h5v5"/>',
        "upload": '<path d="M12 16V5M7 9l5-5 5 5M5 20h14"/>',
        "users": (
            '<circle cx="9" cy="8.5" r="3.5"/>'
            '<path d="M2.5 19.5c.7-3.5 3.2-5.2 6.5-5.2s5.8 1.7 6.5 5.2M15.5 '
            '5.2a3.5 3.5 0 0 1 0 6.6M17.5 14.6c2.2.6 3.6 2.2 4 4.9"/>'
        ),
        "warning": '<path d="M12 4 2.8 19.5h18.4ZM12 10v4.5M12 17h.01"/>',
    }
)
