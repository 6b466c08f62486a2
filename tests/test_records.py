"""Records are data classes: they do what those of the standard library do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from summaryparse import records


@records.dataclass(frozen=True, slots=True)
class Frozen:
    a: int
    b: str = "x"
    c: list[int] = records.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class PlainFrozen:
    a: int
    b: str = "x"
    c: list[int] = dataclasses.field(default_factory=list)


@records.dataclass(slots=True)
class Open:
    a: int
    b: tuple[int, ...] = records.field(default=())


@records.dataclass(frozen=True, kw_only=True)
class Base:
    a: int
    b: int = 2


@records.dataclass(frozen=True, kw_only=True)
class Derived(Base):
    c: int


@records.dataclass(slots=True, eq=False)
class ByIdentity:
    a: int


def test_fields_are_taken_in_order_by_name_and_by_default() -> None:
    for made in (Frozen(1), Frozen(a=1, b="x"), Frozen(1, "x", [])):
        assert (made.a, made.b, made.c) == (1, "x", [])
    assert Frozen(1).c is not Frozen(1).c


@pytest.mark.parametrize("arguments", [(), (1, 2, 3, 4)])
def test_missing_and_further_fields_are_errors(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        Frozen(*arguments)


def test_it_is_written_and_compared_as_a_data_class() -> None:
    assert repr(Frozen(1)) == repr(PlainFrozen(1)).replace("PlainFrozen", "Frozen")
    assert Frozen(1) == Frozen(1) != Frozen(2)
    assert Frozen(1) != Open(1)  # type: ignore[comparison-overlap]
    assert ByIdentity(1) != ByIdentity(1)


def test_only_frozen_ones_have_a_hash_and_stay_as_they_are() -> None:
    assert hash(Base(a=1)) == hash(Base(a=1))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Open(1))
    frozen, opened = Frozen(1), Open(1)
    opened.a = 2
    assert opened == Open(2)
    with pytest.raises(AttributeError, match="frozen"):
        frozen.a = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del frozen.a
    assert frozen.a == 1


def test_slots_take_no_further_attribute() -> None:
    with pytest.raises(AttributeError):
        Open(1).other = 1  # type: ignore[attr-defined]


def test_fields_are_inherited() -> None:
    made = Derived(c=3, a=1)
    assert (made.a, made.b, made.c) == (1, 2, 3)
    assert made != Base(a=1)
    with pytest.raises(TypeError):
        Derived(1, 2, 3)  # type: ignore[call-arg]


@pytest.mark.parametrize("made", [Frozen(1, "y", [2]), Open(1, (2,)), Derived(a=1, c=3)])
def test_it_can_be_pickled_copied_and_changed(made: Any) -> None:
    assert pickle.loads(pickle.dumps(made)) == made
    assert copy.copy(made) == copy.deepcopy(made) == made
    assert records.replace(made, a=9).a == 9
    assert records.replace(made) == made
