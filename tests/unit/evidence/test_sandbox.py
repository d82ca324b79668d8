"""Step 4, evidence: reading happens in a limited child process; whatever the file does, the caller gets a state."""

import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from compliance.evidence import sandbox
from compliance.evidence.confinement import Limits
from compliance.evidence.intake import LARGEST
from compliance.evidence.sandbox import read_pdf

FOLDER = Path(__file__).parents[2] / "evidence_files"
CERTIFICATE = FOLDER / "certificate_sv_value_beside_label.pdf"


def test_a_stored_file_is_read_in_a_child_process():
    reading = read_pdf(CERTIFICATE)
    assert (reading.state, reading.first("valid_until").value) == ("read", "2028-03-13")


def test_bytes_read_as_the_file_does():
    assert read_pdf(CERTIFICATE.read_bytes()) == read_pdf(CERTIFICATE)


@pytest.mark.parametrize(
    ("name", "state"),
    [("empty_file", "not_pdf"), ("truncated_upload", "broken"), ("too_many_characters", "refused")],
)
def test_a_bad_file_is_a_state(name, state):
    assert read_pdf(FOLDER / f"{name}.pdf").state == state


def test_a_file_beyond_the_limit_is_not_opened():
    assert read_pdf(b"%PDF-1.7" + b" " * LARGEST).state == "too_large"


BEGUN = "print('ready', flush=True); "


@pytest.mark.parametrize(
    ("program", "state"),
    [
        (BEGUN + "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        (BEGUN + "import sys; sys.exit(1)", "broken"),
        (BEGUN + "print('not json')", "broken"),
        (BEGUN + "print('{}')", "broken"),
        (BEGUN + "import sys; sys.exit(3)", "refused"),
        (BEGUN + "import time; time.sleep(60)", "refused"),
        ("import time; time.sleep(60)", "refused"),
        ("while True: print('x' * 100000)", "refused"),
        ("import os, time; os.fork(); time.sleep(60)", "refused"),
        ("import os, time; os.close(1); os.close(2); time.sleep(60)", "refused"),
    ],
)
def test_whatever_the_child_does_the_caller_gets_a_state(program, state, child):
    child(program)
    assert read_pdf(CERTIFICATE, Limits(wall=1.0, output=1_000_000)).state == state


@pytest.mark.parametrize(
    ("program", "logged"),
    [
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "exit status -11"),
        (BEGUN + "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "exit status -9"),
        (BEGUN + "import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "exit status -15"),
        (BEGUN + "print('KeyError in dated.py:12'); import sys; sys.exit(4)", "KeyError in dated.py:12"),
    ],
)
def test_a_fault_of_ours_is_not_called_a_damaged_document(program, logged, child, caplog):
    child(program)
    assert read_pdf(CERTIFICATE).state == "failed"
    assert logged in caplog.text


def test_a_child_that_cannot_be_started_is_a_fault_of_ours(monkeypatch, caplog):
    monkeypatch.setattr(sandbox, "command", lambda _limits: ["/no/such/interpreter"])
    assert read_pdf(CERTIFICATE).state == "failed"
    assert "not started" in caplog.text


def test_an_error_of_ours_is_told_by_its_place_and_never_by_the_documents_words():
    from compliance.evidence.child import _place_of

    try:
        {}["Exempel Måleri AB"]
    except KeyError as fault:
        told = _place_of(fault)
    assert told.startswith("KeyError in test_sandbox.py:")
    assert "Exempel" not in told


@pytest.fixture
def child(tmp_path, monkeypatch):
    """Lets another program stand for the reading child."""

    def replaced_by(program):
        script = tmp_path / "child.py"
        script.write_text(program)
        monkeypatch.setattr(sandbox, "command", lambda _limits: [sys.executable, str(script)])

    return replaced_by


CONFINED = """
import os, pathlib, socket, sys
from compliance.evidence.confinement import Limits, confine
confine(Limits(memory=400_000_000))
def tried(name, action):
    try:
        action()
    except (OSError, MemoryError):
        return
    print(name)
tried("memory", lambda: bytearray(500_000_000))
tried("write", lambda: pathlib.Path(sys.argv[1]).write_text("x" * 10))
tried("files", lambda: [open("/dev/null") for _ in range(40)])
tried("network", lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=2))
tried("socket", lambda: socket.socket(socket.AF_UNIX))
tried("fork", os.fork)
if os.geteuid() == 0:
    print("root")
"""


def test_a_confined_process_cannot_write_connect_or_take_memory(tmp_path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", CONFINED, str(tmp_path / "file"), port],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    allowed = set(done.stdout.split())
    if platform.machine() not in ("x86_64", "aarch64"):
        allowed -= {"socket", "network"}  # no filter for this kind of machine
    assert (allowed, done.returncode) == (set(), 0), done.stderr


def test_a_child_that_uses_up_its_processor_time_is_refused(tmp_path, monkeypatch):
    script = tmp_path / "child.py"
    script.write_text("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 3))\nwhile True: pass\n")
    monkeypatch.setattr(sandbox, "command", lambda _limits: [sys.executable, str(script)])
    assert read_pdf(CERTIFICATE, Limits(wall=10.0)).state == "refused"


def test_no_child_is_left_behind(tmp_path, monkeypatch):
    pid_file = tmp_path / "pid"
    script = tmp_path / "child.py"
    script.write_text(
        "import os, time\nif os.fork() == 0:\n"
        f"    open({str(pid_file)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n"
    )
    monkeypatch.setattr(sandbox, "command", lambda _limits: [sys.executable, str(script)])
    read_pdf(CERTIFICATE, Limits(wall=1.5))
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(int(pid_file.read_text()))


def _wait_until_gone(pid):
    import time

    for _ in range(40):
        os.kill(pid, 0)
        if Path(f"/proc/{pid}/stat").exists() and " Z " in Path(f"/proc/{pid}/stat").read_text():
            raise ProcessLookupError
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
