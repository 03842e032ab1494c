"""How the deeds of releases and forecasts are done, for the test of their rights."""

from marra.evidence.actions import forecasts, releases
from marra.evidence.models.releases import Release
from tests.evidence import make
from tests.house.rights import Deed, Registry, World


def adopted(_world: World) -> Deed:
    def adopt(stamp):
        Release.objects.update(version="of an older package")
        return releases.adopt(stamp)

    return Deed(adopt)


def imported(_world: World) -> Deed:
    content = make.export(changed={"Denmark": {3: 0.98475}})
    return Deed(lambda stamp: releases.import_release(stamp, name="a.csv", content=content))


def withdrawn(world: World) -> Deed:
    content = make.export(changed={"Denmark": {3: 0.98475}})
    (made,) = releases.import_release(world.root, name="a.csv", content=content)
    return Deed(lambda stamp: releases.withdraw_release(stamp, made.code))


def sealed(_world: World) -> Deed:
    asked = {"edition": 2026, "place": "UZB", "k": 30, "seed": 5, "futures": 1000}
    return Deed(lambda stamp: forecasts.seal_forecast(stamp, title="Before 2026", **asked))


RIGHTS: Registry = {
    "release.adopted": adopted,
    "release.imported": imported,
    "release.withdrawn": withdrawn,
    "forecast.sealed": sealed,
}
