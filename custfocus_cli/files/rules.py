"""Every rule a file can break, with one sentence: what `custfocus validate --rules` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RULES: Final[Mapping[str, str]] = {
    # the text
    "cannot-read": "The file exists, is a regular file, and may be read.",
    "too-large": "A file has at most 2 MB and at most 100,000 keys and values.",
    "not-utf8": "A file is UTF-8 text.",
    "control-character": "A file holds no control characters, neither as such nor as escapes.",
    "yaml-syntax": "A file is well-formed YAML.",
    "json-syntax": "A file whose name ends in .json, or that begins with {, is well-formed JSON.",
    "yaml-anchor": "YAML anchors (&name) are not used.",
    "yaml-alias": "YAML aliases (*name) are not used.",
    "yaml-merge-key": "YAML merge keys (<<) are not used.",
    "yaml-tag": "YAML tags (!name) are not used.",
    "yaml-documents": "A file holds one document.",
    "too-deep": "Mappings and lists are nested at most 32 levels deep, questionnaires at most 8.",
    "too-long": "A text has at most 20,000 characters, a key and a number at most 100.",
    "bad-key": "A key is a piece of text.",
    "duplicate-key": "A key stands once in its mapping.",
    "empty-entry": "An entry of a list is not empty.",
    # tables
    "csv-syntax": "The quotes of a table are closed, and doubled inside a quoted cell.",
    "empty-table": "A table begins with its header.",
    "table-too-large": "A table has at most 20,000 columns and lines of 4 MB, a cell 1 MB.",
    "ragged-row": "A row of a table has as many cells as its header.",
    "unknown-column": "A column that holds answers belongs to an item.",
    "duplicate-column": "An item has one column, and a header that is named stands for one.",
    "personal-column": "A column that would give a person away is used for nothing.",
    # the form
    "unknown-format": "The key format names a kind of file that custfocus reads.",
    "newer-format": "The version in the key format is not newer than this custfocus.",
    "wrong-kind": "A file that another one names is of the kind that is needed there.",
    "unknown-key": "Only known keys are used.",
    "missing-key": "Every key that is needed is there and has a value.",
    "wrong-type": "A value has the form that its key asks for.",
    "too-few": "A list has as many entries as it needs.",
    "bad-id": "An id has lower-case letters, digits, '.', '_' and '-', and at most 64 of them.",
    "bad-date": "A date is a day of the calendar, written YYYY-MM-DD.",
    "out-of-range": "A number lies within its limits.",
    "bad-colour": "A colour is '#' and six hexadecimal digits.",
    # how it fits together
    "duplicate-id": "An id stands for one thing.",
    "unknown-id": "An id stands for something that exists.",
    "unknown-answer": "An answer is one of the options of its scale.",
    "reason-missing": "An answer that something does not apply has a reason.",
    "na-not-allowed": "'Does not apply' is answered only where the item allows it.",
    "based-on-cycle": "A questionnaire does not stand on itself.",
    "stdin-path": "What is read from standard input names no other file by its path.",
    "points-order": "Points start at 0 and rise from option to option.",
    "gate-order": "A stage waits only for itself and for stages below it.",
    "wrong-scale": "An item uses a scale that its place in the questionnaire can read.",
    "placement-options": "A placement has one option for stage zero and one for each stage.",
    "weights-zero": "At least one characteristic has a weight above 0.",
    "empty-rule": "A rule of a policy and each of its limits has a value; {} means the defaults.",
    "empty-policy": "A policy has at least one rule.",
    "low-contrast": "A colour stands out from its page: 4.5 to 1 for text, 3 to 1 for marks.",
}
