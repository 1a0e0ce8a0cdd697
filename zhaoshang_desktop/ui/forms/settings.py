# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'settings.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

class Ui_Settings(object):
    def setupUi(self, Settings):
        if not Settings.objectName():
            Settings.setObjectName(u"Settings")
        Settings.resize(440, 300)
        self.column = QVBoxLayout(Settings)
        self.column.setSpacing(12)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(20, 20, 20, 16)
        self.lines = QFormLayout()
        self.lines.setObjectName(u"lines")
        self.lines.setHorizontalSpacing(16)
        self.lines.setVerticalSpacing(10)
        self.meLabel = QLabel(Settings)
        self.meLabel.setObjectName(u"meLabel")

        self.lines.setWidget(0, QFormLayout.ItemRole.LabelRole, self.meLabel)

        self.me = QWidget(Settings)
        self.me.setObjectName(u"me")

        self.lines.setWidget(0, QFormLayout.ItemRole.FieldRole, self.me)

        self.meHint = QLabel(Settings)
        self.meHint.setObjectName(u"meHint")
        self.meHint.setWordWrap(True)

        self.lines.setWidget(1, QFormLayout.ItemRole.FieldRole, self.meHint)

        self.schemeLabel = QLabel(Settings)
        self.schemeLabel.setObjectName(u"schemeLabel")

        self.lines.setWidget(2, QFormLayout.ItemRole.LabelRole, self.schemeLabel)

        self.scheme = QComboBox(Settings)
        self.scheme.addItem("")
        self.scheme.addItem("")
        self.scheme.addItem("")
        self.scheme.setObjectName(u"scheme")

        self.lines.setWidget(2, QFormLayout.ItemRole.FieldRole, self.scheme)

        self.densityLabel = QLabel(Settings)
        self.densityLabel.setObjectName(u"densityLabel")

        self.lines.setWidget(3, QFormLayout.ItemRole.LabelRole, self.densityLabel)

        self.density = QComboBox(Settings)
        self.density.addItem("")
        self.density.addItem("")
        self.density.addItem("")
        self.density.setObjectName(u"density")

        self.lines.setWidget(3, QFormLayout.ItemRole.FieldRole, self.density)

        self.sizeLabel = QLabel(Settings)
        self.sizeLabel.setObjectName(u"sizeLabel")

        self.lines.setWidget(4, QFormLayout.ItemRole.LabelRole, self.sizeLabel)

        self.textSize = QComboBox(Settings)
        self.textSize.addItem("")
        self.textSize.addItem("")
        self.textSize.addItem("")
        self.textSize.setObjectName(u"textSize")

        self.lines.setWidget(4, QFormLayout.ItemRole.FieldRole, self.textSize)


        self.column.addLayout(self.lines)

        self.space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.space)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.left = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.left)

        self.cancel = QPushButton(Settings)
        self.cancel.setObjectName(u"cancel")

        self.buttons.addWidget(self.cancel)

        self.ok = QPushButton(Settings)
        self.ok.setObjectName(u"ok")

        self.buttons.addWidget(self.ok)


        self.column.addLayout(self.buttons)


        self.retranslateUi(Settings)
        self.ok.clicked.connect(Settings.accept)
        self.cancel.clicked.connect(Settings.reject)

        self.ok.setDefault(True)


        QMetaObject.connectSlotsByName(Settings)
    # setupUi

    def retranslateUi(self, Settings):
        Settings.setWindowTitle(QCoreApplication.translate("Settings", u"\u8bbe\u7f6e", None))
        self.meLabel.setText(QCoreApplication.translate("Settings", u"\u6211\u662f", None))
        self.meHint.setText(QCoreApplication.translate("Settings", u"\u4ece\u62db\u5546\u4eba\u5458\u91cc\u9009\u3002\u201c\u6211\u7684\u5ba2\u5546\u201d\u201c\u6211\u7684\u9879\u76ee\u201d\u6309\u5b83\u6765\u7b97\u3002", None))
        self.meHint.setProperty(u"role", QCoreApplication.translate("Settings", u"secondary", None))
        self.schemeLabel.setText(QCoreApplication.translate("Settings", u"\u989c\u8272", None))
        self.scheme.setItemText(0, QCoreApplication.translate("Settings", u"\u8ddf\u968f\u7cfb\u7edf", None))
        self.scheme.setItemText(1, QCoreApplication.translate("Settings", u"\u6d45\u8272", None))
        self.scheme.setItemText(2, QCoreApplication.translate("Settings", u"\u6df1\u8272", None))

        self.densityLabel.setText(QCoreApplication.translate("Settings", u"\u884c\u9ad8", None))
        self.density.setItemText(0, QCoreApplication.translate("Settings", u"\u7d27\u51d1", None))
        self.density.setItemText(1, QCoreApplication.translate("Settings", u"\u9002\u4e2d", None))
        self.density.setItemText(2, QCoreApplication.translate("Settings", u"\u5bbd\u677e", None))

        self.sizeLabel.setText(QCoreApplication.translate("Settings", u"\u5b57\u53f7", None))
        self.textSize.setItemText(0, QCoreApplication.translate("Settings", u"\u6807\u51c6", None))
        self.textSize.setItemText(1, QCoreApplication.translate("Settings", u"\u5927", None))
        self.textSize.setItemText(2, QCoreApplication.translate("Settings", u"\u7279\u5927", None))

        self.cancel.setText(QCoreApplication.translate("Settings", u"\u53d6\u6d88", None))
        self.ok.setText(QCoreApplication.translate("Settings", u"\u597d", None))
        self.ok.setProperty(u"kind", QCoreApplication.translate("Settings", u"primary", None))
    # retranslateUi

