"""文件: what is attached to a record, where files are dropped and pictures pasted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.attachment import (
    Attached,
    Filed,
    attach_files,
    attach_picture,
    files_of,
    lay_out,
    remove_attachments,
    rename_attachment,
    save_attachments,
)
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.runtime.paths import opened_folder
from zhaoshang_desktop.ui.dropping import files_in
from zhaoshang_desktop.ui.library.file_list import KEY, SECOND, THUMB, FileList
from zhaoshang_desktop.ui.pieces import hover

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

HINT = "把文件、照片拖到这里，或按 Ctrl+V 粘贴截图。"
_MOST_SEEN = 20 * 1024**2
COMMANDS = (
    ("open", "打开", "Enter"),
    ("save", "另存为…", ""),
    ("rename", "重命名", "F2"),
    ("remove", "移除", "Del"),
    ("", "", ""),
    ("paste", "粘贴图片或文件", "Ctrl+V"),
    ("original", "添加原图（不缩小）…", ""),
)

WRITES = ("rename", "remove", "paste", "original")


class FilesPane(QWidget):
    """`put` shows the files of one record; all that is done here is done to that record at once."""

    def __init__(self, desk: Desk, owner: type[Record], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._desk = desk
        self._owner = owner
        self._key = 0
        self._thumbs: dict[str, QPixmap] = {}
        self._files: dict[int, Attachment] = {}
        self.list = FileList(self)
        self.list.opened.connect(self.open)
        self.list.removal_asked.connect(self.remove)
        self.list.paste_asked.connect(self.paste)
        self.list.menu_asked.connect(self._menu)
        self.list.renamed.connect(self._rename)
        self._add = QPushButton("＋ 添加文件…", self)
        self._add.setToolTip("照片会缩小到 2560 像素后保存")
        self._add.clicked.connect(self.choose)
        self._more = QPushButton("更多", self)
        self._more.clicked.connect(self._menu_below)
        self._hint = QLabel(HINT, self)
        self._hint.setProperty("role", "secondary")
        self._hint.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._hint, 1)
        row.addWidget(self._add)
        row.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.list)
        column.addStretch(1)

    @property
    def key(self) -> int:
        """The record whose files are shown."""
        return self._key

    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """What Tab goes to."""
        return self._add, self._more

    def put(self, key: int, files: Sequence[Filed]) -> None:
        """Show the files of that record; 0 is one that is not stored yet."""
        kept = self.list.current_key if key == self._key else 0
        self._key = key
        self._files = {one.attachment.id: one.attachment for one in files}
        self.list.clear()
        for one in files:
            self._line(one)
        self.list.settle(kept)
        may_write = self._desk.may_write
        self._add.setVisible(may_write)
        for button in (self._add, self._more):
            button.setEnabled(bool(key))
        reading = "" if files else "没有文件。"
        self._hint.setText((HINT if key else "保存以后就可以添加文件和照片。") if may_write else reading)
        self._look_for_thumbs()

    def choose(self) -> None:
        """Ask for files and attach them."""
        self._choose(original=False)

    def attach(self, paths: Sequence[Path], *, original: bool = False) -> None:
        """Put these files to the record."""
        if not self._desk.may_write:
            self._desk.allows(Right.WRITE)
        elif self._key and paths:
            action = partial(attach_files, original=original)
            words = "正在添加文件"
            self._desk.run(
                action, self._owner, self._key, list(paths), on_done=self._attached, words=words, steps=True
            )  # fmt: skip

    def paste(self) -> None:
        """What the clipboard holds: files that were copied, or a picture."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._desk.say("剪贴板里没有图片或文件。")

    def take(self, carried: QMimeData) -> bool:
        """Attach what is carried, if it is files or a picture; False when it is neither."""
        paths = files_in(carried)
        if paths:
            self.attach(paths)
            return True
        data = _png(carried)
        if data and self._key:
            self._desk.run(attach_picture, self._owner, self._key, data, on_done=self._attached, words="正在添加图片")
        return bool(data)

    def open(self) -> None:
        """The current file in the PC's own program, as a copy that cannot be changed."""
        key = self.list.current_key
        if key:
            self._desk.ask(("file", "open"), _laid_out(key, opened_folder()), self._show)

    def remove(self) -> None:
        """The selected files into the recycle bin."""
        keys = self.list.chosen_keys()
        if keys and self._desk.may_write:
            self._desk.run(remove_attachments, keys, on_done=self._removed)

    def save(self) -> None:
        """The selected files into a folder that is asked for."""
        keys = self.list.chosen_keys()
        folder = QFileDialog.getExistingDirectory(self, "另存到文件夹", str(Path.home())) if keys else ""
        if folder:
            self.save_to(Path(folder))

    def save_to(self, folder: Path) -> None:
        """The selected files into that folder."""
        self._desk.run(save_attachments, self.list.chosen_keys(), folder, on_done=self._tell_saved, words="正在另存")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._key and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.attach(files_in(event.mimeData()))

    def _line(self, one: Filed) -> None:
        file = one.attachment
        item = QListWidgetItem(file.name, self.list)
        if self._desk.may_write:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        at = f"{to_local(file.created):%Y-%m-%d %H:%M}" if file.created else ""
        item.setData(KEY, str(file.id))
        item.setData(SECOND, "　".join(filter(None, (size_text(file.size or 0), at, one.by, file.note))))
        item.setData(THUMB, self._thumbs.get(file.sha256))
        item.setToolTip(hover(file.name))

    def _look_for_thumbs(self) -> None:
        missing = [
            one
            for one in self._files.values()
            if one.media_type.startswith("image/") and one.sha256 not in self._thumbs
        ]
        if missing:
            ratio = self.devicePixelRatioF()
            question = _thumbs(missing, round(self.list.thumb_px * ratio))
            self._desk.ask(("thumbs", self._owner.NOUN, self._key), question, self._take_thumb, later=True)

    def _take_thumb(self, found: tuple[int, str, bytes]) -> None:
        key, sha256, data = found
        picture = QPixmap.fromImage(QImage.fromData(data))
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._thumbs[sha256] = picture
        self.list.set_thumb(key, picture)

    def _choose(self, *, original: bool) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, "添加原图" if original else "添加文件", str(Path.home()))
        self.attach([Path(path) for path in paths], original=original)

    def _menu_below(self) -> None:
        self._menu(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        able = bool(self.list.chosen_keys())
        for name, text, key in COMMANDS:
            if not name:
                menu.addSeparator()
                continue
            action = menu.addAction(f"{text}\t{key}" if key else text)
            action.setData(name)
            writes = name in WRITES
            action.setEnabled((able or name in ("paste", "original")) and (self._desk.may_write or not writes))
        menu.triggered.connect(self._call)
        menu.popup(place)

    def _call(self, action: object) -> None:
        name = action.data()  # type: ignore[attr-defined]
        orders: dict[str, Callable[[], object]] = {
            "open": self.open,
            "save": self.save,
            "rename": self.list.rename,
            "remove": self.remove,
            "paste": self.paste,
            "original": self._choose_original,
        }
        orders[name]()

    def _choose_original(self) -> None:
        self._choose(original=True)

    def _rename(self, key: int, name: str) -> None:
        if key in self._files and name.strip() != self._files[key].name:
            self._desk.run(rename_attachment, key, name, on_error=self._not_renamed)

    def _not_renamed(self, error: KnownError) -> None:
        self._desk.complained.emit(error)

    def _attached(self, done: Attached) -> None:
        parts = [f"已添加 {done.count} 个文件"] if done.count else []
        if done.scaled:
            parts.append(f"其中 {done.scaled} 张照片已缩小")
        if done.known:
            parts.append(f"“{done.known[0]}”{f'等 {len(done.known)} 个' if len(done.known) > 1 else ''}原来就有")
        self._desk.say("，".join(parts) + "。", done.changes.batch)

    def _removed(self, changes: Changes) -> None:
        self._desk.say("文件已移除。", changes.batch)

    def _show(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.complained.emit(
                KnownError(f"这台电脑上没有能打开“{path.name}”的程序。", "请另存后在别的电脑上打开。")
            )

    def _tell_saved(self, paths: Sequence[Path]) -> None:
        more = f"等 {len(paths)} 个文件" if len(paths) > 1 else ""
        self._desk.say(f"已另存“{paths[0].name}”{more}，在 {paths[0].parent}。")


def files_question(owner: type[Record], key: int) -> Callable[[Office], list[Filed]]:
    """The question for the files of a record."""
    return lambda office: files_of(office, owner, key)


def _png(carried: QMimeData) -> bytes:
    image = carried.imageData() if carried.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _laid_out(key: int, folder: Path) -> Callable[[Office], Path]:
    return lambda office: lay_out(office, key, folder)


def _thumbs(wanted: Sequence[Attachment], edge: int) -> Callable[[Office], Iterator[tuple[int, str, bytes]]]:
    def question(office: Office) -> Iterator[tuple[int, str, bytes]]:
        from zhaoshang_desktop.exchange.photos import thumbnail  # Pillow, when first needed

        for one in wanted:
            if (one.size or 0) <= _MOST_SEEN and (data := office.blob(one.sha256)):
                small = thumbnail(data, edge)
                if small:
                    yield one.id, one.sha256, small

    return question
