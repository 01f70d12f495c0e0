"""The tally: how many people chose which answer, and nothing else of what they said."""

# No `annotations` from __future__: pydantic would compile each of them again at every start.

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from custfocus_cli.documents.assessment import QuestionnaireReference
from custfocus_cli.documents.fields import Code, Date, Id, Mode, Part, Text, Version, Whole

By = Literal["role", "group"]
"""By what people are told apart."""

BYS: Final[tuple[By, ...]] = ("role", "group")

REST: Final = "other"
"""The group of all who are in no group that is shown: the small ones, and people without one."""

LEAST: Final = 5
"""The fewest people that a group may have (formats.md part 4)."""

COUNTED: Final = 10
"""The number of people from which on it is shown how many chose what (formats.md part 4)."""

AtLeastFive = Annotated[
    Whole,
    Field(ge=LEAST),
    Field(json_schema_extra={"minimum": LEAST}),
]


class CountedQuestionnaire(Part):
    """The questionnaire that was answered, as it stood; `path` leads to one that is not shipped."""

    id: Id
    path: Text | None = None
    version: Version
    digest: Text

    @property
    def reference(self) -> QuestionnaireReference:
        """The same, as a file of answers names its questionnaire."""
        return QuestionnaireReference(
            id=self.id, path=self.path, version=self.version, digest=self.digest
        )


class Spread(Part):
    """How many people had which index of one characteristic: a whole value over `of`.

    `undefined` counts those of whom too little is known for an index. Where fewer than ten people
    have one, there is nothing but the lower `median` of their values.
    """

    of: Whole
    values: Mapping[Whole, Whole] = {}
    undefined: Whole | None = None
    median: Whole | None = None


class People(Part):
    """How some people answered.

    `items` holds for each item how many of them chose each code. An item of which fewer than ten
    are told stands in `ratings` instead, with what they say together: their lower median, or that
    they do not know, or that it does not apply. `indexes` come from items of stages, by
    characteristic, `perceptions` from items of perception.
    """

    respondents: Whole
    items: Mapping[Id, Mapping[Code, Whole]] = {}
    ratings: Mapping[Id, Code] = {}
    indexes: Mapping[Id, Spread] = {}
    perceptions: Mapping[Id, Spread] = {}


class Tally(Part):
    """The answers of many people to one questionnaire, counted.

    `date` is the latest of their answers; `wave` names the survey, so that it is not added to a
    later export of itself. `groups` are those by `by`, the one partition there is; `other` are all
    the rest. `min_group` is absent where nobody was promised anonymity. `agreed` are the ratings
    that a workshop settled.
    """

    FORMAT: ClassVar[str] = "custfocus/tally/1"

    format: Literal["custfocus/tally/1"] = "custfocus/tally/1"
    questionnaire: CountedQuestionnaire
    organisation: Text
    scope: Text = "whole organisation"
    date: Date
    mode: Mode
    wave: Id | None = None
    by: By | None = None
    min_group: AtLeastFive | None = None
    everyone: People
    groups: Mapping[Id, People] = {}
    agreed: Mapping[Id, Code] = {}

    @property
    def is_anonymous(self) -> bool:
        """Whether people answered for themselves, so that none may be told from the others."""
        return self.mode != "interview"
