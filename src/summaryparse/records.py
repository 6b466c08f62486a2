"""Data classes for the modules that every start loads.

They are written and behave as those of `dataclasses`, as far as they are used here. That module imports
`inspect` and compiles up to seven functions for a class, which for the forty classes of the stages takes
nearly as long as reading a report; this one compiles one.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, cast, dataclass_transform

Made = TypeVar("Made")
MISSING: Any = object()


class Field:
    """How a field begins if it is not given."""

    __slots__ = ("default", "default_factory")

    def __init__(self, default: Any, default_factory: Callable[[], Any] | None) -> None:  # noqa: ANN401
        self.default = default
        self.default_factory = default_factory


def field(*, default: Any = MISSING, default_factory: Callable[[], Any] | None = None) -> Any:  # noqa: ANN401
    """A field that begins with a value, or with what a function gives."""
    return Field(default, default_factory)


@dataclass_transform(field_specifiers=(field,))
def dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, kw_only: bool = False
) -> Callable[[type[Made]], type[Made]]:
    """As the decorator of `dataclasses`."""

    def make(plain: type[Made]) -> type[Made]:
        inherited: dict[str, Field] = getattr(plain, "__record_fields__", {})
        own = {name: field_of(plain.__dict__.get(name, MISSING)) for name in plain.__annotations__}
        fields = {**inherited, **own}
        body = dict(plain.__dict__)
        for name in ("__dict__", "__weakref__", *(own if slots else ())):
            body.pop(name, None)
        if slots:
            body["__slots__"] = tuple(own)
        body["__qualname__"] = plain.__qualname__
        body["__record_fields__"] = fields
        body["__match_args__"] = tuple(fields)
        body["__init__"] = initializer(fields, frozen=frozen, kw_only=kw_only)
        body.setdefault("__repr__", describe)
        if eq:
            body["__eq__"] = equals(fields)
            body["__hash__"] = hashes(fields) if frozen else None
        if frozen:
            body.update(__setattr__=refuse, __delattr__=refuse, __getstate__=state, __setstate__=restore)
        return cast("type[Made]", type(plain.__name__, plain.__bases__, body))

    return make


def field_of(value: Any) -> Field:  # noqa: ANN401 what stands behind a field's name
    """The field that a class says with a value, or with none."""
    return value if isinstance(value, Field) else Field(value, None)


def initializer(fields: dict[str, Field], *, frozen: bool, kw_only: bool) -> Any:  # noqa: ANN401
    """The one function that is written for a class: what takes its fields."""
    scope: dict[str, Any] = {"MISSING": MISSING, "put": object.__setattr__}
    parameters, lines = ["self", "*"] if kw_only else ["self"], []
    for name, each in fields.items():
        value = name
        if each.default_factory is not None:
            scope[f"new_{name}"] = each.default_factory
            parameters.append(f"{name}=MISSING")
            value = f"new_{name}() if {name} is MISSING else {name}"
        elif each.default is not MISSING:
            scope[f"first_{name}"] = each.default
            parameters.append(f"{name}=first_{name}")
        else:
            parameters.append(name)
        lines.append(f" put(self,{name!r},{value})" if frozen else f" self.{name}={value}")
    exec(f"def __init__({','.join(parameters)}):\n" + "\n".join(lines), scope)
    return scope["__init__"]


def values(record: Any) -> tuple[Any, ...]:  # noqa: ANN401 any record
    """The fields' values in order."""
    return tuple([getattr(record, name) for name in record.__record_fields__])


def equals(fields: dict[str, Field]) -> Callable[[Any, Any], bool]:
    """The comparison of two records of one class."""
    get = attrgetter(*fields)

    def __eq__(self: Any, other: Any) -> bool:  # noqa: ANN401, N807 it becomes this method
        return bool(get(self) == get(other)) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def hashes(fields: dict[str, Field]) -> Callable[[Any], int]:
    """The hash of a frozen record."""
    get = attrgetter(*fields)
    return lambda self: hash(get(self))


def describe(self: Any) -> str:  # noqa: ANN401 any record
    """The record as it is written in Python."""
    fields = (f"{name}={getattr(self, name)!r}" for name in self.__record_fields__)
    return f"{type(self).__qualname__}({', '.join(fields)})"


def refuse(self: Any, name: str, *value: Any) -> NoReturn:  # noqa: ANN401, ARG001 any record
    """A frozen record stays as it is."""
    raise AttributeError(f"{type(self).__name__} is frozen: {name}")


def state(self: Any) -> tuple[Any, ...]:  # noqa: ANN401 any record
    """What is pickled or copied of a frozen record."""
    return values(self)


def restore(self: Any, kept: tuple[Any, ...]) -> None:  # noqa: ANN401 any record
    """Takes back what was pickled."""
    for name, value in zip(self.__record_fields__, kept, strict=True):
        object.__setattr__(self, name, value)


def replace(record: Made, **changes: Any) -> Made:  # noqa: ANN401 any field
    """The record with other values in some of its fields."""
    fields = {name: getattr(record, name) for name in record.__record_fields__}  # type: ignore[attr-defined]
    return type(record)(**{**fields, **changes})
