"""Parts of nodes: expressions, triggers, loops, data that go in and out, who performs.

Source: OMG, Business Process Model and Notation 2.0.2, sections 8.4.7 (expressions), 10.3 (data,
loops), 10.5.5 (event definitions), 10.3.1 (resources). The extension “zeebe” is read where it says
in FEEL what the standard leaves open; its schema is published by Camunda as zeebe-bpmn-moddle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from marra.flow.bpmn.element import Element
from marra.flow.bpmn.model import Loop, Said, Trigger
from marra.flow.bpmn.names import TRIGGERS, bpmn, zeebe


@dataclass(frozen=True, slots=True)
class Known:
    """What the whole file says that its parts refer to."""

    named: Mapping[str, Element]  # by id
    language: str = ""

    def referred(self, name: str) -> Element | None:
        """The element that a qualified name means.

        >>> Known({"m": Element("a")}).referred("tns:m")
        Element(tag='a', ...)
        """
        name = name.strip()
        return self.named.get(name) or self.named.get(name.rpartition(":")[2])

    def name(self, reference: str) -> str:
        """The name that the element bears, its id, or the reference itself."""
        found = self.referred(reference)
        if found is None:
            return reference.strip().rpartition(":")[2]
        return found.get("name") or found.get("id")

    def variable(self, reference: str) -> str:
        """The variable in which a data object, its reference, an input or output is kept."""
        found = self.referred(reference)
        return "" if found is None else found.get("name") or found.get("id")


def first(of: Element, *tags: str) -> Element | None:
    """The first child with one of these tags."""
    return next(of.named(*tags), None)


def words_of(of: Element, name: str) -> str:
    """The text of the first child of that name in BPMN, empty if there is none."""
    found = first(of, bpmn(name))
    return "" if found is None else found.words


def expression(of: Element | None, known: Known) -> Said | None:
    """What an expression element says; nothing if it is empty."""
    if of is None or not of.words:
        return None
    return Said(of.words, of.get("language") or known.language, of.line)


def extension(of: Element, name: str) -> Element | None:
    """The first extension element of that name of the extension that speaks FEEL."""
    holder = first(of, bpmn("extensionElements"))
    return None if holder is None else first(holder, zeebe(name))


def marked(text: str, line: int) -> Said | None:
    """An expression of that extension: FEEL behind a sign of equality, otherwise fixed words.

    >>> marked("= a + b", 1).text
    'a + b'
    >>> marked("Tashkent", 1).text
    '"Tashkent"'
    """
    text = text.strip()
    if not text:
        return None
    if text.startswith("="):
        return Said(text[1:].strip(), "feel", line)
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return Said(f'"{quoted}"', "feel", line)


def triggers(of: Element, known: Known) -> tuple[Trigger, ...]:
    """What an event waits for or throws, in the order of the file."""
    found = []
    for each in of.children:
        kind = TRIGGERS.get(each.local) if each.tag == bpmn(each.local) else None
        if kind:
            found.append(_trigger(kind, each, known))
        elif each.tag == bpmn("eventDefinitionRef"):
            meant = known.referred(each.words)
            if meant is not None and meant.local in TRIGGERS:
                found.append(_trigger(TRIGGERS[meant.local], meant, known))
    return tuple(found)


_NAMED = {
    "message": "messageRef",
    "signal": "signalRef",
    "error": "errorRef",
    "escalation": "escalationRef",
}
_TIMES = ("timeDate", "timeDuration", "timeCycle")


def _trigger(kind: str, of: Element, known: Known) -> Trigger:
    reference = of.get(_NAMED.get(kind, ""))
    if kind == "timer":
        when = next((each for each in of.children if each.local in _TIMES), None)
        time = "" if when is None else when.local
        return Trigger(kind, of.line, said=expression(when, known), time=time)
    if kind == "conditional":
        return Trigger(kind, of.line, said=expression(first(of, bpmn("condition")), known))
    if kind == "compensate":
        return Trigger(kind, of.line, activity=of.get("activityRef").rpartition(":")[2])
    if kind == "link":
        return Trigger(kind, of.line, name=of.get("name"))
    name = known.name(reference) if reference else ""
    return Trigger(kind, of.line, name=name, code=_code(kind, reference, known))


def _code(kind: str, reference: str, known: Known) -> str:
    if kind not in ("error", "escalation") or not reference:
        return ""
    found = known.referred(reference)
    code = "" if found is None else found.get("errorCode") or found.get("escalationCode")
    return code or known.name(reference)


def loop(of: Element, known: Known) -> Loop | None:
    """How often the activity is done."""
    many = first(of, bpmn("multiInstanceLoopCharacteristics"))
    if many is not None:
        return _many(many, known)
    again = first(of, bpmn("standardLoopCharacteristics"))
    if again is None:
        return None
    most = again.get("loopMaximum").strip()
    return Loop(
        again.line,
        many=False,
        again=expression(first(again, bpmn("loopCondition")), known),
        test_before=truth(again.get("testBefore")),
        most=int(most) if most.isdecimal() else 0,
    )


def _many(of: Element, known: Known) -> Loop:
    said = extension(of, "loopCharacteristics")
    item, results = first(of, bpmn("inputDataItem")), words_of(of, "loopDataOutputRef")
    output = first(of, bpmn("outputDataItem"))
    plain = Loop(
        of.line,
        many=True,
        sequential=truth(of.get("isSequential")),
        count=expression(first(of, bpmn("loopCardinality")), known),
        items=_named_data(words_of(of, "loopDataInputRef"), of.line, known),
        item="" if item is None else item.get("name") or item.get("id"),
        results=known.variable(results) if results else "",
        result=None if output is None else _quoted(output.get("name") or output.get("id"), of),
        until=expression(first(of, bpmn("completionCondition")), known),
        behaviour=of.get("behavior", "All"),
    )
    return plain if said is None else _extended(plain, said)


def _extended(plain: Loop, said: Element) -> Loop:
    return Loop(
        plain.line,
        many=True,
        sequential=plain.sequential,
        count=plain.count,
        items=marked(said.get("inputCollection"), said.line) or plain.items,
        item=said.get("inputElement") or plain.item,
        results=said.get("outputCollection") or plain.results,
        result=marked(said.get("outputElement"), said.line) or plain.result,
        until=plain.until,
        behaviour=plain.behaviour,
    )


def _named_data(reference: str, line: int, known: Known) -> Said | None:
    name = known.variable(reference) if reference else ""
    return Said(name, "name", line) if name else None


def _quoted(name: str, of: Element) -> Said | None:
    return Said(name, "name", of.line) if name else None


def truth(text: str, *, default: bool = False) -> bool:
    """What an attribute of type boolean says.

    >>> truth("true"), truth("0"), truth("", default=True)
    (True, False, True)
    """
    text = text.strip()
    return text in ("true", "1") if text else default


Mapped = tuple[tuple[str, Said], ...]


def data_in(of: Element, known: Known) -> Mapped:
    """Which values an activity is given, by name."""
    return (*_mapped(of, "input"), *_assigned(of, "dataInputAssociation", known))


def data_out(of: Element, known: Known) -> Mapped:
    """Which variables an activity's results are kept in; none: under their own names."""
    return (*_mapped(of, "output"), *_assigned(of, "dataOutputAssociation", known))


def _mapped(of: Element, name: str) -> Iterator[tuple[str, Said]]:
    holder = extension(of, "ioMapping")
    for each in () if holder is None else holder.named(zeebe(name)):
        said = marked(each.get("source"), each.line)
        if said and each.get("target"):
            yield each.get("target"), said


def _assigned(of: Element, name: str, known: Known) -> Iterator[tuple[str, Said]]:
    for association in of.named(bpmn(name)):
        for each in association.named(bpmn("assignment")):
            said = expression(first(each, bpmn("from")), known)
            target = words_of(each, "to")
            if said and target:
                yield known.variable(target) or target, said


def performers(of: Element, known: Known) -> tuple[str, ...]:
    """Who performs, as the resource roles and lanes' extension name them."""
    roles = ("performer", "humanPerformer", "potentialOwner", "resourceRole")
    found = []
    for each in of.named(*map(bpmn, roles)):
        reference = words_of(each, "resourceRef")
        found.append(known.name(reference) if reference else each.get("name"))
    assigned = extension(of, "assignmentDefinition")
    if assigned is not None:
        found += [assigned.get("assignee"), assigned.get("candidateGroups")]
    return tuple(each for each in found if each)


def properties(of: Element) -> tuple[tuple[str, str], ...]:
    """Names and values that modellers add in extension elements, whoever's extension it is."""
    holder = first(of, bpmn("extensionElements"))
    return tuple(
        (each.get("name"), each.get("value"))
        for each in (() if holder is None else holder.all())
        if each.local == "property" and each.get("name")
    )
