# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'trip_log.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QSpacerItem, QWidget

from zhaoshang_desktop.ui.trip.cut_button import CutButton
class Ui_TripLog(object):
    def setupUi(self, TripLog):
        if not TripLog.objectName():
            TripLog.setObjectName(u"TripLog")
        TripLog.resize(760, 560)
        self.lines = QGridLayout(TripLog)
        self.lines.setObjectName(u"lines")
        self.lines.setHorizontalSpacing(16)
        self.lines.setVerticalSpacing(10)
        self.lines.setContentsMargins(24, 16, 24, 16)
        self.title = QLabel(TripLog)
        self.title.setObjectName(u"title")

        self.lines.addWidget(self.title, 0, 0, 1, 4)

        self.second = QLabel(TripLog)
        self.second.setObjectName(u"second")
        self.second.setWordWrap(True)

        self.lines.addWidget(self.second, 1, 0, 1, 4)

        self.membersLabel = QLabel(TripLog)
        self.membersLabel.setObjectName(u"membersLabel")

        self.lines.addWidget(self.membersLabel, 2, 0, 1, 1)

        self.members = QWidget(TripLog)
        self.members.setObjectName(u"members")

        self.lines.addWidget(self.members, 2, 1, 1, 3)

        self.hostsLabel = QLabel(TripLog)
        self.hostsLabel.setObjectName(u"hostsLabel")

        self.lines.addWidget(self.hostsLabel, 3, 0, 1, 1)

        self.hosts = QWidget(TripLog)
        self.hosts.setObjectName(u"hosts")

        self.lines.addWidget(self.hosts, 3, 1, 1, 3)

        self.saidLabel = QLabel(TripLog)
        self.saidLabel.setObjectName(u"saidLabel")

        self.lines.addWidget(self.saidLabel, 4, 0, 1, 1)

        self.said = QPlainTextEdit(TripLog)
        self.said.setObjectName(u"said")
        self.said.setTabChangesFocus(True)

        self.lines.addWidget(self.said, 4, 1, 1, 3)

        self.resultLabel = QLabel(TripLog)
        self.resultLabel.setObjectName(u"resultLabel")

        self.lines.addWidget(self.resultLabel, 5, 0, 1, 1)

        self.result = QPlainTextEdit(TripLog)
        self.result.setObjectName(u"result")
        self.result.setTabChangesFocus(True)

        self.lines.addWidget(self.result, 5, 1, 1, 3)

        self.intentionLabel = QLabel(TripLog)
        self.intentionLabel.setObjectName(u"intentionLabel")

        self.lines.addWidget(self.intentionLabel, 6, 0, 1, 1)

        self.intention = QWidget(TripLog)
        self.intention.setObjectName(u"intention")

        self.lines.addWidget(self.intention, 6, 1, 1, 3)

        self.nextLabel = QLabel(TripLog)
        self.nextLabel.setObjectName(u"nextLabel")

        self.lines.addWidget(self.nextLabel, 7, 0, 1, 1)

        self.next_step = QWidget(TripLog)
        self.next_step.setObjectName(u"next_step")

        self.lines.addWidget(self.next_step, 7, 1, 1, 3)

        self.dueLabel = QLabel(TripLog)
        self.dueLabel.setObjectName(u"dueLabel")

        self.lines.addWidget(self.dueLabel, 8, 0, 1, 1)

        self.next_due = QWidget(TripLog)
        self.next_due.setObjectName(u"next_due")

        self.lines.addWidget(self.next_due, 8, 1, 1, 1)

        self.ownerLabel = QLabel(TripLog)
        self.ownerLabel.setObjectName(u"ownerLabel")

        self.lines.addWidget(self.ownerLabel, 8, 2, 1, 1)

        self.next_owner = QWidget(TripLog)
        self.next_owner.setObjectName(u"next_owner")

        self.lines.addWidget(self.next_owner, 8, 3, 1, 1)

        self.filesLabel = QLabel(TripLog)
        self.filesLabel.setObjectName(u"filesLabel")

        self.lines.addWidget(self.filesLabel, 9, 0, 1, 1)

        self.files = QWidget(TripLog)
        self.files.setObjectName(u"files")

        self.lines.addWidget(self.files, 9, 1, 1, 3)

        self.countedLabel = QLabel(TripLog)
        self.countedLabel.setObjectName(u"countedLabel")

        self.lines.addWidget(self.countedLabel, 10, 0, 1, 1)

        self.counted = CutButton(TripLog)
        self.counted.setObjectName(u"counted")

        self.lines.addWidget(self.counted, 10, 1, 1, 3)

        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.setObjectName(u"foot")
        self.save = QPushButton(TripLog)
        self.save.setObjectName(u"save")

        self.foot.addWidget(self.save)

        self.keys = QLabel(TripLog)
        self.keys.setObjectName(u"keys")

        self.foot.addWidget(self.keys)

        self.stretch = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.foot.addItem(self.stretch)

        self.facts = QPushButton(TripLog)
        self.facts.setObjectName(u"facts")

        self.foot.addWidget(self.facts)

        self.trip_files = QPushButton(TripLog)
        self.trip_files.setObjectName(u"trip_files")

        self.foot.addWidget(self.trip_files)


        self.lines.addLayout(self.foot, 11, 1, 1, 3)


        self.retranslateUi(TripLog)

        QMetaObject.connectSlotsByName(TripLog)
    # setupUi

    def retranslateUi(self, TripLog):
        self.title.setProperty(u"role", QCoreApplication.translate("TripLog", u"heading", None))
        self.second.setProperty(u"role", QCoreApplication.translate("TripLog", u"secondary", None))
        self.membersLabel.setText(QCoreApplication.translate("TripLog", u"\u53c2\u52a0\u4eba", None))
        self.hostsLabel.setText(QCoreApplication.translate("TripLog", u"\u4f1a\u89c1\u4eba", None))
        self.saidLabel.setText(QCoreApplication.translate("TripLog", u"\u6d3d\u8c08\u5185\u5bb9", None))
        self.resultLabel.setText(QCoreApplication.translate("TripLog", u"\u7ed3\u679c", None))
        self.intentionLabel.setText(QCoreApplication.translate("TripLog", u"\u610f\u5411", None))
        self.nextLabel.setText(QCoreApplication.translate("TripLog", u"\u4e0b\u4e00\u6b65", None))
        self.dueLabel.setText(QCoreApplication.translate("TripLog", u"\u65f6\u9650", None))
        self.ownerLabel.setText(QCoreApplication.translate("TripLog", u"\u8d23\u4efb\u4eba", None))
        self.filesLabel.setText(QCoreApplication.translate("TripLog", u"\u7167\u7247\u6587\u4ef6", None))
        self.countedLabel.setText(QCoreApplication.translate("TripLog", u"\u8ba1\u5165\u8003\u6838", None))
#if QT_CONFIG(tooltip)
        self.counted.setToolTip(QCoreApplication.translate("TripLog", u"\u65b9\u5411\u3001\u5355\u4f4d\u3001\u5e26\u961f\u3001\u5bf9\u65b9\u804c\u52a1\u548c\u4eba\u6570\uff1a\u8bb0\u5f55\u65f6\u81ea\u52a8\u586b\u597d\uff0c\u53ef\u4ee5\u6539", None))
#endif // QT_CONFIG(tooltip)
        self.counted.setProperty(u"kind", QCoreApplication.translate("TripLog", u"link", None))
        self.save.setText(QCoreApplication.translate("TripLog", u"\u4fdd\u5b58\uff0c\u4e0b\u4e00\u5bb6", None))
        self.save.setProperty(u"kind", QCoreApplication.translate("TripLog", u"primary", None))
        self.keys.setText(QCoreApplication.translate("TripLog", u"Ctrl+Enter", None))
        self.keys.setProperty(u"role", QCoreApplication.translate("TripLog", u"secondary", None))
        self.facts.setText(QCoreApplication.translate("TripLog", u"\u8bb0\u4e0b\u65b0\u4e8b\u5b9e \u25be", None))
#if QT_CONFIG(tooltip)
        self.facts.setToolTip(QCoreApplication.translate("TripLog", u"\u7acb\u4e3a\u9879\u76ee\u3001\u8bb0\u4e3a\u4fe1\u606f\u3001\u65b0\u8054\u7cfb\u4eba\u3001\u7535\u8bdd\u53d8\u4e86\uff08F4\uff09", None))
#endif // QT_CONFIG(tooltip)
        self.trip_files.setText(QCoreApplication.translate("TripLog", u"\u6574\u6b21\u5916\u51fa\u7684\u6587\u4ef6\u2026", None))
#if QT_CONFIG(tooltip)
        self.trip_files.setToolTip(QCoreApplication.translate("TripLog", u"\u6279\u4ef6\u3001\u5408\u5f71\u3001\u8f66\u7968\u7b49\u4e0d\u5c5e\u4e8e\u67d0\u4e00\u5bb6\u7684\u6587\u4ef6", None))
#endif // QT_CONFIG(tooltip)
        pass
    # retranslateUi

