"""The page of the API: every address with its parameters and answers, drawn from the schema."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from marra.api.root import api

METHODS: Final = ("get", "post", "put", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of what is sent or answered."""

    name: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    anchor: str
    method: str
    path: str
    summary: str
    says: str
    parameters: tuple[Field, ...]
    sent: tuple[Field, ...]
    answer: str
    shape: str
    example: str


def kind(schema: dict[str, Any]) -> str:
    """A schema in words: `number`, `list of Standing`, `string or null`.

    >>> kind({"anyOf": [{"type": "integer"}, {"type": "null"}]})
    'integer or null'
    >>> kind({"type": "array", "items": {"$ref": "#/components/schemas/Place"}})
    'list of Place'
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(kind(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {kind(schema.get('items', {}))}"
    if isinstance(inner := schema.get("additionalProperties"), dict):
        return f"object of {kind(inner)}"
    return str(schema.get("type", "any"))


def fields(schema: dict[str, Any]) -> tuple[Field, ...]:
    """The fields of an object's schema."""
    required = schema.get("required", [])
    return tuple(
        Field(name, kind(each), name in required, each.get("description", ""))
        for name, each in schema.get("properties", {}).items()
    )


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation, in the order of the routers."""
    schema = api.get_openapi_schema()
    components = schema["components"]["schemas"]
    return tuple(
        _operation(path, method, told, components)
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
        if method in METHODS
    )


@cache
def shapes() -> tuple[tuple[str, str, tuple[Field, ...]], ...]:
    """Every named shape of an answer, with its fields."""
    components = api.get_openapi_schema()["components"]["schemas"]
    return tuple(
        (name, each.get("description", ""), fields(each)) for name, each in components.items()
    )


def _operation(
    path: str, method: str, told: dict[str, Any], components: dict[str, Any]
) -> Operation:
    given = told.get("parameters", [])
    parameters = tuple(
        Field(
            each["name"],
            kind(each["schema"]),
            each.get("required", False),
            each.get("description") or each["schema"].get("description", ""),
        )
        for each in given
    )
    answer = _body(next(iter(told["responses"].values())))
    return Operation(
        anchor=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        says=told.get("description", ""),
        parameters=parameters,
        sent=fields(_resolved(_body(told.get("requestBody", {})), components)),
        answer=kind(answer),
        shape=kind(answer).removeprefix("list of "),
        example=example(path, given) if method == "get" and not told.get("security") else "",
    )


def example(path: str, parameters: list[dict[str, Any]]) -> str:
    """An address that answers, with an example in place of whatever must be given.

    >>> example("/places/{country}", [{"name": "country", "in": "path", "example": "UZB"}])
    '/places/UZB'
    """
    asked = {}
    for each in parameters:
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", str(each["example"]))
        elif each.get("required"):
            asked[each["name"]] = each["schema"]["examples"][0]
    return f"{path}?{urlencode(asked, safe=',=')}" if asked else path


def _body(told: dict[str, Any]) -> dict[str, Any]:
    contents = list(told.get("content", {}).values())
    found: dict[str, Any] = contents[0].get("schema", {}) if contents else {}
    return found


def _resolved(schema: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    if schema.get("type") == "array":
        schema = schema.get("items", {})
    if "$ref" in schema:
        found: dict[str, Any] = components[str(schema["$ref"]).rsplit("/", 1)[-1]]
        return found
    return schema


def page(request: HttpRequest) -> HttpResponse:
    """Every address of the API, with parameters and answers."""
    return render(request, "api/docs.html", {"body": _body_of_page(get_language() or "")})


@cache
def _body_of_page(_language: str) -> str:
    return render_to_string("api/body.html", {"operations": operations(), "shapes": shapes()})
