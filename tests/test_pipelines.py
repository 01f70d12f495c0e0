"""The action, and the pipelines of the README: read by strict readers, and run in a repository."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli import PYTHON, settle_environment
from commands.years import write_policy, write_year
from history import Repository, begin
from runner import Command, read_log
from tree import ROOT

SCRIPTS = Path(sys.executable).parent
ACTION = ROOT / "action.yml"
README = (ROOT / "README.md").read_text("utf-8")


def find_block(name: str) -> str:
    """The block of the README that is written to a file of this name."""
    found = re.search(rf"^```\w+ {re.escape(name)}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found is not None, name
    return found[1]


WORKFLOW = find_block("workflow.yml").replace("@COMMIT", f"@{'0' * 40}")
GITLAB = find_block(".gitlab-ci.yml")
JOBS: dict[str, dict[str, Any]] = yaml.safe_load(GITLAB)
SHARED = JOBS.pop(".custfocus")
# What jobs extend, as a job: the schema looks into no other.
WHOLE_JOB = yaml.safe_dump({"job": {**SHARED, "script": "true"}})
JENKINS = find_block("Jenkinsfile")


# --- read by others --------------------------------------------------------------------------


def check_schema(schema: str, text: str, folder: Path) -> int:
    path = folder / "pipeline.yml"
    path.write_text(text, "utf-8")
    command = [*PYTHON, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def audit(path: Path) -> tuple[int, str]:
    """What zizmor, which knows how workflows are attacked, has against a file."""
    command = [str(SCRIPTS / "zizmor"), "--offline", "--no-config", str(path)]
    ran = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    return ran.returncode, ran.stdout


@pytest.mark.parametrize(
    ("schema", "text", "broken"),
    [
        ("github-actions", ACTION.read_text("utf-8"), ("shell: bash", "shel: bash")),
        ("github-workflows", WORKFLOW, ("runs-on:", "runs:")),
        ("gitlab-ci", GITLAB, ("script:", "scripts:")),
        ("gitlab-ci", WHOLE_JOB, ("before_script:", "before-script:")),
    ],
)
def test_the_published_schemas_take_them(
    schema: str, text: str, broken: tuple[str, str], tmp_path: Path
) -> None:
    assert check_schema(schema, text, tmp_path) == 0
    assert check_schema(schema, text.replace(*broken), tmp_path) == 1


def test_the_action_lets_nobody_in(tmp_path: Path) -> None:
    code, said = audit(ACTION)
    assert code == 0, said
    spliced = tmp_path / "action.yml"
    spliced.write_text(ACTION.read_text("utf-8").replace('"$NEW"', '"${{ inputs.new }}"'), "utf-8")
    assert "template-injection" in audit(spliced)[1]


def test_no_input_stands_in_a_script() -> None:
    steps = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]
    assert [step["run"] for step in steps if "${{" in step["run"]] == []


def test_the_workflow_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / ".github" / "workflows" / "custfocus.yml"
    path.parent.mkdir(parents=True)
    path.write_text(WORKFLOW, "utf-8")
    code, said = audit(path)
    assert code == 0, said
    path.write_text(WORKFLOW.replace("0" * 40, "main"), "utf-8")
    assert "unpinned-uses" in audit(path)[1]


# --- run in a repository ---------------------------------------------------------------------

WORSE = {"g-2": "no"}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A clone of a repository with yearly files and one that changes, the program beside it."""
    source = begin(tmp_path / "source", monkeypatch)
    (source.folder / "answers").mkdir()
    write_year(source.folder / "answers", "2025", date="2025-05-01")
    write_year(source.folder / "answers", "2026")
    write_year(source.folder, "answers")
    rules = {
        "no-regression": {},
        "max-age-days": {"severity": "warning", "days": "400"},
    }
    write_policy(source.folder, rules)
    source.commit({})
    work = begin(tmp_path / "work", monkeypatch)
    work.git("fetch", "--quiet", str(source.folder), "main")
    work.git("reset", "--quiet", "--hard", "FETCH_HEAD")
    work.git("remote", "add", "origin", str(source.folder))
    work.git("fetch", "--quiet", "origin")
    for name in (".venv", "temporary/custfocus"):
        folder = tmp_path / "work" / name / "bin"
        folder.mkdir(parents=True)
        (folder / "custfocus").symlink_to(SCRIPTS / "custfocus")
        (folder / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
        (folder / "python").chmod(0o755)
    return work


def run(script: str, repository: Repository, **variables: str) -> tuple[int, str]:
    """The exit code of a script as a step runs it, and all that it printed."""
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=repository.folder,
        env=settle_environment({**variables, "PATH": path}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    return ran.returncode, ran.stdout


def run_action(repository: Repository, given: Mapping[str, str]) -> tuple[int, str, str, str]:
    """What the step of the action that judges does with these inputs, as GitHub calls it.

    The exit code, what it printed, its summary, and its outputs.
    """
    action: dict[str, Any] = yaml.safe_load(ACTION.read_text("utf-8"))
    assert given.keys() <= action["inputs"].keys()
    step = action["runs"]["steps"][1]
    inputs = {name: given.get(name, each.get("default")) for name, each in action["inputs"].items()}
    variables = {
        name: inputs[re.fullmatch(r"\$\{\{ inputs\.(.+) \}\}", text)[1]]  # type: ignore[index] # it matches
        for name, text in step["env"].items()
    }
    assert len(set(step["env"].values())) == len(inputs)
    summary, output = repository.folder / "summary", repository.folder / "output"
    summary.write_text("", "utf-8")
    output.write_text("", "utf-8")
    code, said = run(
        step["run"],
        repository,
        **variables,
        RUNNER_TEMP="temporary",
        GITHUB_STEP_SUMMARY=str(summary),
        GITHUB_OUTPUT=str(output),
    )
    return code, said, summary.read_text("utf-8"), output.read_text("utf-8")


def read_steps() -> list[dict[str, str]]:
    """The inputs of each step of the workflow, in a pull request against main."""
    steps = yaml.safe_load(WORKFLOW)["jobs"]["custfocus"]["steps"][1:]
    return [
        {key: text.replace("${{ github.base_ref }}", "main") for key, text in step["with"].items()}
        for step in steps
    ]


def worsen(repository: Repository) -> None:
    write_year(repository.folder / "answers", "2026", WORSE)
    write_year(repository.folder, "answers", WORSE)


def test_the_steps_of_the_workflow(repository: Repository) -> None:
    codes = []
    for given in read_steps():
        code, said, summary, output = run_action(repository, given)
        assert "Gate passed" in said
        assert "Gate passed" in summary
        assert output == "exit-code=0\n"
        codes.append(code)
    assert codes == [0, 0, 0, 0]
    worsen(repository)
    for given, path in zip(read_steps()[:2], ("answers/2026.yaml", "answers.yaml"), strict=True):
        code, said, summary, output = run_action(repository, given)
        assert (code, output) == (1, "exit-code=1\n")
        verdict, first = list(read_log(said))[:2]
        assert (first.name, first.properties["file"]) == ("error", path)
        assert first.data == (
            "Greeting: still at stage 1; the index fell from 87.5 to 75.0,"
            " because g-2 fell from “Half” to “No”."
        )
        assert verdict == Command(
            "error", {"title": "custfocus"}, f"Gate failed (exit code 1): {first.data}"
        )
        assert first.data in summary


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"new": "answers/2026.yaml"}, 2),  # nothing to judge by
        ({"new": "none.yaml", "old": "answers/2025.yaml"}, 2),
        ({"new": "answers/2026.yaml", "old": "answers/2024.yaml"}, 2),
        ({"new": "answers/2026.yaml", "old": "answers/2024.yaml", "if-no-old": "fail"}, 1),
        ({"new": "answers/2026.yaml", "policy": "policy.yaml"}, 1),
        ({"new": "answers.yaml", "old": "answers/2025.yaml", "only": "greeting"}, 0),
        ({"new": "answers.yaml", "old": "answers/2025.yaml", "fail-on": "change"}, 0),
        ({"new": "answers.yaml", "old": "answers/2025.yaml", "tolerance": "1"}, 0),
        ({"new": "answers.yaml", "old": "answers/2025.yaml", "as-of": "yesterday"}, 2),
        # what is no file is a file that is missing, and nothing else
        ({"new": "--help", "old": "answers/2025.yaml"}, 2),
        ({"new": "answers.yaml", "old": "$(touch planted); touch planted"}, 2),
        ({"new": "answers.yaml", "old": "`touch planted`", "only": '"; touch planted; "'}, 2),
    ],
)
def test_the_exit_code_of_the_action_is_that_of_custfocus(
    given: dict[str, str], code: int, repository: Repository
) -> None:
    rules = "format: custfocus/policy/1\nrules: {min-stage: {organisation: 2}}\n"
    repository.write("policy.yaml", rules)
    found, said, _, output = run_action(repository, given)
    assert (found, output) == (code, f"exit-code={code}\n"), said
    assert not (repository.folder / "planted").exists()


def test_the_reason_that_nothing_was_judged_is_an_annotation_and_in_the_summary(
    repository: Repository,
) -> None:
    given = {"new": "no::error::%0A,ne.yaml", "old": "answers/2025.yaml"}
    code, said, summary, _ = run_action(repository, given)
    assert code == 2
    (command,) = read_log(said)
    reason = (
        "error: no: :error: :%0A,ne.yaml: there is no such file, and no revision 'no' in this git"
        " repository"
    )
    assert command == Command("error", {"title": "custfocus"}, reason)
    assert summary == f"custfocus could not judge (exit code 2):\n\n    {reason}\n"

    # with a hint there are two lines
    code, said, summary, _ = run_action(
        repository, {"new": "answers/2026.yaml", "old": "answers/2024.yaml"}
    )
    assert code == 2
    (command,) = read_log(said)
    lines = (
        "error: there is no answers/2024.yaml to compare with",
        "hint: in the first year, --if-no-old pass goes on without it",
    )
    assert command.data == "\n".join(lines)
    assert summary == "custfocus could not judge (exit code 2):\n\n" + "".join(
        f"    {line}\n" for line in lines
    )


def test_the_reason_is_told_once(repository: Repository) -> None:
    write_year(repository.folder / "answers", "2026", organisation="The Inn")
    given = {"new": "answers/2026.yaml", "old": "answers/2025.yaml"}
    code, said, summary, _ = run_action(repository, given)
    assert code == 2
    (command,) = read_log(said)
    assert command.data == (
        "Not comparable (exit code 2): they are about two organisations, 'The Hall' and 'The Inn'."
        " --same compares them, where it is the same under another name."
    )
    assert f"**{command.data}**" in summary.replace("\\", "")


def plant_modules(repository: Repository) -> None:
    """Modules in the workspace by the names of those that the action's programs import."""
    for name in ("venv", "pip", "string", "random", "yaml", "pydantic", "custfocus_cli"):
        repository.write(f"{name}.py", "open('planted', 'a').close()\nraise SystemExit(0)\n")


@pytest.mark.parametrize("path", ["", "."])
def test_the_action_imports_nothing_of_the_workspace(
    path: str, repository: Repository, tmp_path: Path
) -> None:
    worsen(repository)
    plant_modules(repository)
    planted, empty = repository.folder / "planted", tmp_path / "empty"
    empty.mkdir()
    install: str = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"][0]["run"]
    given = {"RUNNER_TEMP": str(tmp_path / "runner"), "GITHUB_ACTION_PATH": str(empty)}
    code, said = run(install, repository, PYTHONPATH=path, **given)
    assert (code, planted.exists()) == (2, False), said
    assert "empty' is not installable" in said  # which the true pip says
    run(install.replace(" -I", ""), repository, PYTHONPATH=path, **given)
    assert planted.exists()


def test_the_gate_of_the_action_imports_nothing_of_the_workspace(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    worsen(repository)
    plant_modules(repository)
    monkeypatch.setenv("PYTHONPATH", ".")
    planted = repository.folder / "planted"
    given = read_steps()[0]
    code, said, _, _ = run_action(repository, given)
    assert (code, planted.exists()) == (1, False), said
    text = ACTION.read_text("utf-8").replace(" -I", "")
    monkeypatch.setattr(sys.modules[__name__], "ACTION", repository.folder / "action.yml")
    repository.write("action.yml", text)
    assert run_action(repository, given)[0] == 0
    assert planted.exists()


def test_the_jobs_of_gitlab(repository: Repository) -> None:
    variables = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}

    def run_jobs() -> list[int]:
        codes = []
        for job in JOBS.values():
            codes.append(run("\n".join(job["script"]), repository, **variables)[0])
            for path in SHARED["artifacts"]["reports"].values():
                (repository.folder / path).unlink()
        return codes

    assert run_jobs() == [0, 0, 0]
    worsen(repository)
    assert run_jobs() == [1, 1, 0]


@pytest.mark.parametrize(
    ("lines", "broken"),
    [
        (SHARED["before_script"], "pip"),
        (JOBS["merge-request-against-its-branch"]["script"], "git"),
        ([yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"][0]["run"]], "python3"),
    ],
)
def test_what_fails_before_the_gate_is_no_failed_gate(
    lines: list[str], broken: str, repository: Repository
) -> None:
    broken_program = f"{broken}() {{ false; }}\n"
    script = "\n".join(lines)
    assert run(broken_program + script, repository, RUNNER_TEMP="temporary")[0] == 2
    planted = broken_program + script.replace(" || exit 2", "")
    assert run(planted, repository, RUNNER_TEMP="temporary")[0] == 1


def test_the_lines_of_jenkins(repository: Repository) -> None:
    lines = re.findall(r"^ *sh '(.*)'$", JENKINS, re.MULTILINE)
    clear, fetch, *calls = (
        line for line in lines if not {"venv", "install"} & set(shlex.split(line))
    )
    (repository.folder / "junit.xml").write_text("of last week", "utf-8")
    assert [run(line, repository)[0] for line in (clear, fetch)] == [0, 0]
    assert not (repository.folder / "junit.xml").exists()
    assert [run(line, repository)[0] for line in calls] == [0, 0, 0]
    worsen(repository)
    assert [run(line, repository)[0] for line in calls] == [1, 1, 0]
    assert (repository.folder / "junit.xml").exists()
