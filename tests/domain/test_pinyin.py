"""Order and search by sound."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain import pinyin

_COMMON = "海珥集团青岛无锡单县涡阳重庆长安查先生解放清岚新材料科技有限公司绿色女行调会计乐乐曾厦门银行大都仇朝阳龟兹"
_LETTERS = "ABCxyz0123456789"
NAMES = st.text(st.sampled_from(_COMMON + _LETTERS + "（）·、㐀𠀀"), min_size=1, max_size=14)


def test_the_most_common_reading_is_the_first() -> None:
    assert pinyin.readings("长")[0] == "chang"
    assert set(pinyin.readings("单")) == {"dan", "chan", "shan"}
    assert pinyin.readings("绿")[0] == "lv"
    assert pinyin.readings("有") == ("you",)
    assert pinyin.readings("𠀀")
    assert pinyin.readings("A") == pinyin.readings("，") == ()


def test_names_stand_in_the_order_of_their_sound() -> None:
    names = [
        "重庆",
        "重型机械",
        "长城",
        "成都",
        "单晓明",
        "单品之家",
        "曾甲",
        "李明",
        "黎强",
        "上海",
        "ABC",
        "12",
        "阿里",
        "西安",
        "先导",
    ]
    assert sorted(names, key=pinyin.sort_key) == [
        "12", "ABC", "阿里", "长城", "成都", "重庆", "单品之家", "黎强",
        "李明", "单晓明", "上海", "西安", "先导", "曾甲", "重型机械",
    ]  # fmt: skip


def test_characters_of_one_sound_stay_together() -> None:
    names = ["李一", "黎二", "李三", "黎四", "李五"]
    assert "".join(name[0] for name in sorted(names, key=pinyin.sort_key)) == "黎黎李李李"


def test_capitals_width_and_length_do_not_change_the_order() -> None:
    assert pinyin.sort_key("ＴＣＬ科技") == pinyin.sort_key("tcl科技")
    assert pinyin.sort_key("海" * 24) == pinyin.sort_key("海" * 99)
    assert pinyin.sort_key("") == ""


@given(st.text(max_size=40))
def test_a_sort_key_is_plain_ascii_on_one_line(text: str) -> None:
    key = pinyin.sort_key(text)
    assert key.isascii()
    assert key.isprintable()
    assert len(key) <= 10 * pinyin.KEY_LENGTH


def test_every_hanzi_has_a_key_of_its_own() -> None:
    hanzi = [chr(code) for start, end in ((0x3400, 0x9FFF), (0x20000, 0x2A6DF)) for code in range(start, end)]
    readable = [char for char in hanzi if pinyin.readings(char)]
    assert len(readable) > 40_000
    assert len({pinyin.sort_key(char + "科技公司") for char in readable}) == len(readable)


def test_initials_cover_every_reading() -> None:
    assert set(pinyin.initials("单县")) == {"d x", "s x", "c x"}
    assert pinyin.initials("海珥（青岛）") == ("h e q d",)
    assert pinyin.initials("TCL科技") == ("t c l k j",)
    assert pinyin.initials("，。") == ()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("haier", "青岛海珥集团"),
        ("he", "青岛海珥集团"),
        ("hai e", "青岛海珥集团"),
        ("qhxcl", "清河新材料有限公司"),
        ("qinghe", "清河新材料有限公司"),
        ("qinghexincailiao", "清河新材料有限公司"),
        ("qhxinc", "清河新材料有限公司"),
        ("heqd", "海珥（青岛）"),
        ("shanxian", "单县人民政府"),
        ("danxian", "单县人民政府"),
        ("guoyang", "涡阳县"),
        ("zhggs", "中国公司"),
        ("xi'an", "西安市"),
        ("lvse", "绿色食品"),
        ("lüse", "绿色食品"),
        ("luse", "绿色食品"),
        ("lve", "侵略如火"),
        ("tclkj", "TCL科技"),
        ("5gtx", "5G通信"),
        ("HAIER", "海珥"),
    ],
)
def test_a_name_is_found_by_what_is_typed(typed: str, name: str) -> None:
    pattern = pinyin.query_pattern(typed)
    assert pattern is not None
    assert pattern.search(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("haier", "海天"), ("haier", "海\n珥"), ("xi'an", "先导"), ("qinghe", "青"), ("zhongg", "中海"), ("hh", "海珥")],
)
def test_a_name_that_sounds_otherwise_is_not_found(typed: str, name: str) -> None:
    pattern = pinyin.query_pattern(typed)
    assert pattern is not None
    assert pattern.search(name) is None


@pytest.mark.parametrize("typed", ["", "海珥", "123", "hai，er", "hai海", "é", "'"])
def test_what_is_no_pinyin_is_not_tried(typed: str) -> None:
    assert pinyin.query_pattern(typed) is None
    assert pinyin.query_sounds(typed) == ()


def test_the_place_found_can_be_marked() -> None:
    pattern = pinyin.query_pattern("haier")
    assert pattern is not None
    assert pattern.search("青岛海珥集团") == (2, 4)
    assert pattern.search("海·珥") == (0, 3)


def _typed(name: str, seed: int) -> str:
    """Some part of a name as some person may type it; empty where nothing can be typed."""
    dice = random.Random(seed)
    start = dice.randrange(len(name))
    sounds = [dice.choice(heard) for heard in map(_sounds, name[start : start + dice.randint(1, 8)]) if heard]
    parts = [dice.choice([sound, sound[0], sound[:2] if sound[1:2] == "h" else sound]) for sound in sounds]
    if sounds:
        parts[-1] = sounds[-1][: dice.randint(1, len(sounds[-1]))]
    return dice.choice(["", "", " ", "'"]).join(parts)


def _sounds(char: str) -> tuple[str, ...]:
    return pinyin.readings(char) or ((char.lower(),) if char.isascii() and char.isalnum() else ())


@given(NAMES, st.integers())
def test_any_part_of_a_name_typed_in_any_reading_finds_it(name: str, seed: int) -> None:
    typed = _typed(name, seed)
    pattern = pinyin.query_pattern(typed)
    if pattern is None:
        assert not any(char.isalpha() for char in typed)
        return
    assert pattern.search(name)
    assert any(_has(name, sounds) for sounds in pinyin.query_sounds(typed))


def _has(name: str, sounds: pinyin.Sounds) -> bool:
    spoken = pinyin.sounds(name)
    heard = [
        any(one.startswith(part[:-1]) if part.endswith("*") else one == part for one in spoken) for part in sounds.parts
    ]
    return (
        {*sounds.pairs} <= pinyin.sound_pairs(name)
        and all(heard)
        and any(sounds.initials in phrase.replace(" ", "") for phrase in pinyin.initials(name))
    )


@given(st.text(max_size=30), st.text("abcdeghinouxz '", min_size=1, max_size=12))
def test_any_text_can_be_searched(text: str, typed: str) -> None:
    pattern = pinyin.query_pattern(typed)
    if pattern is not None:
        span = pattern.search(text)
        assert span is None or 0 <= span[0] < span[1] <= len(text)


def test_neighbouring_syllables_are_asked_for_as_a_pair() -> None:
    assert pinyin.Sounds("dx", ("dan", "xian*"), ("dan xian",)) in pinyin.query_sounds("danxian")
    assert {"dan xi", "dan xia", "dan xian"} <= pinyin.sound_pairs("单·县")
    assert "dan xian" not in pinyin.sound_pairs("单霞")
    assert "dan xi" not in pinyin.sound_pairs("单\n县")
    assert not any("dan xi" in sounds.pairs for sounds in pinyin.query_sounds("dan'xian"))


def test_long_pinyin_asks_for_few_phrases() -> None:
    assert len(pinyin.query_sounds("shuangchuangzhongxinshengzhenqingdaohaierjituan")) <= 120
    assert pinyin.query_sounds("qhxcl") == (pinyin.Sounds("qhxc", ()),)
