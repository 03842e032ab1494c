"""Folding: one key for all the ways in which people type the same word.

Search compares folded texts. Uzbek in Latin and in Cyrillic letters fold alike, with any kind of
apostrophe or none; so do х and ҳ, which writers confuse, Russian ё and е, capitals and small
letters, letters with and without diacritics, and a Cyrillic letter slipped into a Latin word. The
key is for comparing, never for showing: different words may share it (as yoz and ez do).

Source: ours; the alphabets as in `scripts`.
"""

import re
import unicodedata
from typing import Final

_LETTERS: Final = zip("абвгдезийклмнопрстуфхыэқғҳў", "abvgdeziyklmnoprstufxieqgho", strict=True)
_SOUNDS_OF_TWO: Final = "ё:yo ж:j ц:ts ч:ch ш:sh щ:sh ю:yu я:ya ъ: ь: ҷ:j"
_OF_NEIGHBOURS: Final = "і:i ї:i є:e ґ:g ә:a ң:n ө:o ү:u ұ:u һ:h ӯ:u ӣ:i ӑ:a ӗ:e"
_CYRILLIC: Final = str.maketrans(
    dict(_LETTERS) | {pair[0]: pair[2:] for pair in f"{_SOUNDS_OF_TWO} {_OF_NEIGHBOURS}".split()}
)
_LATIN: Final = str.maketrans(
    {"ş": "sh", "ç": "ch", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"}
)
_APOSTROPHES: Final = str.maketrans("", "", "'’‘ʻʼʹ`´′ʽˈ＇‛\u00ad")
_SOUNDS: Final = ((r"y+[oe]", "e"), (r"y+([au])", r"\1"), (r"t+s", "s"), (r"x", "h"))


def fold(text: str) -> str:
    """The key of a text: small Latin letters and digits, words parted by one blank.

    >>> fold("Oʻzbekiston") == fold("Ўзбекистон") == fold("o'zbekiston") == fold("OZBEKISTON")
    True
    >>> fold("Кот-д’Ивуар"), fold("Йўл харитаси"), fold("  Отчёт ")
    ('kot divuar', 'el haritasi', 'otchet')
    """
    text = unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)
    text = text.translate(_CYRILLIC).translate(_LATIN)
    text = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text).casefold().translate(_APOSTROPHES)
        if not unicodedata.combining(letter)
    ).translate(_CYRILLIC)
    for sound, key in _SOUNDS:
        text = re.sub(sound, key, text)
    return " ".join(re.findall(r"[^\W_]+", text))
