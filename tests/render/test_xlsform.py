"""XLSForm: the sheets as they are meant, accepted by pyxform, which the servers themselves use."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
import smallmodel
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert
from render.surveys import view_everything
from servers import read_sheets

from custfocus_cli.render.survey import view_survey
from custfocus_cli.render.xlsform import write_survey
from custfocus_cli.render.xlsx import write_workbook

SURVEYS = view_everything()


def accept(workbook: bytes) -> str:
    """The XForm that pyxform makes of a workbook; it has to make it without a warning."""
    warnings: list[str] = []
    made: str = convert(io.BytesIO(workbook), warnings=warnings, file_type=".xlsx").xform
    assert warnings == []
    return made


def test_the_whole_workbook() -> None:
    data = smallmodel.questionnaire_data()
    del data["items"]["waiting"], data["balance"]
    data["items"]["greeting"]["good"][0]["allow_na"] = "false"
    model = smallmodel.model_data()
    model["characteristics"][0]["description"] = "How people are met."
    definition = smallmodel.definition(model, data)
    text = "How far?\nNo\nHalf\nYes\nDK Don't know\nNA Does not apply"
    assert read_sheets(write_survey(view_survey(definition, groups=("north",)))) == {
        "survey": [
            ("type", "name", "label", "hint", "required", "relevant", "appearance"),
            ("begin_group", "Welcome", "The desk in four questions", "", "", "", "field-list"),
            ("note", "Welcome1", text, "", "", "", ""),
            ("note", "Welcome2", "How often?\nNever\nDaily\nDK Don't know", "", "", "", ""),
            ("end_group", "", "", "", "", "", ""),
            ("begin_group", "Part1", "About you", "", "", "", "field-list"),
            (
                *("select_one answers1", "group", "[group] Which group do you belong to?"),
                *("You may leave this open.", "", "", ""),
            ),
            ("end_group", "", "", "", "", "", ""),
            ("begin_group", "Part2", "Greeting", "", "", "", "field-list"),
            ("note", "Part2Note", "How people are met.", "", "", "", ""),
            ("select_one answers2", "g-1", "[g-1] Guests are greeted.", "How far?", "", "", ""),
            (
                *("text", "g-1-REASON", "[g-1-REASON] Why does this not apply?"),
                *("A few words are enough. Please name nobody.", "yes", "${g-1} = 'NA'", ""),
            ),
            (
                *("select_one answers3", "g-2", "[g-2] Guests are greeted by name."),
                *("How far?", "", "", ""),
            ),
            ("select_one answers4", "g-p", "[g-p] I feel welcome.", "How often?", "", "", ""),
            ("end_group", "", "", "", "", "", ""),
        ],
        "choices": [
            ("list_name", "name", "label"),
            ("answers1", "north", "North"),
            ("answers2", "no", "No"),
            ("answers2", "half", "Half"),
            ("answers2", "yes", "Yes"),
            ("answers2", "DK", "DK - Don't know"),
            ("answers2", "NA", "NA - Does not apply"),
            ("answers3", "no", "No"),
            ("answers3", "half", "Half"),
            ("answers3", "yes", "Yes"),
            ("answers3", "DK", "DK - Don't know"),
            ("answers4", "never", "Never"),
            ("answers4", "daily", "Daily"),
            ("answers4", "DK", "DK - Don't know"),
        ],
        "settings": [
            ("form_title", "form_id", "version", "style"),
            ("The desk in four questions", "desk-4", "1.0.0", "pages"),
        ],
    }


@pytest.mark.parametrize("name", SURVEYS)
def test_pyxform_accepts_it_and_keeps_every_text(name: str) -> None:
    workbook = write_survey(SURVEYS[name])
    form = ElementTree.fromstring(accept(workbook))  # noqa: S314 - pyxform wrote it
    shown = ("".join(each.itertext()) for each in form.iter() if each.tag.endswith("}label"))
    said = {" ".join(text.split()) for text in shown}
    sheets = read_sheets(workbook)
    labels = {row[2] for row in (*sheets["survey"][1:], *sheets["choices"][1:]) if row[2]}
    assert {" ".join(label.split()) for label in labels} == said - {""}  # a label may point to one
    reasons = sum(q.condition is not None for p in SURVEYS[name].pages for q in p.questions)
    binds = [each.get("relevant") for each in form.iter() if each.tag.endswith("}bind")]
    assert len([each for each in binds if each]) == reasons


def test_names_are_the_ids_as_far_as_they_may_be() -> None:
    rows = read_sheets(write_survey(SURVEYS["awkward"]))["survey"]
    names = [name for kind, name, *_ in rows if kind.startswith("select_one")]
    assert names[:5] == ["_4.2", "_42", f"p{'-long' * 9}", "q1", "q-1"]


@pytest.mark.parametrize("name", [name for name in SURVEYS if name.startswith("hostile")])
def test_nothing_in_a_text_acts(name: str) -> None:
    for rows in read_sheets(write_survey(SURVEYS[name])).values():
        for row in rows[1:]:
            texts = [text for place, text in enumerate(row) if place != 5]  # 5: our expressions
            assert [t for t in texts if re.search(r"\$\{|\]\(|<[a-zA-Z/!]|\x1b|\u202e", t)] == []


def test_a_reference_that_pyxform_would_follow_is_refused_by_it() -> None:
    sheets = read_sheets(write_survey(SURVEYS["small"]))
    planted = [(*row[:2], f"{row[2]} ${{nobody}}", *row[3:]) for row in sheets["survey"][5:6]]
    sheets["survey"][5:6] = planted
    with pytest.raises(PyXFormError):
        accept(write_workbook(sheets))
