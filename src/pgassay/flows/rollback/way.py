"""Chooses which way a rollback goes: by database where the role may, else by schemas, else it is refused."""

from pgassay.config.settings import Settings
from pgassay.flows.rollback.work import Scene
from pgassay.model.aside import Aside
from pgassay.model.backup import Manifest
from pgassay.model.errors import Refused
from pgassay.model.rollback import RollbackPlan, RollbackWay
from pgassay.recovery.rollback.databases.standing import demand_free, demand_rights, standing_of
from pgassay.recovery.rollback.owners import demand_owners
from pgassay.recovery.rollback.schemas.prospect import look_ahead, look_back
from pgassay.recovery.rollback.settings import RollbackChoice


def plan_for(scene: Scene, manifest: Manifest, settings: Settings) -> RollbackPlan:
    """Choose the way for a backup.

    Raises:
        Refused: it can go neither, or not the one that the settings want; with the reason for each.
    """
    wanted = settings.rollback.way
    if wanted is RollbackChoice.SCHEMAS:
        return look_ahead(scene.target, manifest)
    try:
        demand_rights(standing_of(scene.ground), scene.ground)
        demand_owners(manifest, scene.ground.connection)
    except Refused as by_database:
        if wanted is RollbackChoice.DATABASE:
            raise
        return _by_schemas(scene, manifest, by_database)
    demand_free(standing_of(scene.ground), scene.ground)
    return RollbackPlan(way=RollbackWay.DATABASE)


def plan_to_undo(scene: Scene, aside: Aside) -> RollbackPlan:
    """Go back the way that it came.

    Raises:
        Refused: the role may not.
    """
    if aside.run.way is RollbackWay.SCHEMAS:
        return look_back(scene.target, aside)
    standing = standing_of(scene.ground)
    demand_rights(standing, scene.ground)
    demand_free(standing, scene.ground)
    return RollbackPlan(way=RollbackWay.DATABASE)


def _by_schemas(scene: Scene, manifest: Manifest, by_database: Refused) -> RollbackPlan:
    try:
        return look_ahead(scene.target, manifest, because=by_database.sentence)
    except Refused as by_schemas:
        raise Refused(
            f"{by_database.sentence} Nor can its schemas be swapped: {by_schemas.sentence}",
            remedy=f"{by_database.remedy}\n  Or, for the schemas: {by_schemas.remedy}",
        ) from by_schemas
