# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'main_window.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import QCoreApplication, QMetaObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenuBar, QSizePolicy, QSpacerItem, QStackedWidget, QStatusBar, QTabBar, QToolButton, QVBoxLayout, QWidget

class Ui_MainWindow(object):
    def setupUi(self, MainWindow):
        if not MainWindow.objectName():
            MainWindow.setObjectName(u"MainWindow")
        MainWindow.resize(1366, 768)
        self.body = QWidget(MainWindow)
        self.body.setObjectName(u"body")
        self.bodyLayout = QVBoxLayout(self.body)
        self.bodyLayout.setSpacing(0)
        self.bodyLayout.setObjectName(u"bodyLayout")
        self.bodyLayout.setContentsMargins(0, 0, 0, 0)
        self.header = QFrame(self.body)
        self.header.setObjectName(u"header")
        self.headerLayout = QHBoxLayout(self.header)
        self.headerLayout.setSpacing(8)
        self.headerLayout.setObjectName(u"headerLayout")
        self.headerLayout.setContentsMargins(12, 0, 12, 0)
        self.tabs = QTabBar(self.header)
        self.tabs.setObjectName(u"tabs")
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setProperty(u"expanding", False)
        self.tabs.setProperty(u"drawBase", False)

        self.headerLayout.addWidget(self.tabs)

        self.headerSpace = QSpacerItem(20, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.headerLayout.addItem(self.headerSpace)

        self.search = QLineEdit(self.header)
        self.search.setObjectName(u"search")
        self.search.setMinimumSize(QSize(250, 28))
        self.search.setMaximumSize(QSize(250, 28))
        self.search.setClearButtonEnabled(False)

        self.headerLayout.addWidget(self.search)

        self.settings = QToolButton(self.header)
        self.settings.setObjectName(u"settings")
        self.settings.setIconSize(QSize(20, 20))

        self.headerLayout.addWidget(self.settings)

        self.headerLayout.setStretch(1, 1)

        self.bodyLayout.addWidget(self.header)

        self.pages = QStackedWidget(self.body)
        self.pages.setObjectName(u"pages")

        self.bodyLayout.addWidget(self.pages)

        MainWindow.setCentralWidget(self.body)
        self.menus = QMenuBar(MainWindow)
        self.menus.setObjectName(u"menus")
        MainWindow.setMenuBar(self.menus)
        self.status = QStatusBar(MainWindow)
        self.status.setObjectName(u"status")
        self.status.setSizeGripEnabled(False)
        MainWindow.setStatusBar(self.status)

        self.retranslateUi(MainWindow)

        QMetaObject.connectSlotsByName(MainWindow)
    # setupUi

    def retranslateUi(self, MainWindow):
        MainWindow.setWindowTitle(QCoreApplication.translate("MainWindow", u"\u62db\u5546\u684c\u9762", None))
#if QT_CONFIG(accessibility)
        self.search.setAccessibleName(QCoreApplication.translate("MainWindow", u"\u5168\u5c40\u641c\u7d22", None))
#endif // QT_CONFIG(accessibility)
        self.search.setPlaceholderText(QCoreApplication.translate("MainWindow", u"\u5168\u5c40\u641c\u7d22\u3000Ctrl+K", None))
#if QT_CONFIG(tooltip)
        self.settings.setToolTip(QCoreApplication.translate("MainWindow", u"\u8bbe\u7f6e", None))
#endif // QT_CONFIG(tooltip)
#if QT_CONFIG(accessibility)
        self.settings.setAccessibleName(QCoreApplication.translate("MainWindow", u"\u8bbe\u7f6e", None))
#endif // QT_CONFIG(accessibility)
    # retranslateUi

