# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'trip_visit.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QListWidget, QPushButton, QSizePolicy, QSpacerItem, QWidget
class Ui_TripVisit(object):
    def setupUi(self, TripVisit):
        if not TripVisit.objectName():
            TripVisit.setObjectName(u"TripVisit")
        TripVisit.resize(520, 420)
        self.lines = QGridLayout(TripVisit)
        self.lines.setObjectName(u"lines")
        self.lines.setHorizontalSpacing(12)
        self.lines.setVerticalSpacing(10)
        self.lines.setContentsMargins(20, 16, 20, 16)
        self.title = QLabel(TripVisit)
        self.title.setObjectName(u"title")

        self.lines.addWidget(self.title, 0, 0, 1, 4)

        self.teamLabel = QLabel(TripVisit)
        self.teamLabel.setObjectName(u"teamLabel")

        self.lines.addWidget(self.teamLabel, 1, 0, 1, 1)

        self.team = QComboBox(TripVisit)
        self.team.setObjectName(u"team")

        self.lines.addWidget(self.team, 1, 1, 1, 1)

        self.only = QCheckBox(TripVisit)
        self.only.setObjectName(u"only")

        self.lines.addWidget(self.only, 1, 2, 1, 2)

        self.dayLabel = QLabel(TripVisit)
        self.dayLabel.setObjectName(u"dayLabel")

        self.lines.addWidget(self.dayLabel, 2, 0, 1, 1)

        self.day = QComboBox(TripVisit)
        self.day.setObjectName(u"day")

        self.lines.addWidget(self.day, 2, 1, 1, 1)

        self.start = QLineEdit(TripVisit)
        self.start.setObjectName(u"start")

        self.lines.addWidget(self.start, 2, 2, 1, 1)

        self.startNote = QLabel(TripVisit)
        self.startNote.setObjectName(u"startNote")

        self.lines.addWidget(self.startNote, 2, 3, 1, 1)

        self.minutesLabel = QLabel(TripVisit)
        self.minutesLabel.setObjectName(u"minutesLabel")

        self.lines.addWidget(self.minutesLabel, 3, 0, 1, 1)

        self.minutes = QWidget(TripVisit)
        self.minutes.setObjectName(u"minutes")

        self.lines.addWidget(self.minutes, 3, 1, 1, 1)

        self.priority = QComboBox(TripVisit)
        self.priority.setObjectName(u"priority")

        self.lines.addWidget(self.priority, 3, 2, 1, 1)

        self.minutesNote = QLabel(TripVisit)
        self.minutesNote.setObjectName(u"minutesNote")

        self.lines.addWidget(self.minutesNote, 3, 3, 1, 1)

        self.windowsLabel = QLabel(TripVisit)
        self.windowsLabel.setObjectName(u"windowsLabel")

        self.lines.addWidget(self.windowsLabel, 4, 0, 1, 1)

        self.windows = QLineEdit(TripVisit)
        self.windows.setObjectName(u"windows")

        self.lines.addWidget(self.windows, 4, 1, 1, 3)

        self.windowsNote = QLabel(TripVisit)
        self.windowsNote.setObjectName(u"windowsNote")
        self.windowsNote.setWordWrap(True)

        self.lines.addWidget(self.windowsNote, 5, 1, 1, 3)

        self.apartLabel = QLabel(TripVisit)
        self.apartLabel.setObjectName(u"apartLabel")

        self.lines.addWidget(self.apartLabel, 6, 0, 1, 1)

        self.apart = QWidget(TripVisit)
        self.apart.setObjectName(u"apart")

        self.lines.addWidget(self.apart, 6, 1, 1, 3)

        self.marks = QHBoxLayout()
        self.marks.setSpacing(16)
        self.marks.setObjectName(u"marks")
        self.must = QCheckBox(TripVisit)
        self.must.setObjectName(u"must")

        self.marks.addWidget(self.must)

        self.fixed = QCheckBox(TripVisit)
        self.fixed.setObjectName(u"fixed")

        self.marks.addWidget(self.fixed)

        self.pinned = QCheckBox(TripVisit)
        self.pinned.setObjectName(u"pinned")

        self.marks.addWidget(self.pinned)

        self.stretch = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.marks.addItem(self.stretch)


        self.lines.addLayout(self.marks, 7, 1, 1, 3)

        self.contactsLabel = QLabel(TripVisit)
        self.contactsLabel.setObjectName(u"contactsLabel")

        self.lines.addWidget(self.contactsLabel, 8, 0, 1, 1)

        self.contacts = QListWidget(TripVisit)
        self.contacts.setObjectName(u"contacts")

        self.lines.addWidget(self.contacts, 8, 1, 1, 3)

        self.placeLabel = QLabel(TripVisit)
        self.placeLabel.setObjectName(u"placeLabel")

        self.lines.addWidget(self.placeLabel, 9, 0, 1, 1)

        self.place = QWidget(TripVisit)
        self.place.setObjectName(u"place")

        self.lines.addWidget(self.place, 9, 1, 1, 1)

        self.address = QLineEdit(TripVisit)
        self.address.setObjectName(u"address")

        self.lines.addWidget(self.address, 9, 2, 1, 2)

        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.setObjectName(u"foot")
        self.push = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.foot.addItem(self.push)

        self.cancel = QPushButton(TripVisit)
        self.cancel.setObjectName(u"cancel")

        self.foot.addWidget(self.cancel)

        self.save = QPushButton(TripVisit)
        self.save.setObjectName(u"save")

        self.foot.addWidget(self.save)


        self.lines.addLayout(self.foot, 12, 0, 1, 4)


        self.retranslateUi(TripVisit)

        QMetaObject.connectSlotsByName(TripVisit)
    # setupUi

    def retranslateUi(self, TripVisit):
        TripVisit.setWindowTitle(QCoreApplication.translate("TripVisit", u"\u4fee\u6539\u62dc\u8bbf", None))
        self.title.setProperty(u"role", QCoreApplication.translate("TripVisit", u"heading", None))
        self.teamLabel.setText(QCoreApplication.translate("TripVisit", u"\u961f", None))
        self.only.setText(QCoreApplication.translate("TripVisit", u"\u53ea\u80fd\u7531\u8fd9\u4e2a\u961f\u53bb", None))
        self.dayLabel.setText(QCoreApplication.translate("TripVisit", u"\u65f6\u95f4", None))
        self.start.setPlaceholderText(QCoreApplication.translate("TripVisit", u"9:30", None))
        self.startNote.setProperty(u"role", QCoreApplication.translate("TripVisit", u"wrong", None))
        self.minutesLabel.setText(QCoreApplication.translate("TripVisit", u"\u65f6\u957f", None))
        self.minutesNote.setProperty(u"role", QCoreApplication.translate("TripVisit", u"wrong", None))
        self.windowsLabel.setText(QCoreApplication.translate("TripVisit", u"\u53ef\u8c08\u65f6\u95f4", None))
        self.windows.setPlaceholderText(QCoreApplication.translate("TripVisit", u"\u5468\u4e8c\u4e0a\u5348\uff1b\u5468\u4e09 14:00\u201316:00\u3000\u4e0d\u586b\uff1a\u4e0a\u73ed\u65f6\u95f4\u90fd\u53ef\u4ee5", None))
        self.windowsNote.setProperty(u"role", QCoreApplication.translate("TripVisit", u"secondary", None))
        self.apartLabel.setText(QCoreApplication.translate("TripVisit", u"\u4e0d\u540c\u65e5", None))
        self.must.setText(QCoreApplication.translate("TripVisit", u"\u5fc5\u5230", None))
        self.fixed.setText(QCoreApplication.translate("TripVisit", u"\u5df2\u548c\u5bf9\u65b9\u7ea6\u5b9a", None))
        self.pinned.setText(QCoreApplication.translate("TripVisit", u"\u9489\u4f4f\uff0c\u91cd\u6392\u65f6\u4e0d\u52a8", None))
        self.contactsLabel.setText(QCoreApplication.translate("TripVisit", u"\u4f1a\u89c1\u4eba", None))
        self.placeLabel.setText(QCoreApplication.translate("TripVisit", u"\u5730\u70b9", None))
        self.address.setPlaceholderText(QCoreApplication.translate("TripVisit", u"\u8be6\u7ec6\u5730\u5740", None))
        self.cancel.setText(QCoreApplication.translate("TripVisit", u"\u53d6\u6d88", None))
        self.save.setText(QCoreApplication.translate("TripVisit", u"\u4fdd\u5b58", None))
        self.save.setProperty(u"kind", QCoreApplication.translate("TripVisit", u"primary", None))
    # retranslateUi

