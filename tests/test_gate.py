"""Scores on the annotated texts stay above their floors, and floors only rise.

`python -m tests.raise_floors` raises them; they stand for the texts and annotations whose digest they hold.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from summaryparse.evaluation import read_gold
from tests import raise_floors
from tests.conftest import ROOT
from tests.scores import FLOORS, TEXTS, Floors, digest, evaluations, gold_files, read_json, scores_by_group

LOW: Floors = {"all": {"record_f1": 0.5}}


@pytest.fixture(scope="module")
def scores() -> Floors:
    return scores_by_group(evaluations())


def test_no_score_lies_under_its_floor(scores: Floors) -> None:
    low = {
        f"{group} {name}": (round(scores[group][name], 4), floor)
        for group, floors in read_json(FLOORS)["floors"].items()
        for name, floor in floors.items()
        if scores[group][name] < floor
    }
    assert low == {}


def test_every_score_has_a_floor(scores: Floors) -> None:
    floors = read_json(FLOORS)["floors"]
    assert {group: set(found) for group, found in scores.items()} == {
        group: set(found) for group, found in floors.items()
    }


def test_floors_stand_for_the_texts_and_annotations_as_they_are() -> None:
    assert read_json(FLOORS)["digest"] == digest(), "data changed: raise_floors --new-data, and say why"


def test_floors_are_not_lower_than_those_committed() -> None:
    command = ["git", "-C", str(ROOT), "show", f"HEAD:{FLOORS.relative_to(ROOT).as_posix()}"]
    try:
        run = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no committed floors to compare with")
    before, now = json.loads(run.stdout), read_json(FLOORS)
    if before["digest"] != now["digest"]:
        pytest.skip("texts or annotations were changed openly")
    fallen = [
        (group, name)
        for group, floors in before["floors"].items()
        for name, floor in floors.items()
        if now["floors"][group][name] < floor
    ]
    assert fallen == []


def test_every_text_is_annotated() -> None:
    texts = {path.name for folder in TEXTS for path in folder.glob("*.txt")}
    assert texts == {read_gold(path).file for path in gold_files()}


@pytest.mark.parametrize(
    ("score", "floor"), [(0.95, 0.94), (0.5, 0.5), (0.3, 0.5), (1.0, 0.99), (0.5105, 0.5), (0.512, 0.502)]
)
def test_a_floor_rises_to_a_little_under_the_score_and_never_falls(score: float, floor: float) -> None:
    assert raise_floors.raised(LOW, {"all": {"record_f1": score}}) == {"all": {"record_f1": floor}}


def test_raising_asks_for_consent_where_the_data_are_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"digest": "of other texts", "floors": LOW}), encoding="utf-8")
    monkeypatch.setattr(raise_floors, "FLOORS", path)
    monkeypatch.setattr(raise_floors, "evaluations", dict)
    monkeypatch.setattr(raise_floors, "scores_by_group", lambda _: {"all": {"record_f1": 0.4}})
    assert raise_floors.main([]) == 1
    assert read_json(path)["floors"] == LOW
    assert raise_floors.main(["--new-data"]) == 0
    assert read_json(path) == {"digest": digest(), "floors": {"all": {"record_f1": 0.39}}}
    monkeypatch.setattr(raise_floors, "scores_by_group", lambda _: {"all": {"record_f1": 0.3}})
    assert raise_floors.main([]) == 0
    assert read_json(path)["floors"]["all"] == {"record_f1": 0.39}
