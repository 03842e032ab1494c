"""Moving: a running case goes on under another version of its definition, or is refused.

Every place where the case stands must have a home in the new version: an element of the same id,
or of the one that is named for it, of the same kind, inside the same sub-process. Nothing is
guessed; what has no home is named, and the case stays as it was.

Source: ours.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from marra.flow.engine.graph import NO_NODE, Graph, Node
from marra.flow.engine.limits import LIMITS, OtherVersion, Over
from marra.flow.engine.run import Run
from marra.flow.engine.state import HOST, JOIN, WORK, Log, State, Token
from marra.flow.engine.watching import watch
from marra.kit.errors import Conflict
from marra.kit.text import gettext_noop


class NoHome(Conflict):
    """Elements at which the case stands are not in the new version."""

    sentence = gettext_noop(
        "The case stands where version {version} has no place for it: {elements}. "
        "Keep the case on its version, or say which element stands for each."
    )


def move(
    state: State, old: Graph, new: Graph, *, at: datetime, homes: Mapping[str, str] | None = None
) -> State:
    """The same case under the new version; `homes` says which element stands for which."""
    if state.version != old.version:
        raise OtherVersion(process=old.id, theirs=state.version, ours=old.version)
    if not state.running:
        raise Over(status=state.status)
    way = _Way(old, new, homes or {})
    homeless = sorted({each for each in way.homeless(state) if each})
    if homeless:
        raise NoHome(version=new.version, elements=", ".join(homeless))
    moved = state._replace(
        process=new.id,
        version=new.version,
        tokens=tuple(way.token(each) for each in state.tokens),
        scopes=tuple(
            each._replace(node=way.node(each.node), log=way.log(each.log)) for each in state.scopes
        ),
        timers=tuple(each._replace(node=way.node(each.node)) for each in state.timers),
        marks=tuple((owner, way.node(node)) for owner, node in state.marks),
    )
    return _with_new_timers(moved, state, old, new, at)


class _Way:
    """From the numbers of one version to those of the other."""

    def __init__(self, old: Graph, new: Graph, homes: Mapping[str, str]) -> None:
        self.old = old
        self.new = new
        self.homes = homes
        self.found = {each.id: each for each in new.nodes}
        self.flows = {each: number for number, each in enumerate(new.flows)}

    def node(self, index: int) -> int:
        """The node's number in the new version."""
        return NO_NODE if index == NO_NODE else self._home(self.old.nodes[index]).index

    def token(self, token: Token) -> Token:
        """The token in the new version."""
        via = self.flows[self.old.flows[token.via]] if token.via >= 0 else token.via
        return token._replace(node=self.node(token.node), via=via)

    def log(self, log: Log) -> Log:
        """What is remembered for compensation, in the new version."""
        return tuple((self.node(node), self.log(inside)) for node, inside in log)

    def _home(self, node: Node) -> Node:
        return self.found[self.homes.get(node.id, node.id)]

    def homeless(self, state: State) -> Iterator[str]:
        """Elements of the case that have no place."""
        for token in state.tokens:
            yield self._lacks(self.old.nodes[token.node], token)
        held = [each.node for each in state.scopes] + [each.node for each in state.timers]
        held += [node for _, node in state.marks]
        held += [node for each in state.scopes for node in _logged(each.log)]
        for index in held:
            if index != NO_NODE:
                yield self._lacks(self.old.nodes[index])

    def _lacks(self, node: Node, token: Token | None = None) -> str:
        """The element's id if it has no place, else nothing."""
        home = self.found.get(self.homes.get(node.id, node.id))
        fits = home is not None and home.kind == node.kind and self._same_holder(node, home)
        if fits and home is not None and token is not None and token.phase == JOIN:
            flow = self.flows.get(self.old.flows[token.via])
            fits = flow in home.incoming
        if fits and home is not None and token is not None and token.phase == HOST:
            fits = (home.loop is None) == (node.loop is None)
        return "" if fits else node.id

    def _same_holder(self, node: Node, home: Node) -> bool:
        if node.holder == NO_NODE or home.holder == NO_NODE:
            return node.holder == home.holder
        holder = self.old.nodes[node.holder].id
        return self.homes.get(holder, holder) == self.new.nodes[home.holder].id


def _logged(log: Log) -> Iterator[int]:
    for node, inside in log:
        yield node
        yield from _logged(inside)


def _with_new_timers(moved: State, state: State, old: Graph, new: Graph, at: datetime) -> State:
    """Set the timers that only the new version has on what is at work."""
    run = Run(new, moved, at, LIMITS, None)
    for before, token in zip(state.tokens, moved.tokens, strict=True):
        if token.phase in (WORK, HOST):
            had = {old.nodes[each].id for each in old.nodes[before.node].watched}
            watched = new.nodes[token.node].watched
            fresh = tuple(each for each in watched if new.nodes[each].id not in had)
            watch(run, token.id, token.scope, fresh)
    return run.state()
