"""A few budgets at random, as `make fuzz` sends ten thousand through the program."""

from fuzz.run import KINDS, NEARLY, VALID, Run


def test_a_few_budgets_at_random(tmp_path):
    run = Run(tmp_path, examples=60, number=0)
    for kind in KINDS:
        run.kind(kind)
    run.command_line(1)
    assert run.failures == []
    for kind in KINDS:
        read, of = run.checked(kind.name)
        assert of >= max(60 * kind.share // 100, 2)
        assert read >= (of if kind.name in VALID else of / 5 if kind.name in NEARLY else 0)
