"""Contact cards as telephones, Outlook and business-card apps write them, and as nobody should."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.vcard import HEADINGS, read_cards

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4


def cards(data: bytes | str) -> list[dict[str, str]]:
    """What is told of each card, without what is empty."""
    found = read_cards(data.encode() if isinstance(data, str) else data, "名片.vcf")
    return [{head: text for head, text in zip(HEADINGS, row, strict=True) if text} for row in found.rows[1:]]


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_a_card_of_version_3_with_groups_and_types() -> None:
    text = card(
        "N:张;伟;;;",
        "FN:张伟",
        "ORG:青禾新材料有限公司;研发部;",
        "TITLE:总经理",
        "item1.TEL;type=pref:138 1234 2216",
        "item1.X-ABLabel:公司",
        "TEL;TYPE=WORK,VOICE:0510-88887766",
        "TEL;TYPE=HOME:0510-11112222",
        "TEL;TYPE=WORK,FAX:0510-88887700",
        "EMAIL;TYPE=INTERNET:zw@example.com",
        "ADR;TYPE=WORK:;;太湖路1号;无锡市;江苏省;214000;中国",
        "URL:https://example.com",
        "BDAY:1980-05-06",
        "NOTE:第一行\\n第二行\\, 带逗号\\; 分号",
    )
    assert cards(text) == [
        {
            "姓名": "张伟",
            "单位名称": "青禾新材料有限公司",
            "职务": "研发部 总经理",
            "手机": "138 1234 2216",
            "电话": "0510-88887766",
            "邮箱": "zw@example.com",
            "地址": "江苏省无锡市太湖路1号",
            "网站": "https://example.com",
            "出生日期": "1980-05-06",
            "联系人备注": "第一行\n第二行, 带逗号; 分号\n宅电：0510-11112222\n传真：0510-88887700",
        }
    ]


@pytest.mark.parametrize("charset", ["GB2312", "GBK", "UTF-8", "gb18030"])
def test_an_old_card_is_quoted_printable_in_its_own_charset(charset: str) -> None:
    def quoted(text: str) -> str:
        return quopri.encodestring(text.encode(charset)).decode("ascii").replace("\n", "\r\n")

    lines = ["BEGIN:VCARD", "VERSION:2.1"]
    lines.append(f"N;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{quoted('李')};{quoted('想')};;;")
    lines.append(f"ORG;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{quoted('云帆智能装备股份有限公司' * 3)}")
    lines += ["TEL;CELL;VOICE:13900001111", "TEL;WORK;FAX:0510-88887700", "END:VCARD"]
    found = cards("\r\n".join(lines))
    assert found[0]["姓名"] == "李想"
    assert found[0]["单位名称"] == "云帆智能装备股份有限公司" * 3
    assert (found[0]["手机"], found[0]["联系人备注"]) == ("13900001111", "传真：0510-88887700")


def test_outlook_writes_no_charset_and_the_codepage_of_its_pc() -> None:
    text = card("N:周;远航", "ORG:青禾新材料有限公司", "TEL;CELL:13800000000", version="2.1")
    assert cards(text.encode("gbk")) == cards(text) == cards(text.encode("utf-16"))


def test_a_fold_may_part_a_character() -> None:
    data = card("FN:周远航", "ORG:青禾新材料有限公司").encode()
    at = data.index("材".encode()) + 1
    assert cards(data[:at] + b"\r\n " + data[at:])[0]["单位名称"] == "青禾新材料有限公司"


def test_version_4_has_uris_and_a_birthday_without_a_year() -> None:
    text = card(
        "FN:John Smith",
        "N:Smith;John;;;",
        "ORG:Example Ltd",
        'TEL;VALUE=uri;TYPE="work,cell":tel:+86-138-0000-0000',
        "BDAY:--0315",
        "GENDER:M",
        "IMPP:wechat:js88",
        version="4.0",
    )
    assert cards(text) == [
        {
            "姓名": "John Smith",
            "单位名称": "Example Ltd",
            "手机": "+86-138-0000-0000",
            "出生日期": "3月15日",
            "性别": "男",
            "微信": "js88",
        }
    ]


def test_names_parted_by_a_telephone_are_put_together_again() -> None:
    assert cards(card("N:;张 伟;;;", "FN:伟 张"))[0]["姓名"] == "张伟"
    assert cards(card("FN:王经理"))[0]["姓名"] == "王经理"


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_a_photo_in_the_card_comes_along_and_one_elsewhere_is_not_fetched(version: str) -> None:
    coded = base64.b64encode(JPEG).decode()
    folded = "\r\n ".join(coded[at : at + 72] for at in range(0, len(coded), 72))
    head = {
        "2.1": "PHOTO;JPEG;ENCODING=BASE64:",
        "3.0": "PHOTO;ENCODING=b;TYPE=JPEG:",
        "4.0": "PHOTO:data:image/jpeg;base64,",
    }[version]
    text = card("FN:张伟", f"{head}{folded}", "TEL;CELL:13800000000", version=version)
    found = read_cards(text.encode(), "名片.vcf")
    assert found.pictures == {1: JPEG}
    assert found.rows[1][3] == "13800000000"
    away = card("FN:张伟", "PHOTO;VALUE=uri:http://example.com/a.jpg")
    assert read_cards(away.encode(), "名片.vcf").pictures == {}


def test_base64_broken_without_blanks_as_old_programs_do() -> None:
    coded = base64.b64encode(JPEG).decode()
    lines = "\r\n".join(coded[at : at + 60] for at in range(0, len(coded), 60))
    found = read_cards(card("FN:张伟", f"PHOTO;BASE64:{lines}", "", "TEL:1").encode(), "名片.vcf")
    assert found.pictures == {1: JPEG}


def test_several_cards_and_one_that_does_not_end() -> None:
    text = card("FN:张伟") + card("FN:李想") + "BEGIN:VCARD\r\nFN:断了"
    found = read_cards(text.encode(), "名片.vcf")
    assert [row[0] for row in found.rows[1:]] == ["张伟", "李想"]
    assert "1 张名片不完整" in found.warning


def test_a_home_address_stays_away_and_that_is_said() -> None:
    found = read_cards(card("FN:张伟", "ADR;TYPE=HOME:;;某小区;无锡;江苏;;").encode(), "名片.vcf")
    assert "某小区" not in "".join(found.rows[1])
    assert "家庭住址" in found.warning


def test_a_card_within_a_card_is_passed_over() -> None:
    text = (
        "BEGIN:VCARD\r\nFN:张伟\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:秘书\r\nEND:VCARD\r\nTEL:0510-1234567\r\nEND:VCARD\r\n"
    )
    assert cards(text) == [{"姓名": "张伟", "电话": "0510-1234567"}]


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCARD",
        b"BEGIN:VCARD\r\nEND:VCARD",
        b"BEGIN:VCARD\r\n" + b";" * 100_000 + b"\r\nEND:VCARD",
        b"BEGIN:VCARD\r\nFN;CHARSET=\xff\xfe:\r\nEND:VCARD",
    ],
)
def test_a_file_without_a_whole_card_is_one_sentence(data: bytes) -> None:
    with pytest.raises(KnownError, match="没有一张完整的名片"):
        read_cards(data, "名片.vcf")


@given(st.binary(max_size=400))
def test_whatever_stands_in_a_card_is_read_or_refused(data: bytes) -> None:
    try:
        found = read_cards(b"BEGIN:VCARD\r\nFN:x\r\n" + data + b"\r\nEND:VCARD\r\n", "名片.vcf")
    except KnownError:
        return
    assert all(len(row) == len(HEADINGS) for row in found.rows)


def test_the_reading_process_takes_it_for_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "通讯录.txt"
    path.write_bytes(b"\xef\xbb\xbf" + card("FN:张伟", "ORG:青禾新材料有限公司").encode())
    book = read_workbook(path)
    assert (book.format, book.sheets[0].rows[1][:2]) == ("vcard", ("张伟", "青禾新材料有限公司"))
