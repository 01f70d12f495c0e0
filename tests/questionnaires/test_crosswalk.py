"""The points of contact with ISO 9001:2015, row by row as the design lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from shipped import list_items, read_definition, read_model

from custfocus_cli.documents.model import References

# Clause, its title, the characteristics and the items that touch it.
ROWS = """
4.2    | Understanding the needs and expectations of interested parties | |
4.4    | Quality management system and its processes | whole-organisation process-alignment | wo-1a wo-2a pa-1a pa-1b
5.1.1  | General (leadership and commitment) | service-vision customer-commitment manager-role | mr-1b
5.1.2  | Customer focus | service-vision customer-commitment manager-role | sv-2b cc-2a
5.2.1  | Establishing the quality policy | service-vision | sv-3a
5.2.2  | Communicating the quality policy | service-vision | sv-1a
5.3    | Organizational roles, responsibilities and authorities | customer-commitment whole-organisation manager-role process-alignment | cc-3a wo-1b wo-3a mr-1a mr-3a pa-1b
6.1    | Actions to address risks and opportunities | service-vision | sv-2b
6.2    | Quality objectives and planning to achieve them | service-vision support-functions service-standards recognition | sv-3a sf-2a re-3a re-3b
6.3    | Planning of changes | service-vision customer-commitment | sv-3b cc-3b
7.1.1  | General (resources) | service-vision customer-commitment support-functions | sv-3b cc-1a sf-2a
7.1.2  | People | support-functions employee-experience | sf-2b sf-3b ee-3b
7.1.3  | Infrastructure | support-functions employee-experience | sf-1b sf-3a ee-3a
7.1.4  | Environment for the operation of processes | support-functions employee-experience recognition | ee-1a ee-3a ee-3b
7.1.6  | Organizational knowledge | service-training | st-2b
7.2    | Competence | service-training support-functions manager-role service-standards recognition | st-1a st-1b st-2a st-3a st-3b sf-2b mr-2a ss-1b re-2b
7.3    | Awareness | service-vision whole-organisation service-training manager-role employee-experience service-standards recognition | sv-1b sv-2a wo-1b st-2a mr-2a re-1a
7.4    | Communication | customer-commitment support-functions employee-experience recognition | cc-1b cc-2b sf-1a ee-1b re-1b
7.5.1  | General (documented information) | support-functions process-alignment service-standards | sf-3a pa-1a ss-1a
8.1    | Operational planning and control | whole-organisation process-alignment | wo-2a
8.2.1  | Customer communication | whole-organisation process-alignment service-recovery voice-of-customer | wo-3a pa-3a pa-3b sr-1a sr-1b sr-3a vc-3a
8.2.2  | Determining the requirements for products and services | process-alignment service-standards voice-of-customer | ss-2a ss-3b vc-2b
8.2.3  | Review of the requirements for products and services | process-alignment |
8.2.4  | Changes to requirements for products and services | |
8.3.3  | Design and development inputs | voice-of-customer | vc-2b
8.5.1  | Control of production and service provision | process-alignment service-standards | pa-3a ss-1a ss-3a
8.5.3  | Property belonging to customers or external providers | |
8.5.5  | Post-delivery activities | service-recovery | sr-3b
8.5.6  | Control of changes | customer-commitment | cc-3b
8.7    | Control of nonconforming outputs | manager-role process-alignment service-recovery | mr-3b pa-2b sr-2a sr-3a
9.1.1  | General (monitoring, measurement, analysis and evaluation) | whole-organisation process-alignment service-standards | wo-3b pa-2b ss-2b ss-3a
9.1.2  | Customer satisfaction | process-alignment service-standards service-recovery recognition voice-of-customer | pa-2a ss-2a sr-3b re-2a vc-1a vc-2a vc-3a vc-3b
9.1.3  | Analysis and evaluation | customer-commitment whole-organisation employee-experience service-recovery voice-of-customer | cc-2b wo-2b ee-2a sr-2b vc-1b vc-2a
9.3.2  | Management review inputs | voice-of-customer | vc-1b
10.2   | Nonconformity and corrective action | manager-role service-recovery | mr-2b mr-3b sr-1b sr-2b
10.3   | Continual improvement | service-training manager-role employee-experience process-alignment voice-of-customer | st-3b mr-2b ee-2b pa-2a
"""  # noqa: E501 - one row of the table is one line

# Titles the readiness questionnaire and the headings of a report need, without an item here.
TITLES_BESIDE = {"5.2", "8.2", "9.3", "9.3.3", "10.1"}


def parse_rows() -> list[tuple[str, str, list[str], list[str]]]:
    rows = [line.split("|") for line in ROWS.strip().splitlines()]
    return [(a.strip(), title.strip(), b.split(), c.split()) for a, title, b, c in rows]


def list_ids(clause: str, referring: Iterable[tuple[str, References]]) -> list[str]:
    """Who refers to a clause of ISO 9001, in the order given."""
    return [name for name, references in referring if clause in references.get("iso9001", ())]


def list_clauses(referring: Iterable[tuple[str, References]]) -> set[str]:
    return {clause for _, references in referring for clause in references.get("iso9001", ())}


def read_items() -> list[tuple[str, References]]:
    return [(item.id, item.references) for item in list_items(read_definition("interview-72"))]


def read_characteristics() -> list[tuple[str, References]]:
    return [(each.id, each.references) for each in read_model().characteristics]


@pytest.mark.parametrize("row", parse_rows(), ids=lambda row: row[0])
def test_each_row_is_what_items_and_characteristics_refer_to(
    row: tuple[str, str, list[str], list[str]],
) -> None:
    clause, title, characteristics, items = row
    assert read_model().standards["iso9001"].clauses[clause] == title
    assert list_ids(clause, read_characteristics()) == characteristics
    assert list_ids(clause, read_items()) == items


def test_no_clause_is_referred_to_outside_the_rows() -> None:
    rows = {clause: (characteristics, items) for clause, _, characteristics, items in parse_rows()}
    assert list_clauses(read_items()) == {clause for clause, (_, items) in rows.items() if items}
    assert list_clauses(read_characteristics()) == {c for c, (named, _) in rows.items() if named}
    assert set(read_model().standards["iso9001"].clauses) == {*rows, *TITLES_BESIDE}


def test_the_edition_stands_beside_the_map() -> None:
    assert {name: each.edition for name, each in read_model().standards.items()} == {
        "iso9001": "2015"
    }


def test_a_planted_reference_is_seen() -> None:
    planted: Mapping[str, tuple[str, ...]] = {"iso9001": ("5.2.2", "9.9")}
    referring = [*read_items(), ("xx-1a", planted)]
    assert list_ids("5.2.2", referring) == ["sv-1a", "xx-1a"]
    assert "9.9" in list_clauses(referring)
