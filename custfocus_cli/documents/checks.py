"""What does not fit together in a document whose form is right: one function per kind of file."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction

from custfocus_cli.documents.assessment import (
    Answer,
    Assessment,
    QuestionnaireReference,
    TargetStages,
)
from custfocus_cli.documents.definition import Definition, Entry
from custfocus_cli.documents.fields import Finding, Loc, did_you_mean, list_known, quote
from custfocus_cli.documents.mapping import EXTRAS, TableMapping
from custfocus_cli.documents.model import Effect, Model, References, Scale, Target
from custfocus_cli.documents.policy import RULE_NAMES, Policy
from custfocus_cli.documents.questionnaire import Block, Item, Questionnaire
from custfocus_cli.documents.tally import LEAST, REST, People, Tally
from custfocus_cli.documents.theme import PAGES, ReportTheme, contrast


def _unknown(loc: Loc, what: str, name: str, known: Collection[str]) -> Iterator[Finding]:
    """The finding that a name stands for nothing, if so."""
    if name not in known:
        yield Finding(loc, "unknown-id", f"no {what} {quote(name)}{did_you_mean(name, known)}")


def _duplicates(places: Iterable[tuple[Loc, str]], what: str) -> Iterator[Finding]:
    """A finding for each id that stood before."""
    seen: set[str] = set()
    for loc, name in places:
        if name in seen:
            yield Finding(loc, "duplicate-id", f"{what} {quote(name)} stands twice")
        seen.add(name)


def _listed(key: str, parts: Iterable[object]) -> list[tuple[Loc, str]]:
    return [((key, n, "id"), str(getattr(part, "id", ""))) for n, part in enumerate(parts)]


# --- model -----------------------------------------------------------------------------------


def check_model(model: Model, at: Loc = (), *, alone: bool = True) -> Iterator[Finding]:
    """What does not fit together in a model; `alone` where it is a file of its own."""
    for finding in _model_findings(model, alone):
        yield Finding((*at, *finding.loc), finding.rule, finding.message)


def _model_findings(model: Model, alone: bool) -> Iterator[Finding]:
    if alone:
        for key in ("id", "version", "title"):
            if getattr(model, key) is None:
                yield Finding((), "missing-key", f"the key {key} is missing")
    stages = [(("stage_zero", "id"), model.stage_zero.id), *_listed("stages", model.stages)]
    yield from _duplicates(stages, "stage")
    for key, parts, what in (
        ("areas", model.areas, "area"),
        ("characteristics", model.characteristics, "characteristic"),
        ("targets", model.targets, "target"),
        ("themes", model.themes, "theme"),
    ):
        yield from _duplicates(_listed(key, parts), what)
    for name, scale in model.scales.items():
        yield from _scale_findings(("scales", name), scale)
    yield from _unknown(("stage_scale",), "scale", model.stage_scale, model.scales)
    yield from _characteristic_findings(model)
    yield from _scoring_findings(model)
    yield from _target_findings(model)
    yield from _theme_findings(model)


def _scale_findings(loc: Loc, scale: Scale) -> Iterator[Finding]:
    special = [(key, getattr(scale, key)) for key in ("dont_know", "not_applicable")]
    places: list[tuple[Loc, str]] = [
        ((*loc, "options", n, "code"), option.code) for n, option in enumerate(scale.options)
    ]
    places += [((*loc, key, "code"), each.code) for key, each in special if each is not None]
    yield from _duplicates(places, "code")
    for n, option in enumerate(scale.options):
        lowest = scale.options[n - 1].points + 1 if n else 0
        if option.points < lowest or (n == 0 and option.points):
            yield Finding(
                (*loc, "options", n, "points"),
                "points-order",
                "points start at 0 and rise from option to option, worst first",
            )


def _characteristic_findings(model: Model) -> Iterator[Finding]:
    areas = {area.id for area in model.areas}
    for n, each in enumerate(model.characteristics):
        loc: Loc = ("characteristics", n)
        yield from _unknown((*loc, "area"), "area", each.area, areas)
        for stage in each.stages:
            yield from _unknown((*loc, "stages", stage), "stage", stage, model.stage_numbers)
        yield from _reference_findings((*loc, "references"), each.references, model)
    if not any(each.weight for each in model.characteristics):
        yield Finding(("characteristics",), "weights-zero", "every characteristic has the weight 0")


def _reference_findings(loc: Loc, references: References, model: Model) -> Iterator[Finding]:
    for standard, numbers in references.items():
        if standard not in model.standards:
            yield from _unknown((*loc, standard), "standard", standard, model.standards)
            continue
        clauses = model.standards[standard].clauses
        for n, number in enumerate(numbers):
            yield from _unknown((*loc, standard, n), "clause", number, clauses)


def _code(loc: Loc, code: str, scale: Iterable[str]) -> Iterator[Finding]:
    codes = tuple(scale)
    if code not in codes:
        yield Finding(loc, "unknown-answer", f"no option {quote(code)}{list_known(codes)}")


def _scoring_findings(model: Model) -> Iterator[Finding]:
    scoring = model.scoring
    scale = model.scales.get(model.stage_scale)
    options = scale.points if scale else {}
    if scale and scoring.gate and scoring.gate.every is not None:
        yield from _code(("scoring", "gate", "every"), scoring.gate.every, options)
    if scoring.gate and scoring.gate.percent is not None:
        yield from _percent_findings(scoring.gate.percent, model.stage_numbers)
    levels = {each.level for each in model.evidence_levels}
    for code, level in scoring.evidence_cap.items():
        if scale:
            yield from _code(("scoring", "evidence_cap", code), code, options)
        if level not in levels:
            yield Finding(
                ("scoring", "evidence_cap", code), "out-of-range", f"no evidence level {level}"
            )
    if scoring.signal_from is not None:
        codes = sorted({code for each in model.scales.values() for code in each.points})
        yield from _code(("scoring", "signal_from"), scoring.signal_from, codes)


def _percent_findings(
    percent: Mapping[str, Mapping[str, Fraction]], numbers: Mapping[str, int]
) -> Iterator[Finding]:
    loc: Loc = ("scoring", "gate", "percent")
    for stage in numbers:
        if not percent.get(stage):
            yield Finding(loc, "missing-key", f"the minimums of stage '{stage}' are missing")
    for stage, listed in percent.items():
        yield from _unknown((*loc, stage), "stage", stage, numbers)
        for below in listed:
            yield from _unknown((*loc, stage, below), "stage", below, numbers)
            if numbers.get(below, 0) > numbers.get(stage, len(numbers)):
                yield Finding(
                    (*loc, stage, below),
                    "gate-order",
                    f"stage '{stage}' cannot wait for '{below}', which is above it",
                )


def _target_findings(model: Model) -> Iterator[Finding]:
    for n, target in enumerate(model.targets):
        yield from _stages_findings(("targets", n), target, model)
    if model.default_target is not None:
        known = {target.id for target in model.targets}
        yield from _unknown(("default_target",), "target", model.default_target, known)


def _stages_findings(loc: Loc, target: Target | TargetStages, model: Model) -> Iterator[Finding]:
    names = {each.id for each in model.characteristics}
    asked = [((*loc, "default"), target.default)]
    for name, stage in target.characteristics.items():
        yield from _unknown((*loc, "characteristics", name), "characteristic", name, names)
        asked.append(((*loc, "characteristics", name), stage))
    for place, stage in asked:
        if stage > model.top:
            yield Finding(place, "out-of-range", f"no stage {stage}; the highest is {model.top}")


def _theme_findings(model: Model) -> Iterator[Finding]:
    names = {each.id for each in model.characteristics}
    for n, theme in enumerate(model.themes):
        for m, effect in enumerate(theme.effects):
            yield from _effect_findings(("themes", n, "effects", m), effect, model, names)


def _effect_findings(
    loc: Loc, effect: Effect, model: Model, names: Collection[str]
) -> Iterator[Finding]:
    if effect.stage is not None:
        yield from _unknown((*loc, "stage"), "stage", effect.stage, model.stage_numbers)
    elif effect.on != "targets":
        yield Finding(loc, "missing-key", f"the key stage is missing: '{effect.on}' needs it")
    for k, name in enumerate(effect.characteristics):
        yield from _unknown((*loc, "characteristics", k), "characteristic", name, names)


# --- questionnaire ---------------------------------------------------------------------------


def check_questionnaire(
    written: Questionnaire, model: Model, base: Questionnaire | None = None
) -> Iterator[Finding]:
    """What does not fit together in a questionnaire as written, given its model and its base."""
    if base is not None:
        yield from _derivation_findings(written, base)
    else:
        if written.title is None:
            yield Finding((), "missing-key", "the key title is missing")
        for key in ("select", "override"):
            if key in written.model_fields_set:
                yield Finding((key,), "unknown-key", f"{key} needs the key based_on beside it")
        if not written.items and not written.balance:
            yield Finding((), "missing-key", "the key items is missing: there is nothing to ask")
    names = {each.id for each in model.characteristics}
    for name, block in written.items.items():
        yield from _unknown(("items", name), "characteristic", name, names)
        yield from _block_findings(("items", name), block, model)
    yield from _balance_findings(written, model)
    yield from _duplicates(_answerable(written, base), "item")
    yield from _duplicates(_listed("context", written.context), "question")
    yield from _duplicates(_listed("sessions", written.sessions), "session")
    yield from _role_findings(written, base)


def _role_findings(written: Questionnaire, base: Questionnaire | None) -> Iterator[Finding]:
    """Roles without a name, where the questionnaire or its base gives names to roles."""
    known = {**(base.roles if base is not None else {}), **written.roles}
    if not known:
        return
    named: list[tuple[Loc, str | None]] = [
        (("override", name, "role"), details.role) for name, details in written.override.items()
    ]
    named += [(("balance", n, "role"), item.role) for n, item in enumerate(written.balance)]
    for name, block in written.items.items():
        for stage, items in (*block.stages.items(), ("perception", block.perception)):
            named += [(("items", name, stage, n, "role"), i.role) for n, i in enumerate(items)]
    for n, session in enumerate(written.sessions):
        named += [(("sessions", n, "roles", m), role) for m, role in enumerate(session.roles)]
    for loc, role in named:
        if role is not None:
            yield from _unknown(loc, "role", role, known)


def _base_items(base: Questionnaire) -> Iterator[Item]:
    for block in base.items.values():
        for items in block.stages.values():
            yield from items
        yield from block.perception


def _derivation_findings(written: Questionnaire, base: Questionnaire) -> Iterator[Finding]:
    items = {item.id: item for item in _base_items(base)}
    placements = {b.placement.id for b in base.items.values() if b.placement is not None}
    for name in written.override:
        yield from _unknown(("override", name), "item", name, items)
    select = written.select
    if select is None:
        return
    if select.tag is None and select.items is None:
        yield Finding(("select",), "missing-key", "select takes one of the keys tag and items")
    elif select.tag is not None and select.items is not None:
        yield Finding(("select",), "wrong-type", "select takes the key tag or items, not both")
    for n, name in enumerate(select.items or ()):
        yield from _unknown(("select", "items", n), "item", name, {*items, *placements})
    if select.tag is not None:
        tags = {tag for item in items.values() for tag in item.tags}
        yield from _unknown(("select", "tag"), "item with the tag", select.tag, tags)


def _answerable(written: Questionnaire, base: Questionnaire | None) -> Iterator[tuple[Loc, str]]:
    """The id of everything an answer can be given to; what the base brings comes first."""
    if base is not None:
        for place, name in _answerable(base, None):
            if place[0] == "items" or "balance" not in written.model_fields_set:
                yield place, name
    for name, block in written.items.items():
        for stage, items in (*block.stages.items(), ("perception", block.perception)):
            for n, item in enumerate(items):
                yield ("items", name, stage, n, "id"), item.id
        if block.placement is not None:
            yield ("items", name, "placement", "id"), block.placement.id
    yield from _listed("balance", written.balance)


def _block_findings(loc: Loc, block: Block, model: Model) -> Iterator[Finding]:
    for stage, items in block.stages.items():
        known = {**model.stage_numbers, "perception": 0, "placement": 0}
        yield from _unknown((*loc, stage), "stage", stage, known)
        for n, item in enumerate(items):
            yield from _reference_findings((*loc, stage, n, "references"), item.references, model)
            if item.scale not in (None, model.stage_scale):
                yield Finding(
                    (*loc, stage, n, "scale"),
                    "wrong-scale",
                    f"items of a stage use the scale '{model.stage_scale}'",
                )
    for n, item in enumerate(block.perception):
        place = (*loc, "perception", n)
        yield from _reference_findings((*place, "references"), item.references, model)
        if item.scale is None:
            yield Finding(place, "missing-key", "the key scale is missing")
        else:
            yield from _unknown((*place, "scale"), "scale", item.scale, model.scales)
    if block.placement is not None and len(block.placement.options) != model.top + 1:
        yield Finding(
            (*loc, "placement", "options"),
            "placement-options",
            f"a placement has {model.top + 1} options: stage zero and each stage",
        )


def _balance_findings(written: Questionnaire, model: Model) -> Iterator[Finding]:
    themes = {theme.id for theme in model.themes}
    for n, item in enumerate(written.balance):
        loc: Loc = ("balance", n)
        yield from _unknown((*loc, "theme"), "theme", item.theme, themes)
        yield from _unknown((*loc, "scale"), "scale", item.scale, model.scales)
        scale = model.scales.get(item.scale)
        if scale is None:
            continue
        if item.kind == "signal" and model.scoring.signal_from not in scale.points:
            yield Finding(
                (*loc, "scale"),
                "wrong-scale",
                "a signal's scale holds the option that the model's signal_from names",
            )
        if item.kind == "safeguard" and item.scale != model.stage_scale:
            yield Finding(
                (*loc, "scale"),
                "wrong-scale",
                f"a safeguard uses the scale '{model.stage_scale}', whose gate decides it",
            )


# --- assessment ------------------------------------------------------------------------------


def check_assessment(assessment: Assessment, definition: Definition) -> Iterator[Finding]:
    """What does not fit together in an assessment, given the questionnaire it answers."""
    model = definition.model
    entries = definition.entries
    other_questions = not asks_the_same(assessment.questionnaire, definition)
    levels = {each.level for each in model.evidence_levels}
    for name, answer in assessment.answers.items():
        entry = entries.get(name)
        if entry is not None:
            yield from _answer_findings(("answers", name), answer, entry, levels)
        elif not other_questions:
            yield from _unknown(("answers", name), "item", name, entries)
    questions = {question.id for question in definition.questionnaire.context}
    for name in assessment.context:
        if not other_questions:
            yield from _unknown(("context", name), "context question", name, questions)
    target = assessment.target
    if isinstance(target, TargetStages):
        yield from _stages_findings(("target",), target, model)
    elif target is not None:
        yield from check_target(target, model)


def asks_the_same(reference: QuestionnaireReference, definition: Definition) -> bool:
    """Whether what a file names as its questionnaire is this one, as it stands.

    The digest tells; without one the major version, since only that may change what is asked.
    """
    if reference.digest is not None:
        return reference.digest == definition.digest
    written, found = reference.version, definition.questionnaire.version
    return written is None or written.partition(".")[0] == found.partition(".")[0]


def check_target(name: str, model: Model) -> Iterator[Finding]:
    """The finding that the model has no target profile of that id, if so."""
    known = [each.id for each in model.targets]
    if name not in known:
        there = list_known(known) if known else "; the model has none"
        message = f"no target {quote(name)}{there}{did_you_mean(name, known)}"
        yield Finding(("target",), "unknown-id", message)


def _answer_findings(
    loc: Loc, answer: Answer, entry: Entry, levels: Collection[int]
) -> Iterator[Finding]:
    if answer.answer not in entry.codes:
        yield Finding(
            (*loc, "answer"),
            "unknown-answer",
            f"no answer {quote(answer.answer)}{list_known(entry.codes)}"
            f"{did_you_mean(answer.answer, entry.codes)}",
        )
    special = entry.scale.not_applicable if entry.scale else None
    if special is not None and answer.answer == special.code:
        if not entry.allow_na:
            yield Finding(
                (*loc, "answer"), "na-not-allowed", f"'{entry.id}' applies to every organisation"
            )
        elif answer.reason is None:
            yield Finding(loc, "reason-missing", f"'{special.code}' needs the key reason")
    if answer.evidence is not None and answer.evidence not in levels:
        known = list_known([*map(str, sorted(levels))] or ["none"])
        yield Finding(
            (*loc, "evidence"), "out-of-range", f"no evidence level {answer.evidence}{known}"
        )


# --- policy ----------------------------------------------------------------------------------

Limit = Fraction | int | None


def check_policy(policy: Policy) -> Iterator[Finding]:
    """What does not fit together in a policy; ids of characteristics wait for a result."""
    if not policy.rules.model_fields_set:
        yield Finding(("rules",), "empty-policy", f"no rule; there are {', '.join(RULE_NAMES)}")
    for name, asked in _list_limits(policy).items():
        if all(value is None for value in asked.values()):
            message = "it sets no limit; its keys are organisation, default and characteristics"
            yield Finding(("rules", name), "missing-key", message)
    seen: set[tuple[str, str]] = set()
    for n, exemption in enumerate(policy.exemptions):
        if (exemption.rule, exemption.id) in seen:
            message = f"'{exemption.id}' is exempt from {exemption.rule} already"
            yield Finding(("exemptions", n, "id"), "duplicate-id", message)
        seen.add((exemption.rule, exemption.id))


def check_policy_for(
    policy: Policy, model: Model, items: Collection[str] | None
) -> Iterator[Finding]:
    """What does not fit between a policy and the result that it is to judge.

    `items` are the ids of the items that two results hold, from the fall of which there may be
    exemptions; None where one result is judged alone, so that nothing can have fallen.
    """
    names = [each.id for each in model.characteristics]
    for rule, asked in _list_limits(policy).items():
        for loc, value in asked.items():
            place: Loc = ("rules", rule, *loc)
            if loc[0] == "characteristics":
                yield from _unknown(place, "characteristic", loc[1], names)
            if rule == "min-stage" and value is not None and value > model.top:
                yield Finding(
                    place, "out-of-range", f"no stage {value}; the highest is {model.top}"
                )
    for n, exemption in enumerate(policy.exemptions):
        if exemption.rule == "no-regression" and items is None:
            continue
        known = {*names, "organisation"}
        if exemption.rule == "no-regression":
            known |= set(items or ())
        elif exemption.rule == "max-age-days":
            known = {"organisation"}
        yield from _unknown(("exemptions", n, "id"), "id", exemption.id, known)


def _list_limits(policy: Policy) -> Mapping[str, Mapping[tuple[str, ...], Limit]]:
    """Each rule on lowest values, with what it asks for by the path to it."""
    rules = policy.rules
    listed: dict[str, Mapping[tuple[str, ...], Limit]] = {}
    for name, rule in (
        ("min-stage", rules.min_stage),
        ("min-index", rules.min_index),
        ("min-coverage", rules.min_coverage),
    ):
        if rule is not None:
            asked: dict[tuple[str, ...], Limit] = {("organisation",): rule.organisation}
            asked["default",] = rule.default
            asked |= {("characteristics", key): each for key, each in rule.characteristics.items()}
            listed[name] = asked
    return listed


# --- mapping ---------------------------------------------------------------------------------


def check_mapping(mapping: TableMapping) -> Iterator[Finding]:
    """What does not fit together in a mapping; columns, items and codes wait for a table."""
    uses: list[tuple[Loc, str]] = [
        (("columns", item), column) for item, column in mapping.columns.items()
    ]
    uses += [(("ignore", n), column) for n, column in enumerate(mapping.ignore)]
    named = [(key, getattr(mapping, key)) for key in EXTRAS]
    uses += [((key,), column) for key, column in named if column is not None]
    yield from _duplicates(uses, "column")


# --- theme -----------------------------------------------------------------------------------

# The accent is read, as a link and under white words; a target is a mark (WCAG 2.2, 1.4.3, 1.4.11).
_LEAST_CONTRAST: tuple[tuple[str, float, str], ...] = (
    ("accent", 4.5, "text"),
    ("target", 3, "a mark"),
)


def check_theme(theme: ReportTheme) -> Iterator[Finding]:
    """The colours of a theme that could not be made out on their page."""
    for scheme, page in PAGES.items():
        colours = getattr(theme, scheme)
        for name, least, what in _LEAST_CONTRAST if colours is not None else ():
            colour = getattr(colours, name)
            found = contrast(colour, page)
            if found < least:
                shown = math.floor(100 * found) / 100  # never shown as what it does not reach
                yield Finding(
                    (scheme, name),
                    "low-contrast",
                    f"'{colour}' has a contrast of {shown:.2f} to the page ('{page}');"
                    f" {what} needs {least}",
                )


# --- tally -----------------------------------------------------------------------------------


def check_tally(tally: Tally, definition: Definition) -> Iterator[Finding]:
    """What does not fit together in a tally, given the questionnaire that was answered."""
    known = definition if asks_the_same(tally.questionnaire.reference, definition) else None
    lots: list[tuple[Loc, People]] = [(("everyone",), tally.everyone)]
    lots += [(("groups", name), people) for name, people in tally.groups.items()]
    for loc, people in lots:
        yield from _count_findings(loc, people)
        if known is not None:
            yield from _counted_findings(loc, people, known)
    if bool(tally.groups) > bool(tally.by):
        yield Finding((), "missing-key", "the key by is missing: groups of what?")
    yield from _size_findings(tally)
    if known is not None:
        for name, code in tally.agreed.items():
            yield from _code_findings(("agreed", name), name, [code], known)


def _size_findings(tally: Tally) -> Iterator[Finding]:
    """Groups that are too small to be told apart, or do not add up to everyone."""
    sizes = {name: people.respondents for name, people in tally.groups.items()}
    everyone = tally.everyone.respondents
    if sizes and sum(sizes.values()) != everyone:
        message = f"{sum(sizes.values())} respondents, and {everyone} of everyone"
        yield Finding(("groups",), "out-of-range", message)
    least = (tally.min_group or LEAST) if tally.is_anonymous else 0
    for name, size in sizes.items():
        if size < least and name != REST:
            message = f"{size} respondents; a group has at least {least}, or joins '{REST}'"
            yield Finding(("groups", name, "respondents"), "out-of-range", message)
    if everyone < least:
        message = f"{everyone} respondents; a tally needs at least {least}"
        yield Finding(("everyone", "respondents"), "out-of-range", message)


def _count_findings(loc: Loc, people: People) -> Iterator[Finding]:
    """Counts of more people than there are."""
    whole = loc[-1] != REST  # the answers to an item may join the rest where a group does not
    for name, counts in people.items.items():
        if whole and sum(counts.values()) > people.respondents:
            message = f"{sum(counts.values())} answers of {people.respondents} respondents"
            yield Finding((*loc, "items", name), "out-of-range", message)
    for key, spreads in (("indexes", people.indexes), ("perceptions", people.perceptions)):
        for name, spread in spreads.items():
            counted = sum(spread.values.values()) + (spread.undefined or 0)
            if whole and counted > people.respondents:
                message = f"{counted} values of {people.respondents} respondents"
                yield Finding((*loc, key, name), "out-of-range", message)
            for value in (*spread.values, *([spread.median] if spread.median is not None else ())):
                if value > spread.of:
                    message = f"the value {value} is more than {spread.of}, the whole of it"
                    yield Finding((*loc, key, name), "out-of-range", message)


def _counted_findings(loc: Loc, people: People, definition: Definition) -> Iterator[Finding]:
    """Items, codes and characteristics that the questionnaire does not know."""
    for name, counts in people.items.items():
        yield from _code_findings((*loc, "items", name), name, counts, definition)
    for name, code in people.ratings.items():
        yield from _code_findings((*loc, "ratings", name), name, [code], definition)
    characteristics = {each.id for each in definition.model.characteristics}
    for key, spreads in (("indexes", people.indexes), ("perceptions", people.perceptions)):
        for name in spreads:
            yield from _unknown((*loc, key, name), "characteristic", name, characteristics)


def _code_findings(
    loc: Loc, item: str, codes: Iterable[str], definition: Definition
) -> Iterator[Finding]:
    entry = definition.entries.get(item)
    if entry is None:
        yield from _unknown(loc, "item", item, definition.entries)
        return
    for code in codes:
        if code not in entry.codes:
            message = f"no answer {quote(code)}{list_known(entry.codes)}"
            yield Finding(loc, "unknown-answer", f"{message}{did_you_mean(code, entry.codes)}")
