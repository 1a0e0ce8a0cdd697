"""Amounts as papers show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from zhaoshang_desktop.domain.fund import left_of
from zhaoshang_desktop.domain.money import CURRENCIES, Money


def sums_by_currency(amounts: Iterable[Money | None]) -> dict[str, Money]:
    """One sum a currency; different currencies are never added up."""
    fen: dict[str, int] = defaultdict(int)
    for amount in amounts:
        if amount is not None:
            fen[amount.currency] += amount.fen
    return {currency: Money(total, currency) for currency, total in fen.items()}


def said_money(amount: Money) -> str:
    """20,000元, 3,817.12元: to the 分 and never rounded to 万元, beside a table that says the same in figures."""
    figure = f"{Decimal(amount.fen).scaleb(-2):,.2f}".removesuffix(".00")
    return f"{figure}{'元' if amount.currency == 'CNY' else CURRENCIES.get(amount.currency, amount.currency)}"


def limit_words(limit: Money, planned: Iterable[Money | None], otherwise: str) -> str:
    """The limit of the fund against what is planned, as a sentence; `otherwise` says what to do when it is exceeded."""
    left = left_of(limit, planned)
    if left is None:
        return f"经费限额{said_money(limit)}是外币，没有和预算比较。"
    how = (
        f"结余{said_money(left)}"
        if left.fen >= 0
        else f"超出{said_money(Money(-left.fen, left.currency))}，{otherwise}"
    )
    return f"经费限额{said_money(limit)}，{how}。"


def plain_money(amount: Money | None) -> str:
    """1,234.50, and its currency where it is not 元."""
    if amount is None:
        return ""
    figure = f"{Decimal(amount.fen).scaleb(-2):,.2f}"
    return figure if amount.currency == "CNY" else f"{figure} {CURRENCIES.get(amount.currency, amount.currency)}"
