"""The policy: what a pipeline asks of a result, and what it is let off."""

# No `annotations` from __future__: pydantic would compile each of them again at every start.

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from custfocus_cli.documents.fields import Date, Decimal, Id, Part, Percent, Share, Text, Whole

Severity = Literal["error", "warning", "notice"]


class NoRegression(Part):
    """Nothing may fall since the earlier result; an index may by up to `tolerance` points."""

    severity: Severity = "error"
    tolerance: Decimal = Fraction(0)


class MinStage(Part):
    """The lowest stage allowed: of the organisation, of each characteristic, of single ones."""

    severity: Severity = "error"
    organisation: Whole | None = None
    default: Whole | None = None
    characteristics: Mapping[Id, Whole] = {}


class MinIndex(Part):
    """The lowest index allowed, in percent."""

    severity: Severity = "error"
    organisation: Percent | None = None
    default: Percent | None = None
    characteristics: Mapping[Id, Percent] = {}


class MinCoverage(Part):
    """The lowest coverage allowed, a share from 0 to 1."""

    severity: Severity = "error"
    organisation: Share | None = None
    default: Share | None = None
    characteristics: Mapping[Id, Share] = {}


class MaxAgeDays(Part):
    """How many days old a result may be."""

    severity: Severity = "error"
    days: Whole


class Rules(Part):
    """The rules in force, each at most once.

    A key without a value would ask for something that nobody judges.
    """

    SPEAKS_OUT: ClassVar[bool] = True

    no_regression: NoRegression | None = Field(None, alias="no-regression")
    min_stage: MinStage | None = Field(None, alias="min-stage")
    min_index: MinIndex | None = Field(None, alias="min-index")
    min_coverage: MinCoverage | None = Field(None, alias="min-coverage")
    max_age_days: MaxAgeDays | None = Field(None, alias="max-age-days")


RULE_NAMES: tuple[str, ...] = (
    "no-regression",
    "min-stage",
    "min-index",
    "min-coverage",
    "max-age-days",
)


class Exemption(Part):
    """A rule set aside for one characteristic, until a day, for a reason."""

    rule: Literal["no-regression", "min-stage", "min-index", "min-coverage", "max-age-days"]
    id: Id
    until: Date
    reason: Text


class Policy(Part):
    """The rules a gate judges by, and the exemptions from them."""

    FORMAT: ClassVar[str] = "custfocus/policy/1"

    format: Literal["custfocus/policy/1"] = "custfocus/policy/1"
    rules: Rules
    exemptions: tuple[Exemption, ...] = ()
