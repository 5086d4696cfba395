"""requirements/strip.py takes out what is never loaded, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "requirements" / "strip.py"
GONE = (
    "onnxruntime/capi/libonnxruntime.so.1.2.3",
    "onnxruntime/tools/make.py",
    "babel/locale-data/de.dat",
    "babel/locale-data/es_AR.dat",
    "numpy/lib/tests/test_lib.py",
    "sqlalchemy/dialects/mysql/base.py",
    "sqlalchemy/dialects/mssql/base.py",
)
KEPT = (
    "onnxruntime/capi/onnxruntime_pybind11_state.so",
    "babel/locale-data/en.dat",
    "babel/locale-data/root.dat",
    "numpy/lib/_lib.py",
    "sqlalchemy/dialects/sqlite/base.py",
    "other/tests/test_other.py",
)


def strip(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the script says of a folder."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], capture_output=True, text=True, check=False
    )


def test_only_what_is_never_loaded_goes(tmp_path: Path) -> None:
    """Locales, tests, tools and other databases go; what is loaded stays, and other packages are left alone."""
    (tmp_path / "pyvenv.cfg").write_text("")
    packages = tmp_path / "lib" / "python3.11" / "site-packages"
    for name in (*GONE, *KEPT):
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_bytes(bytes(500_000))
    ran = strip(tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "4 MB taken out" in ran.stdout
    assert [name for name in GONE if (packages / name).exists()] == []
    assert [name for name in KEPT if not (packages / name).is_file()] == []


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path: Path) -> None:
    """Only a virtual environment is touched."""
    file = tmp_path / "lib" / "python3.11" / "site-packages" / GONE[0]
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    ran = strip(tmp_path)
    assert ran.returncode == 2
    assert "no virtual environment" in ran.stderr
    assert file.exists()
