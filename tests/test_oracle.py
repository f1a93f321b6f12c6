"""A few mutated workbooks, as `make fuzz` compares two thousand with what LibreOffice shows of them."""

import shutil

import pytest
from fuzz.oracle import compare


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) is not installed, it is the oracle")
def test_what_is_read_of_mutated_workbooks_is_what_libreoffice_shows(tmp_path):
    found = compare(100, 0, tmp_path)
    assert found.different == []
    assert found.accepted > 30
    assert found.cells > 1000
