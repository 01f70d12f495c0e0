"""The shapes of the JSON results as types, and the JSON Schemas of results and of files.

The types are what the JSON renderers build; the schemas come from them and from the documents, so
that neither can say something else than the code does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, Literal

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from custfocus_cli.documents.fields import DECIMAL, WHOLE
from custfocus_cli.documents.kinds import KINDS
from custfocus_cli.documents.policy import RULE_NAMES

Schema = dict[str, Any]

Status = Literal["exact", "provisional", "insufficient"]
Flag = Literal["green", "amber", "red", "grey", "not-applicable"]


class Tool(TypedDict):
    """What wrote the result."""

    name: str
    version: str


class QuestionnaireResult(TypedDict):
    """What was asked; `matches` is false where the answers were given to an earlier wording."""

    id: str
    version: str
    digest: str
    matches: bool


class OwnTarget(TypedDict):
    """A target of the organisation's own, as the file of answers writes it."""

    default: int
    characteristics: dict[str, int]


Change = TypedDict("Change", {"item": str, "from": str | None, "to": str})


class Result(TypedDict):
    """The organisation."""

    stage: int | None
    stage_low: int | None
    stage_high: int | None
    stage_id: str | None
    status: Status | None
    index: float | None
    index_low: float | None
    index_high: float | None
    coverage: float | None
    to_target: float | None
    distribution: dict[str, int] | None
    smallest_step: list[Change]
    smallest_step_exact: bool


class EvidencedResult(TypedDict):
    """The organisation as evidence carries it; `share` of met answers keep their code."""

    stage: int | None
    stage_low: int | None
    stage_high: int | None
    index: float | None
    share: float | None


class AreaResult(TypedDict):
    """One area."""

    id: str
    applicable: bool
    stage: int | None
    stage_low: int | None
    stage_high: int | None
    status: Status | None
    index: float | None
    index_low: float | None
    index_high: float | None
    coverage: float | None


class CellResult(TypedDict):
    """One characteristic at one stage."""

    stage: int
    applicable: bool
    percent: float | None
    percent_low: float | None
    percent_high: float | None
    in_place: bool | None
    in_place_high: bool | None
    items: int
    rated: int
    met: int
    unknown: int
    not_applicable: int


class CharacteristicResult(TypedDict):
    """One characteristic."""

    id: str
    area: str
    applicable: bool
    target: int
    stage: int | None
    stage_low: int | None
    stage_high: int | None
    status: Status | None
    index: float | None
    index_low: float | None
    index_high: float | None
    coverage: float | None
    evidenced_stage: int | None
    evidenced_index: float | None
    cells: list[CellResult]
    next_stage: int | None
    blockers: list[str]
    questions: list[str]
    ahead: list[str]
    smallest_step: list[Change]
    smallest_step_exact: bool
    placed_stage: int | None
    perception_index: float | None
    perception_kind: Literal["mean", "middle"] | None


class StepResult(TypedDict):
    """One next step."""

    rank: int
    characteristic: str
    to_stage: int
    blockers: list[str]
    questions: list[str]
    ahead: list[str]
    deferred: bool


class FlagResult(TypedDict):
    """One theme of the balance check."""

    theme: str
    flag: Flag
    safeguard_weak: bool
    signal_frequent: bool


class EconomicTestResult(TypedDict):
    """Benefit over cost."""

    result: Literal["pays", "does-not-pay", "not-shown"]
    ratio: float | None
    cost: float | None
    benefit: float | None


class BalanceResult(TypedDict):
    """The balance check and the economic test."""

    flags: list[FlagResult]
    economic_test: EconomicTestResult


class NoticeResult(TypedDict):
    """Something a reader of the result must know."""

    id: str
    message: str


class ItemOpinion(TypedDict):
    """How some people answered one item; `counts` is empty where that would tell too much."""

    item: str
    answered: int | None
    counts: dict[str, int]
    rating: str | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    deviation: float | None
    spread: Literal["close", "mixed", "split"] | None
    a_wg: float | None
    polarised: bool
    disagreement: bool


class IndexOpinion(TypedDict):
    """The indexes that people's own answers make, in percent."""

    characteristic: str
    kind: Literal["index", "perception"]
    known: int | None
    median: float | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None


class GroupOpinion(TypedDict):
    """The people of one group."""

    group: str
    respondents: int
    items: list[ItemOpinion]
    indexes: list[IndexOpinion]


class GroupGap(TypedDict):
    """How a group stands to everybody else: Cliff's delta."""

    group: str
    delta: float
    delta_low: float | None
    delta_high: float | None
    size: Literal["negligible", "small", "medium", "large"]


class Division(TypedDict):
    """How far people agree on a characteristic, and how far groups differ."""

    characteristic: str
    kind: Literal["index", "perception"]
    r_wg: float | None
    cronbach_alpha: float | None
    icc1: float | None
    icc2: float | None
    rankable: bool
    gaps: list[GroupGap]


class PanelOpinion(TypedDict):
    """What the respondents to one questionnaire say; `groups` are those `by` role or group."""

    questionnaire: str
    respondents: int
    anonymous: bool
    min_group: int | None
    by: Literal["role", "group"] | None
    items: list[ItemOpinion]
    divided: list[str]
    agreed: list[str]
    indexes: list[IndexOpinion]
    characteristics: list[Division]
    krippendorff_alpha: float | None
    groups: list[GroupOpinion]


class PerceptionGap(TypedDict):
    """The measured index and that which people see; `topic` from 20 points on.

    Where `seen` is the middle of five to nine people, it is no topic.
    """

    characteristic: str
    measured: float
    seen: float
    perception_kind: Literal["mean", "middle"]
    gap: float
    topic: bool


class VoicesResult(TypedDict):
    """What many people say, of each questionnaire that several answered."""

    panels: list[PanelOpinion]
    perception_gaps: list[PerceptionGap]


class ScorecardResult(TypedDict):
    """`score -f json`."""

    format: Literal["custfocus/scorecard/1"]
    tool: Tool
    questionnaire: QuestionnaireResult
    organisation: str
    scope: str
    date: str
    respondents: int
    target: str | OwnTarget | None
    result: Result
    evidenced: EvidencedResult | None
    areas: list[AreaResult]
    characteristics: list[CharacteristicResult]
    next_steps: list[StepResult]
    balance: BalanceResult
    notices: list[NoticeResult]
    voices: VoicesResult


Task = TypedDict(
    "Task",
    {
        "item": str,
        "kind": Literal["raise", "find-out"],
        "from": str | None,
        "to": str | None,
        "statement": str,
        "action": str | None,
        "role": str | None,
        "effort": int,
        "metric": str | None,
        "references": dict[str, list[str]],
    },
)


class PlannedStep(TypedDict):
    """One next step with its tasks; `cautions` are to be read before them."""

    rank: int
    characteristic: str
    name: str
    area: str
    stage: int | None
    stage_low: int | None
    stage_high: int | None
    to_stage: int
    to_stage_id: str
    target: int
    deferred: bool
    why: str
    cautions: list[str]
    tasks: list[Task]
    ahead: list[str]
    smallest_step_exact: bool


class PlanResult(TypedDict):
    """`plan -f json`."""

    format: Literal["custfocus/plan/1"]
    tool: Tool
    questionnaire: QuestionnaireResult
    organisation: str
    scope: str
    date: str
    respondents: int
    target: str | OwnTarget | None
    stage: int | None
    stage_low: int | None
    stage_high: int | None
    status: Status | None
    cautions: list[str]
    steps: list[PlannedStep]
    notices: list[NoticeResult]


class AskedResult(TypedDict):
    """Which questionnaire a side answered."""

    id: str
    version: str
    digest: str


class SideResult(TypedDict):
    """A result that was compared or judged, by its source."""

    path: str
    sha256: str
    date: str
    organisation: str
    questionnaire: AskedResult


class MeasuredSide(TypedDict):
    """What one side measures of the organisation, an area or a characteristic."""

    stage: int | None
    stage_low: int | None
    stage_high: int | None
    index: float | None


class AnsweredSide(TypedDict):
    """How one side answered an item."""

    answer: str | None
    points: int | None


class FlagSide(TypedDict):
    """The flag of a theme of the balance check."""

    flag: Flag


class MeasuredDelta(TypedDict):
    """New less old, in stages and in points of the index."""

    stage: int | None
    index: float | None


class AnsweredDelta(TypedDict):
    """New less old, in points of the scale."""

    points: int | None


class ExemptResult(TypedDict):
    """The exemption in force, and until when."""

    until: str
    reason: str


class NoiseResult(TypedDict):
    """Whether a change is more than noise, where different people answered in both years.

    `p` is that of a Brunner-Munzel test of people's own indexes, `p_adjusted` by Holm for all
    characteristics; null where the years do not overlap at all, and for the organisation. `change`
    is how the mean of people's own indexes moved, in points, `interval` where that may lie (95 %).
    """

    p: float | None
    p_adjusted: float | None
    change: float
    interval: list[float]
    more_than_noise: bool


class MixResult(TypedDict):
    """How the mean of people's own indexes moved, in points: the same groups, and their shares.

    `change` is what the groups answered differently, `mix` what comes of another mix of them.
    """

    change: float
    mix: float


class Location(TypedDict):
    """Where to look; `line` is null in JSON, where no line is known."""

    path: str
    line: int | None


Scope = Literal["organisation", "area", "characteristic", "item", "theme"]
Severity = Literal["error", "warning", "notice"]
Verdict = Literal[
    "improved",
    "regressed",
    "unchanged",
    "became-known",
    "became-unknown",
    "scope-changed",
    "added",
    "removed",
]
OneSide = MeasuredSide | AnsweredSide | FlagSide


class ChangeResult(TypedDict):
    """One thing that moved; `rule` is null where no rule is against it."""

    fingerprint: str
    scope: Scope
    id: str
    verdict: Verdict
    rule: str | None
    severity: Severity
    certain: bool
    cause: Literal["answers", "questionnaire", "scoring"] | None
    old: OneSide | None
    new: OneSide | None
    delta: MeasuredDelta | AnsweredDelta | None
    noise: NoiseResult | None
    mix: MixResult | None
    exempt: ExemptResult | None
    location: Location
    message: str


class FindingResult(TypedDict):
    """One rule on where a result stands that does not hold, or an exemption that has ended.

    It has the shape of a change; what is about a change alone is null. `found` and `limit` are in
    the unit of the rule.
    """

    fingerprint: str
    scope: Scope
    id: str
    verdict: None
    rule: str
    severity: Severity
    certain: None
    cause: None
    old: None
    new: MeasuredSide | None
    delta: None
    noise: None
    mix: None
    exempt: ExemptResult | None
    location: Location
    message: str
    found: float | None
    limit: float | None


GateStatus = Literal["pass", "fail", "incomparable"]


class DiffGate(TypedDict):
    """The verdict of the gate on a diff; `failed` holds the fingerprints of what failed it.

    `only` lists the characteristics that were judged alone. `allow_noise` lets pass an index of a
    characteristic that fell by no more than noise; such a fall is a notice of `no-regression`.
    """

    status: GateStatus
    fail_on: Literal["regression", "change", "never"] | None
    policy: str | None
    only: list[str] | None
    allow_noise: bool
    exit_code: int
    failed: list[str]


class Summary(TypedDict):
    """How many characteristics have each verdict, and how many are exempt."""

    improved: int
    regressed: int
    unchanged: int
    became_known: int
    became_unknown: int
    scope_changed: int
    added: int
    removed: int
    exempted: int


class DiffResult(TypedDict):
    """`diff -f json`; `old` is null where there was no earlier result."""

    format: Literal["custfocus/diff/1"]
    tool: Tool
    old: SideResult | None
    new: SideResult
    as_of: str
    comparable: bool
    identical: bool
    shared_items: int
    notices: list[NoticeResult]
    summary: Summary
    gate: DiffGate
    changes: list[ChangeResult]
    findings: list[FindingResult]


class CheckGate(TypedDict):
    """The verdict of the gate on one result."""

    status: GateStatus
    policy: str | None
    exit_code: int
    failed: list[str]


class CheckResult(TypedDict):
    """`check -f json`."""

    format: Literal["custfocus/check/1"]
    tool: Tool
    new: SideResult
    as_of: str
    notices: list[NoticeResult]
    gate: CheckGate
    findings: list[FindingResult]


class UnitCharacteristic(TypedDict):
    """One characteristic of one unit."""

    id: str
    applicable: bool
    target: int
    stage: int | None
    stage_low: int | None
    stage_high: int | None
    status: Status | None
    index: float | None
    index_low: float | None
    index_high: float | None
    coverage: float | None
    next_stage: int | None
    blockers: list[str]
    questions: list[str]


class UnitResult(TypedDict):
    """One unit; `held_back` are items that too few people answered, which count as open."""

    name: str
    path: str
    organisation: str
    scope: str
    date: str
    respondents: int
    target: str | OwnTarget | None
    result: Result
    characteristics: list[UnitCharacteristic]
    first_step: StepResult | None
    held_back: list[str]


class SpanResult(TypedDict):
    """How far units lie apart; foremost and hindmost are empty where none is surely ahead."""

    spread: float | None
    ranges_overlap: bool
    foremost: list[str]
    hindmost: list[str]


class CharacteristicSpan(SpanResult):
    """How far units lie apart in one characteristic."""

    id: str
    area: str


class LackResult(TypedDict):
    """An item that holds back several units: rated too low in some, unknown in others."""

    item: str
    characteristic: str
    stage: int
    statement: str
    action: str | None
    role: str | None
    units: list[str]
    unknown: list[str]


class UnitNotice(NoticeResult):
    """Something to know; `units` is empty where it is about all of them."""

    units: list[str]


class ComparisonResult(TypedDict):
    """`compare -f json`; units are in the order given, and named by `name` everywhere."""

    format: Literal["custfocus/comparison/1"]
    tool: Tool
    questionnaire: QuestionnaireResult
    units: list[UnitResult]
    withheld: list[str]
    organisation: SpanResult
    characteristics: list[CharacteristicSpan]
    lacks: list[LackResult]
    notices: list[UnitNotice]


AnyResult = ScorecardResult | PlanResult | DiffResult | CheckResult | ComparisonResult

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

RESULTS: Final[Mapping[str, type]] = {
    "scorecard": ScorecardResult,
    "plan": PlanResult,
    "diff": DiffResult,
    "check": CheckResult,
    "comparison": ComparisonResult,
}


def write_schema(kind: str) -> Schema:
    """The JSON Schema of a kind of file or of result; KeyError for any other kind."""
    if kind in RESULTS:
        made = TypeAdapter(RESULTS[kind]).json_schema()
    else:
        made = _say_what_the_reader_reads(TypeAdapter(KINDS[kind]).json_schema(), kind)
    return {"$schema": DIALECT, **made}


# --- files -----------------------------------------------------------------------------------


def _say_what_the_reader_reads(schema: Schema, kind: str) -> Schema:
    """The schema of a file, widened to the forms that the reader takes, and narrowed to them.

    Short answers, a gate of none, and scalars: quoted and plain mean the same in YAML, so a number
    may come as text and a text as a number, and an empty value is an absent one. Ids as keys, and
    keys of which one is needed.
    """
    schema["required"] = ["format", *schema.get("required", []), *_ALONE.get(kind, ())]
    parts = schema.get("$defs", {})
    forms = {**parts, schema["title"]: schema}
    for name in forms.keys() & _CHOICES.keys():
        how, choices = _CHOICES[name]
        forms[name][how] = [_need(keys) for keys in choices]
    for change in (_show_default, _name_keys, _widen_scalar, _admit_absence):
        _visit(schema, change)
    for name, form in _SHORT_FORMS.items():
        if name in parts:
            parts[name] = {"anyOf": [form, parts[name]]}
    return schema


_ALONE: Final[Mapping[str, Sequence[str]]] = {"model": ("id", "version", "title")}
"""What a file of its own needs, and the same inside another one does not."""


def _need(keys: Sequence[str]) -> Schema:
    return {"required": list(keys), "properties": {key: {"not": _NULL} for key in keys}}


_LIMITS: Final = (("organisation",), ("default",), ("characteristics",))
_CHOICES: Final[Mapping[str, tuple[str, Sequence[Sequence[str]]]]] = {
    "Gate": ("oneOf", (("every",), ("percent",))),
    "Select": ("oneOf", (("tag",), ("items",))),
    "Questionnaire": ("anyOf", (("based_on",), ("title", "model"))),
    "QuestionnaireReference": ("anyOf", (("id",), ("path",))),
    "Rules": ("anyOf", tuple((name,) for name in RULE_NAMES)),
    "MinStage": ("anyOf", _LIMITS),
    "MinIndex": ("anyOf", _LIMITS),
    "MinCoverage": ("anyOf", _LIMITS),
}
"""The keys of which some are needed: of the choices exactly one, or at least one."""

_SHORT_FORMS: Final[Mapping[str, Schema]] = {
    "Answer": {"type": ["string", "integer"], "description": "the answer's code alone"},
    "Gate": {"const": "none", "description": "no stages, the index alone"},
}

_TEXT_OF: Final[Mapping[str, Schema]] = {
    "integer": {"type": "string", "pattern": f"^({WHOLE.pattern})$"},
    "number": {"type": "string", "pattern": f"^({DECIMAL.pattern})$"},
    "boolean": {"enum": ["true", "false"]},
}

_TEXT_UP_TO: Final[Mapping[int, Schema]] = {
    1: {"type": "string", "pattern": r"^(0(\.[0-9]{1,6})?|1(\.0{1,6})?)$"},
    3: {"enum": ["1", "2", "3"]},
    100: {"type": "string", "pattern": r"^([0-9]|[1-9][0-9])(\.[0-9]{1,6})?$|^100(\.0{1,6})?$"},
}
"""The text of a number that has a highest value of its own."""


def _visit(node: object, change: Callable[[Schema], None]) -> None:
    """Calls `change` with each mapping of a schema, innermost first."""
    if isinstance(node, dict):
        for value in list(node.values()):
            _visit(value, change)
        change(node)
    elif isinstance(node, list):
        for value in node:
            _visit(value, change)


def _show_default(node: Schema) -> None:
    """A fraction that is the default of a number as that number."""
    if node.get("type") == "number" and isinstance(node.get("default"), str):
        value = Fraction(node["default"])
        node["default"] = int(value) if value.denominator == 1 else float(value)


def _name_keys(node: Schema) -> None:
    """Lets a mapping by ids or codes have no other keys, which a pattern alone would overlook."""
    for pattern, form in node.pop("patternProperties", {}).items():
        node |= {"propertyNames": {"pattern": pattern}, "additionalProperties": form}


def _widen_scalar(node: Schema) -> None:
    kind = node.get("type")
    if isinstance(kind, str) and kind in _TEXT_OF:
        rest = {key: node.pop(key) for key in list(node) if key not in _ABOUT}
        node["anyOf"] = [rest, _TEXT_UP_TO.get(rest.get("maximum", 0), _TEXT_OF[kind])]
    elif kind == "string" and not {"const", "enum", "format"} & node.keys():
        node["type"] = ["string", "number", "boolean"]


_NULL: Final[Schema] = {"type": "null"}
_ABOUT: Final = {"title", "description", "default"}


def _admit_absence(node: Schema) -> None:
    """Lets every key that may be missing be empty as well."""
    forms = node.get("properties", {})
    for name, form in forms.items():
        if name not in node.get("required", ()):
            forms[name] = _or_null(form)
    if isinstance(node.get("additionalProperties"), dict):
        node["additionalProperties"] = _or_null(node["additionalProperties"])


def _or_null(form: Schema) -> Schema:
    return form if _NULL in form.get("anyOf", ()) else {"anyOf": [form, _NULL]}
