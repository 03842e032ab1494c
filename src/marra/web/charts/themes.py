"""Themes: what each kind of mark looks like on light and on dark paper.

The focal country is lapis, what it is compared with turquoise or ink, everyone else pale grey.
Every text reaches 7:1 on its paper and every line that carries meaning 3:1; a test computes it.

Source: ours; the palette is the design's (tiles of Samarkand).
"""

from dataclasses import dataclass
from typing import Final

FONT: Final = "system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans','Liberation Sans',sans-serif"
SIZE: Final = 14


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one paper."""

    name: str
    paper: str
    ink: str
    muted: str  # words that are not the point
    focal: str  # lapis
    rival: str  # turquoise
    warm: str  # saffron
    crowd: str  # everyone else
    grid: str
    band80: str
    band50: str

    def style(self) -> str:
        """The style sheet of a picture."""
        return _SHEET.format(
            font=FONT, size=SIZE, **{name: getattr(self, name) for name in _COLOURS}
        )


_COLOURS: Final = (
    "paper", "ink", "muted", "focal", "rival", "warm", "crowd", "grid", "band80", "band50",
)  # fmt: skip

_SHEET: Final = (
    "text{{font-family:{font};font-size:{size}px;fill:{ink};font-variant-numeric:tabular-nums}}"
    "line,path{{fill:none;stroke-width:1}}.paper{{fill:{paper}}}"
    ".title{{font-size:19px;font-weight:700}}.panel{{font-weight:700}}.muted{{fill:{muted}}}"
    "text.focal{{fill:{focal};font-weight:700}}text.rival{{fill:{rival};font-weight:700}}"
    "text.strong{{font-weight:700}}text.onbar{{fill:{paper};font-weight:700}}"
    ".halo{{stroke:{paper};stroke-width:4;stroke-linejoin:round;paint-order:stroke}}"
    "line.grid{{stroke:{grid}}}line.axis{{stroke:{muted}}}line.link{{stroke:{muted}}}"
    "line.break{{stroke:{muted};stroke-dasharray:1 3}}"
    "line.goal,path.goal{{stroke:{ink};stroke-dasharray:6 4;stroke-width:1.5}}"
    "line.stem{{stroke:{crowd};stroke-width:2}}line.gap{{stroke:{focal};stroke-width:2}}"
    "path.focal{{stroke:{focal};stroke-width:3;stroke-linejoin:round}}"
    "path.median{{stroke:{focal};stroke-width:2;stroke-dasharray:2 3}}"
    "path.rival,path.ink,path.crowd{{stroke-width:2;stroke-linejoin:round}}"
    "path.rival{{stroke:{rival}}}path.ink{{stroke:{ink}}}path.crowd{{stroke:{crowd}}}"
    "path.d2{{stroke-dasharray:7 3}}path.d3{{stroke-dasharray:2 3}}path.rug{{stroke:{crowd}}}"
    "circle.focal,polygon.focal,rect.focal{{fill:{focal}}}"
    "circle.rival,polygon.rival,rect.rival{{fill:{rival}}}"
    "circle.ink,polygon.ink,rect.ink{{fill:{ink}}}"
    "circle.crowd,rect.crowd{{fill:{crowd}}}"
    "circle.open{{fill:{paper};stroke:{ink};stroke-width:2}}"
    "circle.edge{{stroke:{paper};stroke-width:2}}"
    "rect.part{{fill:{band50}}}rect.whole{{fill:{ink}}}"
    "rect.minus{{fill:{warm}}}rect.minuspart{{fill:{warm};fill-opacity:.5}}"
    ".band80{{fill:{band80}}}.band50{{fill:{band50}}}"
    ".pale80{{fill:{crowd};fill-opacity:.35}}.pale50{{fill:{crowd};fill-opacity:.55}}"
    ".over80{{fill:{focal};fill-opacity:.22}}.over50{{fill:{focal};fill-opacity:.38}}"
    "path.still{{stroke:{muted}}}"
)

LIGHT: Final = Theme(
    name="light",
    paper="#ffffff",
    ink="#10243a",
    muted="#465668",
    focal="#14508c",
    rival="#0a6b67",
    warm="#9a5b00",
    crowd="#b9c5d0",
    grid="#e3e9ee",
    band80="#d6e3f1",
    band50="#a5c3e1",
)

DARK: Final = Theme(
    name="dark",
    paper="#0f1b29",
    ink="#e9eff5",
    muted="#b3c0cd",
    focal="#86bdf2",
    rival="#5fd0c5",
    warm="#e8a33d",
    crowd="#4b5d70",
    grid="#223244",
    band80="#1d3955",
    band50="#2f5f8f",
)

THEMES: Final = {theme.name: theme for theme in (LIGHT, DARK)}
