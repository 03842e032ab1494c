"""A fuzz target: `python -m tests.flow.fuzz_bpmn` with atheris installed; runs until stopped.

Whatever bytes come, the answer is a model or a refusal, and what runs can be kept and comes back.
"""

import sys
from contextlib import suppress

from marra.flow.bpmn import read, write
from marra.flow.engine.compiling import graph
from marra.flow.engine.keeping import dump, load
from marra.flow.engine.walking import walk
from marra.kit.errors import Refusal
from tests.flow.make import NOON
from tests.flow.mutate import SEED, spoilt


def tried(xml):
    """Read, write and walk a model; only refusals are let pass."""
    with suppress(Refusal):
        definitions = read(xml)
        write(definitions)
        for process in definitions.processes:
            for run in walk(graph(definitions, process.id, asked=True), at=NOON).runs:
                assert load(dump(run.state)) == run.state


def target(data):
    """One try: half of them bytes as they are, half a model spoilt by them."""
    tried(data[1:] if data[:1] < b"\x80" else spoilt(SEED, data[1:60]))


if __name__ == "__main__":
    import atheris

    atheris.Setup(sys.argv, atheris.instrument_func(target))
    atheris.Fuzz()
