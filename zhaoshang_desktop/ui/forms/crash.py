# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'crash.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout

class Ui_Crash(object):
    def setupUi(self, Crash):
        if not Crash.objectName():
            Crash.setObjectName(u"Crash")
        Crash.resize(560, 360)
        self.column = QVBoxLayout(Crash)
        self.column.setSpacing(12)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(24, 20, 24, 16)
        self.sentence = QLabel(Crash)
        self.sentence.setObjectName(u"sentence")
        self.sentence.setWordWrap(True)

        self.column.addWidget(self.sentence)

        self.advice = QLabel(Crash)
        self.advice.setObjectName(u"advice")
        self.advice.setWordWrap(True)

        self.column.addWidget(self.advice)

        self.details = QPlainTextEdit(Crash)
        self.details.setObjectName(u"details")
        self.details.setReadOnly(True)

        self.column.addWidget(self.details)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.copy = QPushButton(Crash)
        self.copy.setObjectName(u"copy")

        self.buttons.addWidget(self.copy)

        self.left = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.left)

        self.close = QPushButton(Crash)
        self.close.setObjectName(u"close")

        self.buttons.addWidget(self.close)


        self.column.addLayout(self.buttons)


        self.retranslateUi(Crash)
        self.close.clicked.connect(Crash.accept)

        self.close.setDefault(True)


        QMetaObject.connectSlotsByName(Crash)
    # setupUi

    def retranslateUi(self, Crash):
        Crash.setWindowTitle(QCoreApplication.translate("Crash", u"\u7a0b\u5e8f\u51fa\u9519", None))
        self.sentence.setText(QCoreApplication.translate("Crash", u"\u7a0b\u5e8f\u51fa\u4e86\u4e00\u4e2a\u6ca1\u6709\u6599\u5230\u7684\u9519\u8bef\u3002\u5df2\u7ecf\u4fdd\u5b58\u7684\u8d44\u6599\u90fd\u5728\uff1b\u521a\u624d\u90a3\u4e00\u6b65\u6ca1\u6709\u505a\u5b8c\uff0c\u4e5f\u6ca1\u6709\u5199\u8fdb\u53bb\u4e00\u534a\u3002", None))
        self.sentence.setProperty(u"role", QCoreApplication.translate("Crash", u"heading", None))
        self.advice.setText(QCoreApplication.translate("Crash", u"\u53ef\u4ee5\u63a5\u7740\u7528\u3002\u628a\u4e0b\u9762\u7684\u6587\u5b57\u590d\u5236\u7ed9\u7ef4\u62a4\u4eba\u5458\u4e4b\u524d\uff0c\u8bf7\u770b\u4e00\u773c\u91cc\u9762\u6709\u6ca1\u6709\u4e0d\u8be5\u5916\u4f20\u7684\u5185\u5bb9\u3002", None))
        self.copy.setText(QCoreApplication.translate("Crash", u"\u590d\u5236", None))
        self.close.setText(QCoreApplication.translate("Crash", u"\u63a5\u7740\u7528", None))
        self.close.setProperty(u"kind", QCoreApplication.translate("Crash", u"primary", None))
    # retranslateUi

