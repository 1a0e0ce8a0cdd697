"""Contact cards (.vcf 2.1, 3.0 and 4.0) as a table, one row a card, for whatever imports tables.

Telephones, Outlook and the apps that read business cards each write their own kind. Lines are unfolded while they are
bytes, since a fold may part a character; each value is decoded by its own charset, or else by that of the file.
Nothing that a card points to is fetched.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhaoshang_desktop.domain.errors import KnownError

HEADINGS = (
    "姓名",
    "单位名称",
    "职务",
    "手机",
    "电话",
    "邮箱",
    "微信",
    "地址",
    "网站",
    "出生日期",
    "性别",
    "联系人备注",
)
NAME, FIRM, POST, MOBILE, PHONE, EMAIL, WECHAT, ADDRESS, WEBSITE, BIRTHDAY, GENDER, NOTE = range(len(HEADINGS))
MOST_CARDS = 50_000
LARGEST_PICTURE = 5 << 20
_LONGEST = 10_000
_BEGIN, _END = b"begin:vcard", b"end:vcard"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM")
_HEAD = re.compile(rb"(?:[A-Za-z0-9-]{1,40}\.)?([A-Za-z][A-Za-z0-9-]{0,60})((?:;[^:]{0,2000})?):(.*)", re.DOTALL)
_PARAMETER = re.compile(r';([^;="]*)(?:=("[^"]*"|[^;"]*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPLIT = {sign: re.compile(rf"(?<!\\){sign}") for sign in ";,"}
_MOBILE = re.compile(r"(\+?86)?[\s-]*1[3-9]\d(?:[\s-]*\d){8}")
_CJK = re.compile(r"[\u3400-\u9fff]")
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
_GENDERS = {"m": "男", "f": "女", "male": "男", "female": "女", "1": "女", "2": "男", "男": "男", "女": "女"}
_NUMBERS = {"home": "宅电", "fax": "传真"}


@dataclass(frozen=True)
class Property:
    """One line of a card: `parameters` are lower-case, those without a name stand under ""."""

    name: str
    parameters: dict[str, tuple[str, ...]]
    data: bytes
    charset: str

    @property
    def types(self) -> frozenset[str]:
        return frozenset((*self.parameters.get("type", ()), *self.parameters.get("", ())))

    @property
    def text(self) -> str:
        """The whole value, escapes and all, one line ends as another."""
        text = self.data.decode(self.charset, "replace")[:_LONGEST]
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def plain(self) -> str:
        return _plain(self.text)

    def parts(self, sign: str = ";") -> list[str]:
        """The value's components."""
        return [_plain(part) for part in _SPLIT[sign].split(self.text)]


@dataclass
class Cards:
    """`rows` are those of a table whose headings are HEADINGS; `pictures` by row, the heading being row 0."""

    rows: list[tuple[str, ...]] = field(default_factory=lambda: [HEADINGS])
    pictures: dict[int, bytes] = field(default_factory=dict)
    warning: str = ""


def is_vcard(head: bytes) -> bool:
    """Whether a file begins with a card, whatever its coding."""
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower().startswith(_BEGIN)


def read_cards(data: bytes, name: str) -> Cards:
    """Every card of the file; KnownError when there is none that is whole."""
    data, charset = _as_bytes(data)
    found, home, broken = Cards(), 0, 0
    for card in _cards(data, charset):
        if card is None:
            broken += 1
            continue
        if len(found.rows) > MOST_CARDS:
            raise KnownError(f"“{name}”里的名片超过 {MOST_CARDS:,} 张，一次读不了。", "请分成几份再导入。")
        row, has_home = _row(card)
        if any(row):
            if picture := _picture(card):
                found.pictures[len(found.rows)] = picture
            found.rows.append(row)
            home += has_home
    if len(found.rows) == 1:
        raise KnownError(f"“{name}”里没有一张完整的名片。", "请在手机或名片软件里重新导出 .vcf 文件。")
    told = [f"有 {broken} 张名片不完整，没有读" if broken else "", f"{home} 张名片上的家庭住址没有导入" if home else ""]
    found.warning = "；".join(filter(None, told))
    return found


def _as_bytes(data: bytes) -> tuple[bytes, str]:
    """The file in a coding whose line ends are single bytes, and the charset of what does not say its own."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode(), "utf-8"
    if data[:64].count(0) >= 16:
        order = "utf-16-be" if data[0] == 0 else "utf-16-le"
        return data.decode(order, "replace").encode(), "utf-8"
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data, "gb18030"
    return data, "utf-8"


def _cards(data: bytes, charset: str) -> Iterator[list[Property] | None]:
    """The properties of each card; None for one that does not end. A card within a card (AGENT) is passed over."""
    card: list[Property] | None = None
    inner = 0
    for line in _lines(data):
        mark = line.strip().lower()
        if mark == _BEGIN and card is not None and _is_agent(card):
            inner += 1
        elif mark == _BEGIN:
            if card is not None:
                yield None
            card, inner = [], 0
        elif mark == _END and inner:
            inner -= 1
        elif mark == _END:
            if card is not None:
                yield card
            card = None
        elif card is not None and not inner and (found := _property(line, charset)):
            card.append(found)
    if card is not None:
        yield None


def _is_agent(card: list[Property]) -> bool:
    return bool(card) and card[-1].name == "AGENT" and not card[-1].data.strip()


def _lines(data: bytes) -> Iterator[bytes]:
    """Unfolded: what begins with a blank goes on with the line before; so does a quoted-printable line after "=",
    and base64 that old programs break without a blank."""
    whole: list[bytes] = []
    quoted = based = False
    for line in re.split(rb"\r\n|\n|\r", data):
        first = not whole
        if not first and quoted and whole[-1].rstrip().endswith(b"="):
            whole[-1] = whole[-1].rstrip()[:-1]
            whole.append(line)
            continue
        if not first and line[:1] in (b" ", b"\t"):
            whole.append(line[1:])
            continue
        if not first and based and line and b":" not in line:
            whole.append(line)
            continue
        if not first:
            yield b"".join(whole)
        whole = [line]
        head = line.partition(b":")[0].lower()
        quoted = b"quoted-printable" in head
        based = bool(re.search(rb"[;=]b(ase64)?(;|$)", head))
    if whole:
        yield b"".join(whole)


def _property(line: bytes, charset: str) -> Property | None:
    found = _HEAD.fullmatch(line.strip(b"\r\n"))
    if found is None:
        return None
    parameters: dict[str, tuple[str, ...]] = {}
    for key, value in _PARAMETER.findall(found[2].decode("latin-1")):
        name, words = (key, value) if value else ("", key)
        values = tuple(word.strip().lower() for word in words.strip('"').split(","))
        parameters[name.strip().lower()] = (*parameters.get(name.strip().lower(), ()), *values)
    data, coding = found[3], {*parameters.get("encoding", ()), *parameters.get("", ())}
    if "quoted-printable" in coding:
        data = quopri.decodestring(data)
    elif coding & {"base64", "b"}:
        data = _from_base64(data)
    return Property(found[1].decode("ascii").upper(), parameters, data, _charset(parameters, data, charset))


def _charset(parameters: dict[str, tuple[str, ...]], data: bytes, otherwise: str) -> str:
    """That which the line names, if the value is of it; else UTF-8 if it can be, else what the file is in."""
    named = next(iter(parameters.get("charset", ())), "")
    for charset in filter(None, (_CHARSETS.get(named, named), "utf-8", otherwise, "gb18030")):
        try:
            data.decode(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        return charset
    return "utf-8"


def _from_base64(data: bytes) -> bytes:
    try:
        return base64.b64decode(re.sub(rb"\s+", b"", data))
    except (binascii.Error, ValueError):
        return b""


def _plain(text: str) -> str:
    """Without escapes and blanks at the ends."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def _row(card: list[Property]) -> tuple[tuple[str, ...], bool]:
    """The card as a row, and whether it tells a home address, which nobody needs for work."""
    cells: list[list[str]] = [[] for _ in HEADINGS]
    notes: list[str] = []
    home = False
    for one in card:
        if one.name == "TEL":
            _take_number(one, cells, notes)
        elif one.name == "ADR":
            home = home or ("home" in one.types and "work" not in one.types)
            if "home" not in one.types or "work" in one.types:
                cells[ADDRESS].append(_address(one))
        elif one.name in _SIMPLE:
            cells[_SIMPLE[one.name]].append(one.plain)
        elif one.name == "ORG":
            firm, *departments = [part for part in one.parts() if part] or [""]
            cells[FIRM].append(firm)
            cells[POST][:0] = departments
        elif one.name in ("GENDER", "X-GENDER"):
            cells[GENDER].append(_GENDERS.get(one.parts()[0].lower(), ""))
        elif one.name in ("BDAY", "X-BIRTHDAY"):
            cells[BIRTHDAY].append(_birthday(one.plain))
        elif one.name in ("X-WECHAT", "X-WEIXIN") or (one.name == "IMPP" and "wechat" in one.text.lower()):
            cells[WECHAT].append(one.plain.rpartition(":")[2])
        elif one.name == "NICKNAME" and one.plain:
            notes.append(f"昵称：{one.plain}")
    cells[NAME] = [_name(card)]
    cells[NOTE] += notes
    row = tuple(_JOINED.get(at, "、").join(dict.fromkeys(filter(None, told))) for at, told in enumerate(cells))
    return _first_only(row, cells), home


def _first_only(row: tuple[str, ...], cells: list[list[str]]) -> tuple[str, ...]:
    """Of a firm, a birthday, a website and a gender there is one; what is said besides goes into the note."""
    found = list(row)
    for at in (FIRM, BIRTHDAY, GENDER, ADDRESS, WEBSITE):
        told = list(dict.fromkeys(filter(None, cells[at])))
        if len(told) > 1:
            found[at] = told[0]
            found[NOTE] = "\n".join(filter(None, (found[NOTE], f"{HEADINGS[at]}：{'、'.join(told[1:])}")))
    return tuple(found)


def _take_number(one: Property, cells: list[list[str]], notes: list[str]) -> None:
    number = one.plain.removeprefix("tel:").partition(";")[0].strip()
    special = next((words for kind, words in _NUMBERS.items() if kind in one.types and "cell" not in one.types), "")
    if _MOBILE.fullmatch(number) or "cell" in one.types:
        cells[MOBILE].append(number)
    elif special and number:
        notes.append(f"{special}：{number}")
    else:
        cells[PHONE].append(number)


def _name(card: list[Property]) -> str:
    """As Chinese names are written: 张伟, also where a telephone has parted it; others as the card calls them."""
    parts = next((one.parts() for one in card if one.name == "N"), [])
    family, given, middle, *_ = [*parts, "", "", ""]
    together = f"{family}{middle}{given}".replace(" ", "")
    full = next((one.plain for one in card if one.name == "FN"), "")
    if together and _CJK.search(together):
        return together
    return full or " ".join(filter(None, (given, middle, family)))


def _address(one: Property) -> str:
    """Box, extension, street, town, region, code, country: in Chinese from the large to the small."""
    box, more, street, town, region, _code, country = [*one.parts(), *[""] * 7][:7]
    parts = [country if country not in ("中国", "China", "CN") else "", region, town, street, more, box]
    glue = "" if _CJK.search("".join(parts)) else " "
    return glue.join(dict.fromkeys(filter(None, parts))).replace("\n", glue)


def _birthday(text: str) -> str:
    """19800101 and 1980-01-01T00:00:00Z as a day; --0101 as one of a year nobody says."""
    digits = text.partition("T")[0].replace("-", "")
    if text.startswith("--") and len(digits) == 4 and digits.isdigit():
        return f"{int(digits[:2])}月{int(digits[2:])}日"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdigit() else text


def _picture(card: list[Property]) -> bytes:
    """The photo that lies in the card itself; one that lies elsewhere is not fetched."""
    for one in card:
        if one.name == "PHOTO":
            data = one.data
            if data[:5].lower() == b"data:":
                data = _from_base64(data.partition(b",")[2])
            if data.startswith(_PICTURES) and len(data) <= LARGEST_PICTURE:
                return data
    return b""


_SIMPLE = {"TITLE": POST, "ROLE": POST, "EMAIL": EMAIL, "URL": WEBSITE, "NOTE": NOTE}
_JOINED = {NOTE: "\n", POST: " "}
