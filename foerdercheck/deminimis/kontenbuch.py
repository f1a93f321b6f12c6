"""All accounts of a history in one Member State, through mergers and splits; and the audit of past awards."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from foerdercheck.deminimis.fenster import Grenztag
from foerdercheck.deminimis.konto import Konto, Posten
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung, Recht
from foerdercheck.deminimis.verbund import Epoch, Verbund, epoch_on

_ALONE = Verbund()


class Kontenbuch:
    """The awards of a history in one Member State, with the group they belong to; answers questions about accounts.

    `names` are the folded names of all undertakings. Epochs are built once per cluster, accounts once per epoch and
    component, both on demand; they are kept as long as the book.
    """

    def __init__(
        self,
        names: Iterable[str],
        posten: Mapping[str, Sequence[Posten]],
        group: Verbund,
        recht: Recht,
        grenztag: Grenztag,
    ) -> None:
        """`posten` are the awards of each name."""
        self.recht = recht
        self.grenztag = grenztag
        self._posten = posten
        self._clusters, self._groups = group.clusters()
        self._names: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._names[self._clusters.of(name)].append(name)
        self._epochs: dict[str, list[Epoch]] = {}
        self._konten: dict[tuple[date, str], Konto] = {}

    def konto(self, unternehmen: str, day: date) -> Konto:
        """Return the account of the single undertaking `unternehmen` belongs to on `day`."""
        epoch = self._epoch(unternehmen, day)
        component = epoch.components.of(unternehmen)
        key = (epoch.since, component)
        if key not in self._konten:
            self._konten[key] = Konto(epoch.awards.get(component, ()), self.recht, self.grenztag)
        return self._konten[key]

    def members(self, unternehmen: str, day: date) -> Sequence[str]:
        """Return the folded names of the single undertaking on `day`, in order of first mention."""
        epoch = self._epoch(unternehmen, day)
        return epoch.members.get(epoch.components.of(unternehmen), ())

    def _epoch(self, unternehmen: str, day: date) -> Epoch:
        return epoch_on(self._history(unternehmen), day)

    def _history(self, unternehmen: str) -> Sequence[Epoch]:
        cluster = self._clusters.of(unternehmen)
        if cluster not in self._epochs:
            held = {name: self._posten.get(name, ()) for name in self._names[cluster]}
            self._epochs[cluster] = self._groups.get(cluster, _ALONE).epochs(held)
        return self._epochs[cluster]

    def pruefung(self, eintrag: Posten) -> ErgebnisBeiGewaehrung:
        """Check a past award, as it was granted, on its own day against everything before it, as the undertakings were then."""
        return self.konto(eintrag.unternehmen, eintrag.tag).pruefungen[eintrag.nummer]

    def any_exceeded(self, unternehmen: str, day: date, original: Callable[[Posten], Posten]) -> bool:
        """Tell whether one of the awards of the account on `day` exceeded a ceiling when it was granted."""
        konto = self.konto(unternehmen, day)
        if len(self._history(unternehmen)) == 1:  # the account was the same on every day
            return "ueberschritten" in konto.pruefungen.values()
        return any(self.pruefung(original(eintrag)) == "ueberschritten" for eintrag in konto.posten)
