"""Places as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain import region
from zhaoshang_desktop.domain.errors import NotUnderstood


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("江苏省无锡市", "320200"),
        ("江苏无锡", "320200"),
        ("无锡", "320200"),
        ("无锡市新吴区", "320214"),
        ("江苏 无锡", "320200"),
        ("江苏省、无锡市", "320200"),
        ("中国苏州", "320500"),
        ("上海", "310000"),
        ("上海市市辖区浦东新区", "310115"),
        ("浦东", "310115"),
        ("北京市海淀区", "110108"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("苏州工业园区", "320571"),
        ("合肥高新区", "340171"),
        ("即墨市", "370215"),
        ("海南州共和县", "632521"),
        ("昌江县", "469026"),
        ("内蒙呼和浩特", "150100"),
        ("320200", "320200"),
        ("320200000000", "320200"),
        ("香港湾仔", "810102"),
        ("台湾", "710000"),
        ("中国台湾省台北市", "710100"),
        ("日本", "X:日本"),
        ("美国加州", "X:美国"),
        ("刚果（金）", "X:刚果（金）"),
        ("印尼", "X:印度尼西亚"),
    ],
)
def test_a_place_is_read_as_people_write_it(text: str, code: str) -> None:
    assert region.read_place(text) == code


def test_a_county_name_shared_by_cities_is_not_guessed() -> None:
    with pytest.raises(NotUnderstood, match="江苏 南京 鼓楼区、江苏 徐州 鼓楼区"):
        region.read_place("鼓楼区")
    assert region.candidates("鼓楼区") == ["320106", "320302", "350102", "410204"]


def test_a_district_of_beijing_is_not_taken_for_a_city_of_the_same_name() -> None:
    assert {"110105", "211300"} <= set(region.candidates("朝阳"))
    assert region.read_place("北京朝阳") == "110105"


@pytest.mark.parametrize("text", ["清岚县", "中山路12号", "海外", "12号", "999999", "单"])
def test_what_is_no_place_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood, match="没有找到"):
        region.read_place(text)


def test_two_places_in_one_cell_are_not_one_place() -> None:
    with pytest.raises(NotUnderstood, match="江苏 苏州、江苏 无锡"):
        region.read_place("苏州、无锡")


def test_every_shown_name_reads_back_as_the_same_place() -> None:
    codes = [*region.regions().of, *{f"X:{name}" for name in region.regions().countries.values()}]
    assert [code for code in codes if region.candidates(region.place_name(code)) != [code]] == []
    assert [code for code in codes if region.candidates(region.full_name(code)) != [code]] == []


def test_taiwan_hong_kong_and_macao_are_divisions_and_never_countries() -> None:
    names = " ".join([*region.regions().countries, *region.regions().countries.values()])
    assert not any(part in names for part in ("台湾", "香港", "澳门", "台北"))
    assert [region.full_name(code) for code in ("710000", "810000", "820000")] == [
        "台湾省",
        "香港特别行政区",
        "澳门特别行政区",
    ]
    assert region.is_overseas("810102")
    assert not region.is_overseas("350527")


def test_names_grow_from_the_province_down() -> None:
    assert region.place_name("320214") == "江苏 无锡 新吴区"
    assert region.full_name("320214") == "江苏省无锡市新吴区"
    assert region.full_name("419001") == "河南省济源市"
    assert region.parents("320214") == ("320000", "320200")
    assert region.parents("110108") == ("110000",)
    assert region.parents("X:日本") == ()
    assert region.is_within("320214", "320000")


def test_a_code_that_is_no_longer_valid_is_shown_by_what_is_above_it() -> None:
    assert region.place_name("320299") == "江苏 无锡"
    assert region.place_name("999999") == "999999"


def test_every_division_has_a_point_in_its_part_of_the_world() -> None:
    for code in region.regions().of:
        lon, lat = region.point_of(code) or (0, 0)
        assert 73 < lon < 136, code
        assert 3 < lat < 54, code
    assert region.point_of("X:日本") is None


def test_distance_from_shanghai_to_beijing() -> None:
    shanghai, beijing = region.point_of("310000"), region.point_of("110000")
    assert shanghai is not None
    assert beijing is not None
    assert region.distance_km(shanghai, beijing) == pytest.approx(1067, abs=15)
    assert region.distance_km(beijing, beijing) == 0


@pytest.mark.parametrize(
    "text",
    [
        "120.3, 31.5",
        "31.5,120.3",
        "东经120.3° 北纬31.5°",
        "北纬31.5 东经120.3",
        "31°30′00″N 120°18′E",
        "E120.3 N31.5",
        "经度：120.3 纬度：31.5",
        "120.3度，31.5度",
    ],
)
def test_a_point_is_read_in_either_order(text: str) -> None:
    assert region.read_point(text) == pytest.approx((120.3, 31.5))


@pytest.mark.parametrize("text", ["", "无锡", "120.3", "1,2,3", "220, 95"])
def test_what_is_no_point_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        region.read_point(text)


@given(st.text(max_size=30))
def test_any_text_is_a_place_or_not_understood(text: str) -> None:
    try:
        code = region.read_place(text)
    except NotUnderstood:
        return
    assert region.place_name(code)


@pytest.mark.parametrize(
    ("text", "besides"),
    [
        ("韩国首尔", "首尔"),
        ("河北雄安新区", "雄安新区"),
        ("无锡市新吴区长江路1号", "长江路1号"),
        ("无锡（总部）", "总部"),
        ("江苏省无锡市市辖区", ""),
        ("江苏 · 无锡", ""),
        ("320200", ""),
        ("青岛人", ""),
    ],
)
def test_what_a_text_says_besides_its_place_is_told(text: str, besides: str) -> None:
    assert region.said_besides(text) == besides


def test_no_shown_name_says_anything_besides_its_place() -> None:
    assert [code for code in region.regions().of if region.said_besides(region.place_name(code))] == []
