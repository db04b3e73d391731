"""Functions of numbers: conversion, rounding, powers, logarithms and angles.

What has no result is «not a number»; what is too large is infinity: nothing here ever raises.
"""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from questionnaires.datum import Datum, number_of
from questionnaires.functions.registry import Call, function

MOST_PLACES = 330
"""Decimals, or zeros, to which anything is rounded: no number here has more."""
_EXACT = Context(prec=700)


@function(
    "number(any?) → number",
    "Its argument as a number; dates and moments as days since 1 January 1970.",
    moves=True,
)
def _number(call: Call) -> Datum:
    return call.number(0) if len(call) else number_of(call.scope.current)


@function("int(number) → number", "The whole part: 2 of 2.7, -2 of -2.7.")
def _int(call: Call) -> Datum:
    number = call.number(0)
    return math.trunc(number) if math.isfinite(number) else number


@function(
    "round(number, number?) → number",
    "Rounded to so many decimals (or, below 0, to tens, hundreds …); halves go up.",
)
def _round(call: Call) -> Datum:
    return rounded(call.number(0), call.number(1) if call.has(1) else 0.0)


def rounded(number: float, places: float = 0.0) -> float:
    """A number to so many decimals, of which the digits that people see are rounded."""
    if math.isnan(places):
        return math.nan
    if not math.isfinite(number):
        return number
    kept = math.trunc(min(max(places, -MOST_PLACES), MOST_PLACES))
    up = ROUND_HALF_UP if number >= 0 else ROUND_HALF_DOWN
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-kept), up, _EXACT))


@function("floor(number) → number", "The largest whole number that is not larger.")
def _floor(call: Call) -> Datum:
    number = call.number(0)
    return math.floor(number) if math.isfinite(number) else number


@function("ceiling(number) → number", "The smallest whole number that is not smaller.")
def _ceiling(call: Call) -> Datum:
    number = call.number(0)
    return math.ceil(number) if math.isfinite(number) else number


@function("abs(number) → number", "Without its sign.")
def _abs(call: Call) -> Datum:
    return abs(call.number(0))


@function("pow(number, number) → number", "The first number to the power of the second.")
def _pow(call: Call) -> Datum:
    return _power(call.number(0), call.number(1))


def _power(number: float, exponent: float) -> float:
    is_odd = math.isfinite(exponent) and math.fmod(exponent, 2) in (1.0, -1.0)
    try:
        return math.pow(number, exponent)
    except OverflowError:
        return -math.inf if number < 0 and is_odd else math.inf
    except ValueError:
        # Nought to a negative power is infinite; a root of a negative number is none.
        if number != 0:
            return math.nan
        return math.copysign(math.inf, number) if is_odd else math.inf


def _of_one(name: str, summary: str, calculate: Callable[[float], float]) -> None:
    def body(call: Call) -> Datum:
        try:
            return calculate(call.number(0))
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    function(f"{name}(number) → number", summary)(body)


def _logarithm(calculate: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else calculate(number)


_of_one("sqrt", "The square root.", math.sqrt)
_of_one("exp", "e to that power.", math.exp)
_of_one("exp10", "10 to that power.", lambda number: _power(10.0, number))
_of_one("log", "The natural logarithm.", _logarithm(math.log))
_of_one("log10", "The logarithm to base 10.", _logarithm(math.log10))
_of_one("sin", "The sine of an angle in radians.", math.sin)
_of_one("cos", "The cosine of an angle in radians.", math.cos)
_of_one("tan", "The tangent of an angle in radians.", math.tan)
_of_one("asin", "The angle, in radians, that has this sine.", math.asin)
_of_one("acos", "The angle, in radians, that has this cosine.", math.acos)
_of_one("atan", "The angle, in radians, that has this tangent.", math.atan)


@function("atan2(number, number) → number", "The angle, in radians, of the point (second, first).")
def _atan2(call: Call) -> Datum:
    return math.atan2(call.number(0), call.number(1))


@function("pi() → number", "3.14159…")
def _pi(_call: Call) -> Datum:
    return math.pi
