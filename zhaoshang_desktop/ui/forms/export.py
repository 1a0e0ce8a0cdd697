# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'export.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QRadioButton, QSizePolicy, QSpacerItem, QVBoxLayout

class Ui_Export(object):
    def setupUi(self, Export):
        if not Export.objectName():
            Export.setObjectName(u"Export")
        Export.resize(440, 240)
        self.column = QVBoxLayout(Export)
        self.column.setSpacing(10)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(20, 20, 20, 16)
        self.sentence = QLabel(Export)
        self.sentence.setObjectName(u"sentence")

        self.column.addWidget(self.sentence)

        self.chosen = QRadioButton(Export)
        self.chosen.setObjectName(u"chosen")

        self.column.addWidget(self.chosen)

        self.listed = QRadioButton(Export)
        self.listed.setObjectName(u"listed")
        self.listed.setChecked(True)

        self.column.addWidget(self.listed)

        self.masked = QCheckBox(Export)
        self.masked.setObjectName(u"masked")
        self.masked.setChecked(True)

        self.column.addWidget(self.masked)

        self.hint = QLabel(Export)
        self.hint.setObjectName(u"hint")
        self.hint.setWordWrap(True)

        self.column.addWidget(self.hint)

        self.space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.space)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.left = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.left)

        self.cancel = QPushButton(Export)
        self.cancel.setObjectName(u"cancel")

        self.buttons.addWidget(self.cancel)

        self.ok = QPushButton(Export)
        self.ok.setObjectName(u"ok")

        self.buttons.addWidget(self.ok)


        self.column.addLayout(self.buttons)


        self.retranslateUi(Export)
        self.cancel.clicked.connect(Export.reject)

        self.ok.setDefault(True)


        QMetaObject.connectSlotsByName(Export)
    # setupUi

    def retranslateUi(self, Export):
        Export.setWindowTitle(QCoreApplication.translate("Export", u"\u5bfc\u51fa", None))
        self.sentence.setText(QCoreApplication.translate("Export", u"\u5bfc\u51fa\u6210 Excel \u767b\u8bb0\u518c\u3002", None))
        self.sentence.setProperty(u"role", QCoreApplication.translate("Export", u"section", None))
        self.chosen.setText(QCoreApplication.translate("Export", u"\u52fe\u9009\u7684", None))
        self.listed.setText(QCoreApplication.translate("Export", u"\u73b0\u5728\u5217\u8868\u91cc\u7684", None))
        self.masked.setText(QCoreApplication.translate("Export", u"\u906e\u4f4f\u4e2a\u4eba\u4fe1\u606f\uff08\u624b\u673a 138****1234\uff09", None))
        self.hint.setText(QCoreApplication.translate("Export", u"\u8981\u53d1\u5230\u5916\u9762\u7684\u8868\u8bf7\u906e\u4f4f\u3002\u4e0d\u906e\u4f4f\u7684\u8868\u91cc\u6709\u8054\u7cfb\u4eba\u7684\u624b\u673a\u3001\u751f\u65e5\u548c\u4e60\u60ef\uff0c\u53ea\u80fd\u5728\u529e\u516c\u5ba4\u91cc\u7528\u3002", None))
        self.hint.setProperty(u"role", QCoreApplication.translate("Export", u"secondary", None))
        self.cancel.setText(QCoreApplication.translate("Export", u"\u53d6\u6d88", None))
        self.ok.setText(QCoreApplication.translate("Export", u"\u9009\u62e9\u6587\u4ef6\u5e76\u5bfc\u51fa\u2026", None))
        self.ok.setProperty(u"kind", QCoreApplication.translate("Export", u"primary", None))
    # retranslateUi

