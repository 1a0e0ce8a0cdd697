# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'trip_purpose.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
class Ui_TripPurpose(object):
    def setupUi(self, TripPurpose):
        if not TripPurpose.objectName():
            TripPurpose.setObjectName(u"TripPurpose")
        TripPurpose.resize(900, 560)
        self.lines = QGridLayout(TripPurpose)
        self.lines.setObjectName(u"lines")
        self.lines.setHorizontalSpacing(16)
        self.lines.setVerticalSpacing(12)
        self.lines.setContentsMargins(24, 20, 24, 20)
        self.nameLabel = QLabel(TripPurpose)
        self.nameLabel.setObjectName(u"nameLabel")

        self.lines.addWidget(self.nameLabel, 0, 0, 1, 1)

        self.name = QWidget(TripPurpose)
        self.name.setObjectName(u"name")

        self.lines.addWidget(self.name, 0, 1, 1, 3)

        self.kindLabel = QLabel(TripPurpose)
        self.kindLabel.setObjectName(u"kindLabel")

        self.lines.addWidget(self.kindLabel, 1, 0, 1, 1)

        self.kind = QWidget(TripPurpose)
        self.kind.setObjectName(u"kind")

        self.lines.addWidget(self.kind, 1, 1, 1, 1)

        self.chainLabel = QLabel(TripPurpose)
        self.chainLabel.setObjectName(u"chainLabel")

        self.lines.addWidget(self.chainLabel, 1, 2, 1, 1)

        self.chain = QWidget(TripPurpose)
        self.chain.setObjectName(u"chain")

        self.lines.addWidget(self.chain, 1, 3, 1, 1)

        self.purposeLabel = QLabel(TripPurpose)
        self.purposeLabel.setObjectName(u"purposeLabel")

        self.lines.addWidget(self.purposeLabel, 2, 0, 1, 1)

        self.purpose = QWidget(TripPurpose)
        self.purpose.setObjectName(u"purpose")

        self.lines.addWidget(self.purpose, 2, 1, 1, 3)

        self.startLabel = QLabel(TripPurpose)
        self.startLabel.setObjectName(u"startLabel")

        self.lines.addWidget(self.startLabel, 3, 0, 1, 1)

        self.start = QWidget(TripPurpose)
        self.start.setObjectName(u"start")

        self.lines.addWidget(self.start, 3, 1, 1, 1)

        self.endLabel = QLabel(TripPurpose)
        self.endLabel.setObjectName(u"endLabel")

        self.lines.addWidget(self.endLabel, 3, 2, 1, 1)

        self.end = QWidget(TripPurpose)
        self.end.setObjectName(u"end")

        self.lines.addWidget(self.end, 3, 3, 1, 1)

        self.days = QWidget(TripPurpose)
        self.days.setObjectName(u"days")

        self.lines.addWidget(self.days, 4, 1, 1, 3)

        self.baseLabel = QLabel(TripPurpose)
        self.baseLabel.setObjectName(u"baseLabel")

        self.lines.addWidget(self.baseLabel, 5, 0, 1, 1)

        self.base = QWidget(TripPurpose)
        self.base.setObjectName(u"base")

        self.lines.addWidget(self.base, 5, 1, 1, 1)

        self.fundLabel = QLabel(TripPurpose)
        self.fundLabel.setObjectName(u"fundLabel")

        self.lines.addWidget(self.fundLabel, 5, 2, 1, 1)

        self.fund_limit = QWidget(TripPurpose)
        self.fund_limit.setObjectName(u"fund_limit")

        self.lines.addWidget(self.fund_limit, 5, 3, 1, 1)

        self.approvalLabel = QLabel(TripPurpose)
        self.approvalLabel.setObjectName(u"approvalLabel")

        self.lines.addWidget(self.approvalLabel, 6, 0, 1, 1)

        self.approval = QWidget(TripPurpose)
        self.approval.setObjectName(u"approval")

        self.lines.addWidget(self.approval, 6, 1, 1, 1)

        self.noteLabel = QLabel(TripPurpose)
        self.noteLabel.setObjectName(u"noteLabel")

        self.lines.addWidget(self.noteLabel, 7, 0, 1, 1)

        self.note = QWidget(TripPurpose)
        self.note.setObjectName(u"note")

        self.lines.addWidget(self.note, 7, 1, 1, 3)


        self.retranslateUi(TripPurpose)

        QMetaObject.connectSlotsByName(TripPurpose)
    # setupUi

    def retranslateUi(self, TripPurpose):
        self.nameLabel.setText(QCoreApplication.translate("TripPurpose", u"\u540d\u79f0", None))
        self.kindLabel.setText(QCoreApplication.translate("TripPurpose", u"\u7c7b\u522b", None))
        self.chainLabel.setText(QCoreApplication.translate("TripPurpose", u"\u4ea7\u4e1a\u94fe", None))
        self.purposeLabel.setText(QCoreApplication.translate("TripPurpose", u"\u76ee\u7684", None))
        self.startLabel.setText(QCoreApplication.translate("TripPurpose", u"\u51fa\u53d1\u65e5\u671f", None))
        self.endLabel.setText(QCoreApplication.translate("TripPurpose", u"\u8fd4\u56de\u65e5\u671f", None))
        self.baseLabel.setText(QCoreApplication.translate("TripPurpose", u"\u51fa\u53d1\u5730", None))
        self.fundLabel.setText(QCoreApplication.translate("TripPurpose", u"\u7ecf\u8d39\u9650\u989d", None))
        self.approvalLabel.setText(QCoreApplication.translate("TripPurpose", u"\u5ba1\u6279\u6587\u53f7", None))
        self.noteLabel.setText(QCoreApplication.translate("TripPurpose", u"\u5907\u6ce8", None))
        pass
    # retranslateUi

