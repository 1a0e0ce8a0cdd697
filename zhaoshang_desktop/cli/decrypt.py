"""zhaoshang decrypt: an encrypted office in clear again."""

from __future__ import annotations

from collections.abc import Sequence

from zhaoshang_desktop.actions import encryption
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import file_of, name_for_admin
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.secret import secret


def parser() -> Parser:
    parser = Parser(
        "decrypt",
        "把加密的办公室写回明文，任何人拿到文件都能读。不要在别处开着它。备份仍是加密的，用原来的密码打开。",
        "  zhaoshang decrypt --office 清岚县.office",
    )
    parser.add_office()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    path = file_of(args.office)
    given = secret() if encryption.is_encrypted(str(path)) else ""
    name_for_admin(path, given)
    encryption.decrypt(path, given)
    print(f"“{path.name}”现在是明文。")
    return 0
