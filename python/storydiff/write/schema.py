"""Data held against a JSON Schema: the part of draft 2020-12 that ``comparison.schema.json`` uses, and an error that
names the place."""

from __future__ import annotations

import json
import math
from textwrap import shorten
from typing import Any

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
_WORDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "null": "null",
}


def check(value: Any, schema: dict[str, Any], definitions: dict[str, Any], place: str = "") -> None:
    """Raise ValueError at the first value that the schema does not allow.

    What it has no name for is let pass: a later version may have written it.
    """
    if "$ref" in schema:
        schema = definitions[schema["$ref"].removeprefix("#/$defs/")]
    if not _fits(value, schema):
        raise ValueError(f"{place or 'it'} must be {_expected(schema)}, got {_shown(value)}")
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties")
        for name in schema.get("required", ()):
            if name not in value:
                raise ValueError(f"{place or 'it'} has no {name!r}")
        for name, each in value.items():
            inner = known.get(name, others)
            if isinstance(inner, dict):
                check(each, inner, definitions, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            check(each, schema["items"], definitions, f"{place}[{at}]")


def _fits(value: Any, schema: dict[str, Any]) -> bool:
    if "const" in schema:
        return bool(value == schema["const"])
    if "enum" in schema:
        return value in schema["enum"]
    if isinstance(value, bool) or not isinstance(
        value, tuple(kind for name in _names(schema) for kind in _KINDS[name])
    ):
        return False
    if isinstance(value, int | float):
        return math.isfinite(value) and schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if isinstance(value, list):
        return bool(schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)))
    return True


def _names(schema: dict[str, Any]) -> list[str]:
    names = schema["type"]
    return [names] if isinstance(names, str) else names


def _expected(schema: dict[str, Any]) -> str:
    if "const" in schema:
        return _shown(schema["const"])
    if "enum" in schema:
        return f"one of {', '.join(map(_shown, schema['enum']))}"
    words = " or ".join(_WORDS[name] for name in _names(schema))
    if "maximum" in schema:
        return f"{words} from {schema['minimum']} to {schema['maximum']}"
    if "minimum" in schema:
        return f"{words} of at least {schema['minimum']}"
    if "maxItems" in schema:
        return f"{words} of {schema['maxItems']}"
    return f"{words} of at least {schema['minItems']}" if "minItems" in schema else words


def _shown(value: Any) -> str:
    return shorten(json.dumps(value, ensure_ascii=False, default=repr), 60, placeholder="…")
