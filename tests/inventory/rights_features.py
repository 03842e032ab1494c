"""How the deeds of the register of features are done, for the test of rights."""

from dataclasses import replace

from marra.inventory.actions import feature_files, feature_looks, features
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


def answered(world: World) -> Deed:
    features.share_features(world.root, [CODE], group=world.group)
    content = f"code,verdict\n{CODE},no\n".encode()
    return Deed(lambda stamp: feature_files.import_answers(stamp, name="a.csv", content=content))


def written(world: World) -> Deed:
    features.share_features(world.root, [CODE], body=world.body)
    content = f"code,effort\n{CODE},12.5\n".encode()
    return Deed(lambda stamp: feature_files.import_facts(stamp, name="a.csv", content=content))


def look_asked(world: World) -> Deed:
    feature_looks.note_check(world.root, CODE, address=PAGE, opens=True)
    features.share_features(world.root, [CODE], body=world.body, group=world.group)
    return Deed(lambda stamp: feature_looks.ask_look(stamp, CODE))


def looks_asked(world: World) -> Deed:
    features.change_feature(world.root, CODE, version=1, address=PAGE, every_days=7)
    return Deed(feature_looks.ask_due_looks)


def looked(world: World) -> Deed:
    return Deed(lambda stamp: feature_looks.note_check(stamp, CODE, address=PAGE, opens=True))


RIGHTS: Registry = {
    "feature.changed": changed,
    "features.shared": shared,
    "feature.assessed": assessed,
    "feature.reviewed": reviewed,
    "features.answered": answered,
    "features.written": written,
    "feature.look-asked": look_asked,
    "features.looks-asked": looks_asked,
    "feature.looked": looked,
}
