"""What docs/ci.md tells others to do works: the jobs are valid, their scripts end as they say, the hook finds budgets."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from demo import FEHLER
from report_cases import ROOT

from foerdercheck.cli.formats import FORMATE

TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
WORKFLOW, JOB, *HOOKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEP = next(step for step in yaml.safe_load(WORKFLOW)["jobs"]["foerdercheck"]["steps"] if "name" in step)["run"]
GITLAB = yaml.safe_load(JOB)["foerdercheck"]
SCRIPT = "\n".join(line for line in GITLAB["script"] if "pip install" not in line)
WRAPPED = yaml.safe_load(HOOKS[1])["repos"][0]["hooks"][0]["entry"]
PROGRAM = """#!/usr/bin/env bash
echo "$*" >> calls
for word; do [[ $before == --output ]] && echo result > "$word"; before=$word; done
exit "$CODE"
"""
"""Stands for the program: ends with a given code, notes its arguments, writes what `--output` names."""


def test_table_names_every_form():
    assert re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE) == list(FORMATE)


@pytest.mark.parametrize(("schema", "text"), [("vendor.github-workflows", WORKFLOW), ("vendor.gitlab-ci", JOB)])
def test_jobs_are_valid(tmp_path, schema, text):
    file = tmp_path / "job.yml"
    file.write_text(text, encoding="utf-8")
    call = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    run = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not there")
each_code = pytest.mark.parametrize("code", [0, 1, 2, 3, 4])


@pytest.fixture
def ends(tmp_path):
    """Run a script as CI does, in a folder of its own; returns its exit code."""

    def call(script, code=None):
        if code is not None:
            (tmp_path / "foerdercheck").write_text(PROGRAM, encoding="utf-8")
            (tmp_path / "foerdercheck").chmod(0o755)
        path = os.pathsep.join([str(tmp_path), str(Path(sys.executable).parent), os.environ["PATH"]])
        environment = {**os.environ, "PATH": path, "GITHUB_STEP_SUMMARY": "summary.md", "CODE": str(code)}
        bash = ["bash", "-eo", "pipefail", "-c", script]
        return subprocess.run(bash, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, check=False).returncode

    return call


@needs_bash
@each_code
def test_github_job_fails_for_all_but_eligible_and_open_budgets(ends, tmp_path, code):
    assert ends(STEP, code) == (0 if code == 3 else code)
    calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert [call.split()[3] for call in calls] == ["markdown", "sarif", "github"]


@needs_bash
@each_code
def test_gitlab_job_ends_with_the_code_of_the_program_and_has_its_files(ends, tmp_path, code):
    assert ends(SCRIPT, code) == code
    assert GITLAB["allow_failure"]["exit_codes"] == 3
    named = [*GITLAB["artifacts"]["paths"], *GITLAB["artifacts"]["reports"].values()]
    assert [name for name in named if not (tmp_path / name).is_file()] == []


@needs_bash
@each_code
def test_wrapped_hook_lets_only_open_points_pass(ends, code):
    assert (ends(f"{WRAPPED} budget.yaml", code) == 0) is (code in {0, 3})


@needs_bash
def test_jobs_call_the_program_as_it_is(ends, tmp_path):
    (tmp_path / "budgets").mkdir()
    shutil.copy(FEHLER, tmp_path / "budgets")
    assert ends(SCRIPT) == 2
    heads = {"foerdercheck.md": "## foerdercheck", "foerdercheck.sarif": "{", "foerdercheck.junit.xml": "<?xml"}
    for name, head in heads.items():
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(head)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("budget.yaml", True), ("a/b/Mein-Budget-2026.XLSX", True), ("budgets/x.yaml", False), ("budget.ods", True),
        ("budget.txt", False), ("budget.yaml.bak", False), (".github/workflows/ci.yaml", False), ("budget.yml", True),
    ],
)  # fmt: skip
def test_hook_finds_budgets_by_their_name(name, found):
    (hook,) = MANIFEST
    assert (hook["id"], hook["entry"], hook["language"]) == (
        "foerdercheck",
        "foerdercheck check --format kurz",
        "python",
    )
    assert bool(re.search(hook["files"], name)) is found


def test_hooks_of_the_page_are_those_of_the_manifest():
    shown = [hook for text in HOOKS for repo in yaml.safe_load(text)["repos"] for hook in repo["hooks"]]
    assert [hook["id"] for hook in shown] == [MANIFEST[0]["id"]] * 2
    chosen = [
        file.name for file in (ROOT / "budgets").iterdir() if re.search(shown[0]["files"], f"budgets/{file.name}")
    ]
    assert {name for name in chosen if "histor" in name} == {
        name for name in chosen if re.search(shown[0]["exclude"], name)
    }
    assert len(chosen) > 15
