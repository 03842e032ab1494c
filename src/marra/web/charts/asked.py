"""What a chart is asked to show: read from an address, checked, and written back to one.

Source: ours; the limits are what one picture can carry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from marra.index.reference_class import Band, read_band
from marra.kit.errors import Invalid, NotFound
from marra.kit.places import place
from marra.kit.text import gettext_noop
from marra.web.formats import whole_number

MEASURES: Final = ("egdi", "osi", "tii", "hci", "epi")
PEERS: Final = ("profile", "subregion", "region", "income", "climbers")
YEARS: Final = (6, 4, 2)
"""How many years a climb may take; editions appear every second year."""
LONGEST: Final = 40
MOST_PLACES: Final = 6


class NoSuchEdition(NotFound):
    """The survey did not appear in that year."""

    sentence = gettext_noop("There is no edition {edition}. Choose one of these: {years}.")


class NoSuchRank(Invalid):
    """A target outside the list."""

    sentence = gettext_noop(
        "“{rank}” is not a place in the ranking. Write a whole number from 1 to {members}."
    )


class NoSuchChoice(Invalid):
    """Not one of the words that the address may use."""

    sentence = gettext_noop("There is no choice “{choice}”. Choose one of these: {known}.")


class TooManyPlaces(Invalid):
    """More lines than an eye can follow."""

    sentence = gettext_noop(
        "{count} countries are too many for one picture. Choose at most {most}."
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The state of a chart: which country, edition, target place, company and measure."""

    place: str
    edition: int
    to: int
    places: tuple[str, ...] = ()
    of: str = "egdi"
    peers: str = "profile"
    years: int = 6
    band: Band | None = None  # None: the places around the country's own

    def query(self, takes: Sequence[str]) -> str:
        """The parts that a chart takes, as they stand in an address."""
        parts = {name: getattr(self, name) for name in takes}
        if "places" in parts:
            parts["places"] = ",".join(self.places)
        if "band" in parts and self.band is None:
            del parts["band"]
        elif "band" in parts:
            parts["band"] = "{}-{}".format(*parts["band"])
        return urlencode(parts, safe=",")


def read(
    query: Mapping[str, str], *, years: Sequence[int], members: int, place_: str, goal: int
) -> Asked:
    """What the address asks for; what it leaves out is the focal country, the latest edition and
    the goal.

    Raises NoSuchPlace, NoSuchEdition, NoSuchRank, NoSuchChoice, TooManyPlaces, NotABand.

    >>> found = read({"place": "kaz"}, years=[2022, 2024], members=193, place_="UZB", goal=30)
    >>> found.place, found.edition, found.to, found.of, found.years, found.band
    ('KAZ', 2024, 30, 'egdi', 6, None)
    """
    return Asked(
        place=place(query.get("place") or place_).iso3,
        edition=edition(query.get("edition", ""), years),
        to=rank(query.get("to", ""), members, goal),
        places=places(query.get("places", "")),
        of=one_of(query.get("of", ""), MEASURES),
        peers=one_of(query.get("peers", ""), PEERS),
        years=span(query.get("years", "")),
        band=read_band(query.get("band", "")),
    )


def edition(words: str, years: Sequence[int]) -> int:
    """The edition of that name, the latest when none is named."""
    if not words:
        return max(years)
    if words not in {str(year) for year in years}:
        raise NoSuchEdition(edition=words[:20], years=", ".join(map(str, sorted(years))))
    return int(words)


def rank(words: str, members: int, goal: int) -> int:
    """A place in the ranking, the goal when none is named."""
    if not words:
        return goal
    found = whole_number(words, members)
    if found is None:
        raise NoSuchRank(rank=words[:20], members=members)
    return found


def places(words: str) -> tuple[str, ...]:
    """Countries by their codes, parted by commas, each once, at most six.

    >>> places("UZB,kaz,UZB")
    ('UZB', 'KAZ')
    """
    codes = [code.strip() for code in words.split(",") if code.strip()]
    if len(codes) > 4 * MOST_PLACES:
        raise TooManyPlaces(count=len(codes), most=MOST_PLACES)
    found = tuple(dict.fromkeys(place(code).iso3 for code in codes))
    if len(found) > MOST_PLACES:
        raise TooManyPlaces(count=len(found), most=MOST_PLACES)
    return found


def span(words: str) -> int:
    """How many years, six when none are named; what is offered are two, four and six.

    >>> span("4"), span("")
    (4, 6)
    """
    if not words:
        return YEARS[0]
    found = whole_number(words, LONGEST)
    if found is None:
        raise NoSuchChoice(choice=words[:20], known=", ".join(map(str, YEARS)))
    return found


def one_of(words: str, known: Sequence[str]) -> str:
    """The word if it is known, the first one when there is none."""
    if not words:
        return known[0]
    if words not in known:
        raise NoSuchChoice(choice=words[:20], known=", ".join(dict.fromkeys(known)))
    return words
