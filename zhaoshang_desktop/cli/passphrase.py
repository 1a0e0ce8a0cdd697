"""zhaoshang passphrase: another passphrase, or another recovery key."""

from __future__ import annotations

from collections.abc import Sequence

from zhaoshang_desktop.actions import encryption
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import file_of, name_for_admin
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.secret import NEW_VARIABLE, new_secret, secret
from zhaoshang_desktop.cli.written import refuse_unwritable, written_path


def parser() -> Parser:
    parser = Parser(
        "passphrase",
        "更换加密办公室的密码。现在的密码（或恢复密钥）取自 ZHAOSHANG_PASSPHRASE，新密码取自\n"
        "ZHAOSHANG_NEW_PASSPHRASE；没有变量就在终端里输入。数据不重写，办公室开着也可以换。\n"
        "已有的备份和出差包仍用它们做成时的密码打开。\n"
        "--recovery 不换密码，而是换一把恢复密钥：旧的那张纸随即作废。",
        "  zhaoshang passphrase --office 清岚县.office\n"
        "  zhaoshang passphrase --recovery --paper 恢复密钥.pdf --office 清岚县.office",
    )
    parser.add_office()
    parser.add_argument("--recovery", action="store_true", help="换一把恢复密钥")
    parser.add_argument(
        "--paper", type=written_path(".pdf"), metavar="FILE.pdf", help="和 --recovery 一起：存成一页 PDF"
    )
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    asked = parser()
    args = asked.parse_args(arguments)
    if args.paper and not args.recovery:
        asked.error("--paper 要和 --recovery 一起用")
    path = file_of(args.office)
    if args.paper:
        refuse_unwritable(args.paper)
    given = secret() if encryption.is_encrypted(str(path)) else ""
    name_for_admin(path, given)
    if not args.recovery:
        encryption.change_passphrase(path, given, new_secret(NEW_VARIABLE))
        print("密码已更换。已有的备份和出差包仍用原来的密码打开。")
        return 0
    recovery = encryption.new_recovery(path, given)
    print(f"新的恢复密钥（旧的已作废）：\n  {recovery}")
    if args.paper:
        encryption.write_paper(path.stem, recovery, args.paper)
        print(f"已存成 {args.paper}，打印后请删掉它。")
    return 0
