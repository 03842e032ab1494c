"""How the deeds of the register of features are done, for the test of rights."""

from dataclasses import replace

from marra.inventory.actions import features
from marra.inventory.queries import features as queries
from tests.house.rights import Deed, Registry, World

CODE = "osi-074"
PAGE = "https://example.uz/"


def changed(world: World) -> Deed:
    features.share_features(world.root, [CODE], body=world.body)
    version = queries.one(world.root, CODE).row.version
    return Deed(lambda stamp: features.change_feature(stamp, CODE, version=version, address=PAGE))


def shared(world: World) -> Deed:
    return Deed(
        lambda stamp: features.share_features(
            stamp, [CODE, "osi-071"], body=world.body, group=world.group
        )
    )


def assessed(world: World) -> Deed:
    features.share_features(world.root, [CODE], group=world.group)
    return Deed(lambda stamp: features.assess_feature(stamp, CODE, verdict="yes", address=PAGE))


def reviewed(world: World) -> Deed:
    features.share_features(world.root, [CODE], group=world.group)
    features.assess_feature(world.root, CODE, verdict="yes", address=PAGE)
    features.assess_feature(replace(world.root, by="account-40070001"), CODE, verdict="no")
    return Deed(
        lambda stamp: features.review_feature(stamp, CODE, verdict="no", note="Hech kim topmadi.")
    )


RIGHTS: Registry = {
    "feature.changed": changed,
    "features.shared": shared,
    "feature.assessed": assessed,
    "feature.reviewed": reviewed,
}
