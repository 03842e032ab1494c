"""The seal of the journal: its newest head for everybody, and the proof of one entry.

Source: ours; how a stranger checks both stands in docs/method/journal.md.
"""

from base64 import b64encode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control

from marra.door import signed_in, stamp
from marra.journal.queries import keys, tree
from marra.journal.rules.tree import leaf_hash
from marra.people import queries as people
from marra.web.journal import DEEDS


@cache_control(no_cache=True)
def head(request: HttpRequest) -> HttpResponse:
    """The newest signed head, and what it is good for."""
    found = tree.latest()
    told = {
        "head": found,
        "root": b64encode(found.root).decode() if found else "",
        "key": found.key if found else keys.public_key(),
    }
    return render(request, "journal/head.html", told)


@cache_control(no_cache=True)
def head_file(_request: HttpRequest) -> HttpResponse:
    """The newest signed head as a file to keep."""
    found = tree.latest_or_refuse()
    answer = HttpResponse(found.note, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="journal-{found.size}.txt"'
    return answer


@signed_in
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One sealed entry, and the hashes that lead from it to the head."""
    found, proof = tree.prove(stamp(request), number)
    names = people.visible_to(stamp(request)).filter(code=found.by).values_list("name", flat=True)
    told = {
        "who": names.first() or gettext(found.by),
        "entry": found,
        "deed": gettext(DEEDS.get(found.deed, found.deed)),
        "proof": proof,
        "text": proof.text.decode(),
        "leaf": leaf_hash(proof.text).hex(),
        "path": [step.hex() for step in proof.path],
    }
    return render(request, "journal/entry.html", told)
