"""zhaoshang encrypt: a plain office and its backups become unreadable without a passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhaoshang_desktop.actions import encryption
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import file_of, name_for_admin
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.secret import VARIABLE, new_secret
from zhaoshang_desktop.cli.written import refuse_unwritable, written_path
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.passphrase import STILL_CLEAR
from zhaoshang_desktop.runtime import settings


def parser() -> Parser:
    parser = Parser(
        "encrypt",
        "给办公室和它的备份加密（SQLCipher）。不要在别处开着它。新密码取自环境变量 ZHAOSHANG_PASSPHRASE，\n"
        "没有这个变量就在终端里输入两遍。写成的新文件先检查，通过了才替换旧的。\n"
        "恢复密钥只显示这一次；用 --paper 存成一页 PDF，打印后请删掉它。",
        "  zhaoshang encrypt --office 清岚县.office --paper 恢复密钥.pdf",
    )
    parser.add_office()
    parser.add_argument("--paper", type=written_path(".pdf"), metavar="FILE.pdf", help="把恢复密钥存成一页 PDF")
    parser.add_argument(
        "--from", dest="place", type=Path, metavar="DIR", help="第二处备份所在的文件夹，一并加密；不给就用窗口里选的"
    )
    parser.add_argument("--keep", type=Path, metavar="FILE", help="把原来的明文文件留在这里；不给就不留")
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    path = file_of(args.office)
    if encryption.is_encrypted(str(path)):
        raise KnownError(f"“{path.name}”已经加密了。", "要换密码，用 zhaoshang passphrase。")
    for other in filter(None, (args.keep, args.paper)):
        refuse_unwritable(other)
    second = _second(args.place)
    name = name_for_admin(path)
    made = encryption.new_vault(new_secret(VARIABLE))
    done = encryption.encrypt(path, made, keep=args.keep, second=second)
    print(f"已加密“{path.name}”" + (f"，连同 {done.backups} 份备份。" if done.backups else "。"))
    print(f"恢复密钥（请抄下来，离开电脑保管）：\n  {made.recovery}")
    if args.paper:
        encryption.write_paper(name, made.recovery, args.paper)
        print(f"恢复密钥已存成 {args.paper}，打印后请删掉它。")
    for left in done.left:
        print(f"“{left}”没有加密，里面还是明文，请删掉它或移到安全的地方。")
    if second is not None and not second.is_dir():
        print(f"第二处备份“{second}”这次不在，那里的备份还是明文。")
    print(STILL_CLEAR)
    return FAILED if done.left else 0


def _second(given: Path | None) -> Path | None:
    """The second place of backups: as given, else as chosen in the window."""
    if given is not None and not given.is_dir():
        raise KnownError(f"文件夹“{given}”不在，没有加密。", "请插好U盘、连上共享，或换一个文件夹。")
    chosen = str(settings.load().choices.get(settings.SECOND, ""))
    return given or (Path(chosen) if chosen else None)
