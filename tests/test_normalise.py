import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaryparse.normalise import (
    UNREADABLE_TABLE,
    VARIANT_TABLE,
    WIDTH_TABLE,
    convert_exactly,
    converter,
    fold,
    foreign,
    mend_particle,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("醫療衞生機構", "医疗卫生机构"),
        ("病牀１，２３４張（含ＩＣＵ）", "病床1,234张(含ICU)"),
        ("增长８．６％；达到﹪", "增长8.6%;达到%"),
        ("「護理」與『品質』", "“护理”与‘品质’"),
        ("2021年—2023年", "2021年—2023年"),
        ("180%–300%、3〜5天、1∶2", "180%-300%、3~5天、1:2"),
        ("建筑面积3㎡、①项、Ⅳ级、二〇二一", "建筑面积3㎡、①项、Ⅳ级、二〇二一"),
        ("一\u3000二\u00a0三\ufeff四\u200b五", "一 二 三 四 五"),
        ("⼀是⼈才", "一是人才"),
        ("ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        ("汚水、痲痺、砲製、谘詢", "污水、麻痹、炮制、咨询"),
        ("上\r\n下\t右\x0c左", "上\r\n下\t右\n左"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_folds_script_and_width(written: str, folded: str) -> None:
    assert fold(written).folded == folded


@pytest.mark.parametrize(
    ("written", "simplified"),
    [
        ("隨著需求增加，著力補短板", "随着需求增加，着力补短板"),
        ("沿著既定目標、本著自願原則、照著規定", "沿着既定目标、本着自愿原则、照着规定"),
        ("成效顯著，出版專著2部", "成效显著，出版专著2部"),
        ("有著名專家", "有著名专家"),
        ("显著提升，著作等身", "显著提升，著作等身"),
        ("著力補短板", "着力补短板"),
        ("隨著著力提升", "随着着力提升"),
    ],
)
def test_zhe_is_mended_only_where_it_is_the_particle(written: str, simplified: str) -> None:
    assert fold(written).simplified == simplified


def test_simplified_keeps_the_width_of_the_original() -> None:
    assert fold("收入１２％（醫療）").simplified == "收入１２％（医疗）"


SIMPLIFIED = "全院职工共同努力，各项工作平稳推进，患者满意度持续提高，医疗质量不断改善。"
TRADITIONAL = "全院職工共同努力，各項工作平穩推進，患者滿意度持續提高，醫療質量不斷改善。"


@pytest.mark.parametrize(
    ("written", "script"),
    [
        ("", "simplified"),
        ("ABC 123", "simplified"),
        (SIMPLIFIED, "simplified"),
        (SIMPLIFIED * 20 + "乾隆", "simplified"),
        (TRADITIONAL, "traditional"),
        (SIMPLIFIED * 20 + "\n" + TRADITIONAL, "mixed"),
        ("工" * 200 + "醫", "simplified"),
        ("工" * 199 + "醫", "mixed"),
        ("工" * 5 + "醫", "mixed"),
        ("工" * 4 + "醫", "traditional"),
        (SIMPLIFIED + TRADITIONAL, "mixed"),
    ],
)
def test_script_is_told_by_the_share_of_changed_characters(written: str, script: str) -> None:
    assert fold(written).script == script


def test_nul_and_surrogates_do_not_stop_the_conversion() -> None:
    text = fold("甲\0醫\ud800院\udfff療")
    assert text.original == "甲\0醫\ud800院\udfff療"
    assert text.folded == "甲\ufffd医\ufffd院\ufffd疗"


@given(st.text(st.characters(codec=None), max_size=200))
def test_every_form_has_the_length_of_the_original(written: str) -> None:
    text = fold(written)
    assert text.original == written
    assert len(text.simplified) == len(text.folded) == len(written)


@given(st.text(st.characters(codec="utf-8"), max_size=100))
def test_folding_folded_text_changes_nothing(written: str) -> None:
    folded = fold(written).folded
    assert fold(folded).folded == folded


def test_a_conversion_that_changes_lengths_is_applied_where_it_does_not() -> None:
    def convert(text: str) -> str:
        return text.replace("甲", "子丑").replace("乙", "寅")

    assert convert_exactly("乙丙\n甲乙\n", convert) == "寅丙\n甲寅\n"


def test_threads_share_the_converter() -> None:
    results: list[str] = []
    threads = [
        threading.Thread(target=lambda: results.extend(fold(TRADITIONAL * 50).simplified for _ in range(20)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [SIMPLIFIED * 50] * 80


def test_import_does_not_load_opencc() -> None:
    code = "import sys, summaryparse.normalise; sys.exit('opencc' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode == 0


@pytest.mark.parametrize(
    ("table", "later"),
    [
        (UNREADABLE_TABLE, UNREADABLE_TABLE),
        (VARIANT_TABLE, VARIANT_TABLE.keys() | WIDTH_TABLE.keys()),
        (WIDTH_TABLE, WIDTH_TABLE),
    ],
)
def test_no_table_puts_in_what_is_looked_for_afterwards(
    table: Mapping[int, str], later: Iterable[int]
) -> None:
    assert not set(later) & set(map(ord, table.values()))


def test_a_radical_becomes_the_variant_that_is_used() -> None:
    assert fold("\u2fad年").simplified == "青年"


def plainly_folded(written: str) -> str:
    """What OpenCC and the tables make of a text when nothing is spared."""
    converted = convert_exactly(written.translate(UNREADABLE_TABLE), converter())
    return mend_particle(converted.translate(VARIANT_TABLE))


def test_no_character_that_is_folded_is_spared() -> None:
    assigned = (chr(code) for code in range(0x20, 0x32400) if not 0xD800 <= code < 0xE000)
    spared = [c for c in assigned if not any(search(c) for search in foreign())]
    assert [c for c in spared if plainly_folded(c) != c] == []


def dictionary(name: str) -> Iterator[str]:
    """The entries of one of OpenCC's dictionaries."""
    folder = Path(opencc.__file__).parent / "clib"
    program = folder / "bin" / "opencc_dict"
    if not program.is_file():
        pytest.skip("this build of OpenCC has no program that writes its dictionaries out")
    with TemporaryDirectory() as scratch:
        out = Path(scratch, "entries.txt")
        data = folder / "share" / "opencc" / f"{name}.ocd2"
        command = [str(program), "-i", str(data), "-o", str(out), "-f", "ocd2", "-t", "text"]
        subprocess.run(command, check=True, capture_output=True)
        for line in out.read_text(encoding="utf-8").splitlines():
            yield line.split("\t")[0]


@pytest.mark.parametrize("name", ["TSPhrases", "HKVariantsRevPhrases"])
def test_no_word_that_is_folded_is_spared(name: str) -> None:
    spared = [entry for entry in dictionary(name) if not any(search(entry) for search in foreign())]
    assert [entry for entry in spared if plainly_folded(entry) != entry] == []


@given(st.text(st.sampled_from("覆回批反藉瞭解明沈默深甦醒坏毛俱家么彷著名显随力院全职"), max_size=12))
def test_words_of_both_scripts_are_folded_as_ever(written: str) -> None:
    assert fold(written).simplified == plainly_folded(written)


def test_a_simplified_text_needs_no_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summaryparse.normalise.converter", lambda: pytest.fail("OpenCC was asked"))
    assert fold("随着覆盖面扩大，台账户数达３８户，李秘书长温馨提示。").folded == (
        "随着覆盖面扩大,台账户数达38户,李秘书长温馨提示。"
    )
