"""All accounts of a history in one Member State, through mergers and splits; and the audit of past awards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from foerdercheck.deminimis.fenster import Grenztag
from foerdercheck.deminimis.konto import Konto, Posten
from foerdercheck.deminimis.recht import Recht
from foerdercheck.deminimis.verbund import Epoch, Verbund, epoch_on

Pruefung = Literal["eingehalten", "ueberschritten", "nicht_geprueft"]
_ALONE = Verbund()


class Kontenbuch:
    """The awards of a history in one Member State, with the group they belong to; answers questions about accounts.

    `names` are the folded names of all undertakings. Epochs are built once per cluster, accounts once per epoch and
    component, both on demand; they are kept as long as the book.
    """

    def __init__(
        self, names: Iterable[str], posten: Iterable[Posten], group: Verbund, recht: Recht, grenztag: Grenztag
    ) -> None:
        self.recht = recht
        self.grenztag = grenztag
        self._clusters, self._groups = group.clusters()
        self._names: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._names[self._clusters.of(name)].append(name)
        self._posten: dict[str, list[Posten]] = defaultdict(list)
        for eintrag in posten:
            self._posten[self._clusters.of(eintrag.unternehmen)].append(eintrag)
        self._epochs: dict[str, list[Epoch]] = {}
        self._konten: dict[tuple[date, str], Konto] = {}
        self._checked: dict[int, Pruefung] = {}

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
        cluster = self._clusters.of(unternehmen)
        if cluster not in self._epochs:
            group = self._groups.get(cluster, _ALONE)
            self._epochs[cluster] = group.epochs(self._names[cluster], self._posten[cluster])
        return epoch_on(self._epochs[cluster], day)

    def pruefung(self, eintrag: Posten) -> Pruefung:
        """Check a past award on its own day against everything before it, as the undertakings were then."""
        known = self._checked.get(eintrag.nummer)
        if known is None:
            known = self._checked[eintrag.nummer] = self._pruefung(eintrag)
        return known

    def _pruefung(self, eintrag: Posten) -> Pruefung:
        verordnung = eintrag.beihilfe.verordnung
        if eintrag.tag < self.recht.since or self.recht.pots[verordnung] != verordnung:
            return "nicht_geprueft"
        room = self.konto(eintrag.unternehmen, eintrag.tag).room_at_grant(eintrag.nummer)
        if room is None:
            return "nicht_geprueft"
        return "eingehalten" if eintrag.wert <= room else "ueberschritten"
