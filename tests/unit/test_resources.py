"""Resources are read alike from the source tree and from a built wheel, and nothing needed is missing."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktop_search import resources

PROJECT = Path(__file__).resolve().parents[2]


def test_names_are_read_from_the_source_tree() -> None:
    assert resources.root() == PROJECT / "resources"
    assert '"searches"' in resources.read_text("sample/samples.json")
    assert resources.read_bytes("sample/lighthouse.jpg").startswith(b"\xff\xd8")


@pytest.mark.parametrize("name", ["", "../pyproject.toml", "/etc/passwd", "icons/../../x", "icons\\search.svg"])
def test_a_name_cannot_leave_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="not a resource name"):
        resources.path(name)


def test_nothing_required_is_missing() -> None:
    assert resources.missing() == ()


def test_a_built_wheel_holds_every_resource_and_reads_it(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    files = [path for path in (PROJECT / "resources").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {f"desktop_search/_resources/{path.relative_to(PROJECT / 'resources').as_posix()}" for path in files}
    assert wanted <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]
    assert any(name.endswith("/LICENSE") for name in names)
    program = "from desktop_search import resources; print(resources.root(), resources.missing(), sep='|')"
    answer = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); {program}"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert answer.stdout.strip() == f"{tmp_path / 'site' / 'desktop_search' / '_resources'}|()"
