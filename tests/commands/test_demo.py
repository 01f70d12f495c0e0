"""`demo`: two years, their reports and plans, made anew as often as one likes."""

from __future__ import annotations

from pathlib import Path

from commands.calling import SAMPLES, Caller

FILES = [
    "quillmarsh-2025-2026.html",
    "quillmarsh-2025-2026.txt",
    *(
        f"quillmarsh-{year}{rest}"
        for year in (2025, 2026)
        for rest in ("-plan.csv", ".html", ".md", ".yaml")
    ),
]


def test_demo_writes_both_years_and_says_what_to_look_at(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "demo"
    for _ in range(2):
        code, out, err = call("demo", str(folder))
        assert (code, out) == (0, "")
        assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert f"Look at    {folder}/quillmarsh-2026.html" in err
    first = folder / "quillmarsh-2025.yaml"
    for year, previous in (("2025", ()), ("2026", ("--previous", str(first)))):
        written = folder / f"quillmarsh-{year}.yaml"
        assert written.read_bytes() == Path(SAMPLES[f"quillmarsh-{year}"]).read_bytes()
        assert (
            written.with_suffix(".md").read_text("utf-8")
            == (call("report", str(written), *previous, "-f", "markdown")[1])
        )


def test_demo_where_nothing_can_be_written(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, out, err = call("demo", str(tmp_path / "file" / "demo"))
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {tmp_path / 'file' / 'demo'} could not be written: ")
