"""How the deeds of the archive are done, for the test of its table of rights."""

from os import utime

from marra.archive import actions, queries
from tests.archive import make
from tests.house.rights import Deed, Registry, World


def kept(_world: World) -> Deed:
    return Deed(lambda stamp: actions.keep_file(stamp, name="a.pdf", content=make.PDF))


def swept(world: World) -> Deed:
    def sweep(stamp):
        path = queries.where("ab" * 32)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left by an action that failed")
        utime(path, (0, 0))
        return actions.sweep(stamp)

    return Deed(sweep)


RIGHTS: Registry = {"file.kept": kept, "files.swept": swept}
