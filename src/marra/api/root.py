"""The API as a whole: its routers, its description, how errors are told and answers kept."""

from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from marra.api import (
    applications,
    commission,
    evidence,
    features,
    forecasts,
    inventory,
    journal,
    observations,
    payments,
    places,
    plan,
    portal,
    standard,
)
from marra.api.index import chance, climbers, countries, editions, projections, scenarios
from marra.api.keeping import kept
from marra.api.problems import MEDIA_TYPE, Problem, tell_problems

DESCRIPTION = """\
Where 193 states stand in the UN E-Government Development Index, why, and what would change it.

- Reading is open to everybody, without a key; pages of other sites may read too.
- Numbers are plain JSON numbers; dates are ISO 8601; countries are ISO 3166-1 alpha-3 codes.
- Every answer names the version of the data and of the edition's method it was computed from.
- An answer has an entity tag: send it back as `If-None-Match` and get 304 while nothing changed.
- Errors are problem details (RFC 9457); their `type` is a page that says what to do.
"""

IN_PATHS: Final[dict[str, dict[str, object]]] = {
    "edition": {"description": "Year of an edition; /editions lists them", "example": 2024},
    "obligation": {
        "description": "Code of an obligation; /commission/obligations lists them",
        "example": "O-10",
    },
    "indicator": {
        "description": "Code of an indicator; /evidence/indicators lists them",
        "example": "portal.services",
    },
    "service": {"description": "Code of a service; /services lists them", "example": "415"},
    "application": {"description": "Code of an own application; /applications lists them"},
    "step": {"description": "A page of the form; a screen names the next", "example": "check"},
    "country": {"description": "ISO 3166-1 alpha-3 code; /places lists them", "example": "UZB"},
}


class Api(NinjaAPI):
    """An API whose description says of every operation how it tells what went wrong."""

    told: OpenAPISchema | None = None

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, OpenAPI 3.1, with problem details as every other answer."""
        if self.told is None:
            self.told = self._described(super().get_openapi_schema(**options))
        return self.told

    def _described(self, schema: OpenAPISchema) -> OpenAPISchema:
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        answer = {
            "description": "Problem details",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = answer
                for parameter in operation.get("parameters", []):
                    parameter.update(IN_PATHS.get(parameter["name"], {}))
        return schema


api = Api(
    title="Marra",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
tell_problems(api)
api.add_decorator(kept, mode="view")
api.add_router("", editions.router)
api.add_router("", countries.router)
api.add_router("", chance.router)
api.add_router("", climbers.router)
api.add_router("", scenarios.router)
api.add_router("", projections.router)
api.add_router("/plan", plan.router)
api.add_router("/commission", commission.router)
api.add_router("/inventory", inventory.router)
api.add_router("/inventory/features", features.router)
api.add_router("/standard", standard.router)
api.add_router("/services", portal.router)
api.add_router("/applications", applications.router)
api.add_router("/payments", payments.router)
api.add_router("/places", places.router)
api.add_router("/data", evidence.router)
api.add_router("/evidence", observations.router)
api.add_router("/forecasts", forecasts.router)
api.add_router("/journal", journal.router)
