"""The answers about many files on their way into outputs, as they come."""

import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.fehler import Fehler
from foerdercheck.cli.ausgaben import ORDNER, SCHIRM, Ausgabe
from foerdercheck.cli.files import STDIN, MeantFiles
from foerdercheck.cli.formats import Umfang, format_of
from foerdercheck.cli.output import complain, write_folder, write_pieces
from foerdercheck.cli.progress import watched
from foerdercheck.many.budgets import Checked, Source, Task, check_files, kept
from foerdercheck.model.filenames import shown_name
from foerdercheck.reading.files import BUDGET_SUFFIXES
from foerdercheck.reading.yaml_tree import MAX_BYTES
from foerdercheck.reports.fehler import faulty


def nothing_in(folders: Iterable[str], view: Callable[[Assessment], Any]) -> Iterator[Checked[Any]]:
    """Yield what stands for folders without budgets: an empty document would look like one in which nothing is wrong."""
    text = f"In diesem Ordner liegt kein Budget ({', '.join(sorted(BUDGET_SUFFIXES))})."
    for name in dict.fromkeys(str(FilePath(folder)) for folder in folders):
        yield kept(Assessment(datei=name, ergebnis="fehler", fehler=(Fehler(text, None, ""),)), view)


def _each(views: Sequence[Callable[[Assessment], Any]], assessment: Assessment) -> tuple[Any, ...]:
    """Return what each output keeps of an assessment."""
    return tuple(view(assessment) for view in views)


class Answers:
    """The answers about `files` on their way into outputs; `codes` are the exit codes of those about budgets."""

    def __init__(
        self,
        files: MeantFiles,
        ziele: Sequence[Ausgabe],
        umfang: Umfang,
        check: Callable[[Source], Assessment],
        jobs: int | None,
    ) -> None:
        """`check` assesses a file, in so many processes."""
        self.codes: set[int] = set()
        self._files, self._jobs = files, jobs
        self._skipped: list[str] = []
        self._stdin = b""
        self._forms = [(ziel, format_of(ziel, umfang, self._skipped)) for ziel in ziele]
        self._told = not umfang.quiet and SCHIRM in ziele
        self._comparing = umfang.several and not all(form.streams for _, form in self._forms)
        views: list[Callable[[Assessment], Any]] = [form.view for _, form in self._forms]
        if self._comparing:
            from foerdercheck.assessment.uebergreifend import spuren  # noqa: PLC0415 - one file alone has nothing beside it

            views.append(spuren)
        self.task = Task(check, partial(_each, views))

    def checked(self, scheduler: str | None) -> Generator[Checked[Any]]:
        """Check the files: on the cores of this machine, or on a cluster."""
        sources = list(map(self._source, self._files))
        if scheduler is None:
            return check_files(sources, self.task, jobs=self._jobs)
        from foerdercheck.many.cluster import check_on_cluster  # noqa: PLC0415 - an extra

        everywhere = [source if isinstance(source, bytes) else str(FilePath(source).absolute()) for source in sources]
        return check_on_cluster(scheduler, everywhere, self.task, complain)

    def _source(self, file: tuple[str, bool]) -> Source:
        """Return where a file is read from; what comes over stdin is read here, once."""
        if file[0] != STDIN:
            return file[0]
        self._stdin = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        return self._stdin

    def write(self, checked: Iterator[Checked[Any]], nothing: Iterable[Checked[Any]]) -> None:
        """Write the answers, as they come if that is possible; if none is about a budget those of `nothing`."""
        ziel, form = self._forms[0]
        waiting = not (
            form.streams and ziel.datei is None
        )  # else the answers tell it, and a bar would stand between them
        with closing(watched(checked, len(self._files), shown=waiting)) as watching:
            answers: Iterable[Checked[Any]] = self._answers(watching, nothing)
            if self._comparing:
                from foerdercheck.many.vergleich import compared  # noqa: PLC0415 - as above

                done = list(answers)
                stdin = self._stdin if any(form.tells for _, form in self._forms) else None
                answers = compared(done, [found.ansicht[-1] for found in done], self.task, self._jobs, stdin)
            elif len(self._forms) > 1:
                answers = list(answers)
            for number, (ziel, form) in enumerate(self._forms):
                seen = (answer._replace(ansicht=answer.ansicht[number]) for answer in answers)
                if ziel.form == ORDNER and ziel.datei is not None:
                    write_folder(((found.datei, found.ansicht) for found in seen), ziel.datei)
                else:
                    write_pieces(form.document(seen), ziel.datei)

    def _answers(self, checked: Iterable[Checked[Any]], nothing: Iterable[Checked[Any]]) -> Iterator[Checked[Any]]:
        """Yield the answers about budgets, or those of `nothing`; a history met in a folder is no budget."""
        for answer, (name, found) in zip(checked, self._files, strict=True):
            if found and answer.ist_historie:
                self._skipped.append(name)
                complain(f"{shown_name(name)}: übersprungen, das ist eine De-minimis-Historie", told=self._told)
            else:
                yield self._noted(answer, name)
        if not self.codes:
            for answer in nothing:
                yield self._noted(answer, answer.datei)

    def _noted(self, answer: Checked[Any], name: str) -> Checked[Any]:
        if answer.fehler:
            complain(faulty(name, answer.fehler), told=self._told)
        self.codes.add(answer.exit_code)
        return answer
