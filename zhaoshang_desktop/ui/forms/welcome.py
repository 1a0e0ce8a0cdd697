# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'welcome.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

class Ui_Welcome(object):
    def setupUi(self, Welcome):
        if not Welcome.objectName():
            Welcome.setObjectName(u"Welcome")
        Welcome.resize(560, 380)
        self.column = QVBoxLayout(Welcome)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(28, 16, 28, 16)
        self.title = QLabel(Welcome)
        self.title.setObjectName(u"title")

        self.column.addWidget(self.title)

        self.sentence = QLabel(Welcome)
        self.sentence.setObjectName(u"sentence")
        self.sentence.setWordWrap(True)

        self.column.addWidget(self.sentence)

        self.lines = QFormLayout()
        self.lines.setObjectName(u"lines")
        self.lines.setHorizontalSpacing(16)
        self.lines.setVerticalSpacing(8)
        self.nameLabel = QLabel(Welcome)
        self.nameLabel.setObjectName(u"nameLabel")

        self.lines.setWidget(0, QFormLayout.ItemRole.LabelRole, self.nameLabel)

        self.name = QLineEdit(Welcome)
        self.name.setObjectName(u"name")

        self.lines.setWidget(0, QFormLayout.ItemRole.FieldRole, self.name)

        self.actorLabel = QLabel(Welcome)
        self.actorLabel.setObjectName(u"actorLabel")

        self.lines.setWidget(1, QFormLayout.ItemRole.LabelRole, self.actorLabel)

        self.actor = QLineEdit(Welcome)
        self.actor.setObjectName(u"actor")

        self.lines.setWidget(1, QFormLayout.ItemRole.FieldRole, self.actor)

        self.placeLabel = QLabel(Welcome)
        self.placeLabel.setObjectName(u"placeLabel")

        self.lines.setWidget(2, QFormLayout.ItemRole.LabelRole, self.placeLabel)

        self.placeLine = QHBoxLayout()
        self.placeLine.setSpacing(8)
        self.placeLine.setObjectName(u"placeLine")
        self.place = QLineEdit(Welcome)
        self.place.setObjectName(u"place")

        self.placeLine.addWidget(self.place)

        self.choose = QPushButton(Welcome)
        self.choose.setObjectName(u"choose")

        self.placeLine.addWidget(self.choose)


        self.lines.setLayout(2, QFormLayout.ItemRole.FieldRole, self.placeLine)

        self.encrypt = QCheckBox(Welcome)
        self.encrypt.setObjectName(u"encrypt")

        self.lines.setWidget(3, QFormLayout.ItemRole.FieldRole, self.encrypt)

        self.secretPlace = QWidget(Welcome)
        self.secretPlace.setObjectName(u"secretPlace")

        self.lines.setWidget(4, QFormLayout.ItemRole.FieldRole, self.secretPlace)


        self.column.addLayout(self.lines)

        self.wrong = QLabel(Welcome)
        self.wrong.setObjectName(u"wrong")
        self.wrong.setWordWrap(True)

        self.column.addWidget(self.wrong)

        self.space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.space)

        self.secrets = QLabel(Welcome)
        self.secrets.setObjectName(u"secrets")
        self.secrets.setWordWrap(True)

        self.column.addWidget(self.secrets)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.open = QPushButton(Welcome)
        self.open.setObjectName(u"open")

        self.buttons.addWidget(self.open)

        self.left = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.left)

        self.create = QPushButton(Welcome)
        self.create.setObjectName(u"create")

        self.buttons.addWidget(self.create)


        self.column.addLayout(self.buttons)


        self.retranslateUi(Welcome)

        self.create.setDefault(True)


        QMetaObject.connectSlotsByName(Welcome)
    # setupUi

    def retranslateUi(self, Welcome):
        Welcome.setWindowTitle(QCoreApplication.translate("Welcome", u"\u62db\u5546\u684c\u9762", None))
        self.title.setText(QCoreApplication.translate("Welcome", u"\u5efa\u7acb\u4f60\u4eec\u7684\u529e\u516c\u5ba4", None))
        self.title.setProperty(u"role", QCoreApplication.translate("Welcome", u"title", None))
        self.sentence.setText(QCoreApplication.translate("Welcome", u"\u5168\u90e8\u8d44\u6599\u653e\u5728\u4e00\u4e2a\u6587\u4ef6\u91cc\uff0c\u5c31\u5728\u8fd9\u53f0\u7535\u8111\u4e0a\uff0c\u4e0d\u8fde\u7f51\u4e5f\u80fd\u7528\u3002", None))
        self.nameLabel.setText(QCoreApplication.translate("Welcome", u"\u5355\u4f4d\u540d\u79f0", None))
        self.name.setPlaceholderText(QCoreApplication.translate("Welcome", u"\u4f8b\u5982\uff1a\u6e05\u5c9a\u53bf\u6295\u8d44\u4fc3\u8fdb\u5c40", None))
        self.actorLabel.setText(QCoreApplication.translate("Welcome", u"\u4f60\u7684\u59d3\u540d", None))
        self.actor.setPlaceholderText(QCoreApplication.translate("Welcome", u"\u5199\u5728\u4fee\u6539\u5386\u53f2\u91cc", None))
        self.placeLabel.setText(QCoreApplication.translate("Welcome", u"\u5b58\u653e\u4f4d\u7f6e", None))
        self.choose.setText(QCoreApplication.translate("Welcome", u"\u66f4\u6539\u2026", None))
        self.encrypt.setText(QCoreApplication.translate("Welcome", u"\u52a0\u5bc6\uff08\u63a8\u8350\u5728\u7b14\u8bb0\u672c\u4e0a\uff09", None))
        self.wrong.setProperty(u"role", QCoreApplication.translate("Welcome", u"wrong", None))
        self.secrets.setText(QCoreApplication.translate("Welcome", u"\u4e0d\u5f97\u5f55\u5165\u56fd\u5bb6\u79d8\u5bc6\u548c\u5de5\u4f5c\u79d8\u5bc6\uff08\u9886\u5bfc\u6d3b\u52a8\u5b89\u6392\u5f80\u5f80\u5c5e\u4e8e\u5de5\u4f5c\u79d8\u5bc6\uff09\u3002\u672c\u7a0b\u5e8f\u4e0d\u8054\u7f51\uff1b\u6587\u4ef6\u52a0\u5bc6\u7528\u7684 SQLCipher \u4e0d\u662f\u7ecf\u8ba4\u8bc1\u7684\u5546\u7528\u5bc6\u7801\u4ea7\u54c1\u3002", None))
        self.secrets.setProperty(u"role", QCoreApplication.translate("Welcome", u"weak", None))
        self.open.setText(QCoreApplication.translate("Welcome", u"\u6253\u5f00\u529e\u516c\u5ba4\u6216\u51fa\u5dee\u5305\u2026", None))
        self.create.setText(QCoreApplication.translate("Welcome", u"\u65b0\u5efa\u529e\u516c\u5ba4", None))
        self.create.setProperty(u"kind", QCoreApplication.translate("Welcome", u"primary", None))
    # retranslateUi

