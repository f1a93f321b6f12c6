"""All accounts of a history in one Member State, through mergers and splits; and the audit of past awards."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from foerdercheck.deminimis.fenster import Grenztag
from foerdercheck.deminimis.konto import Konto, Posten
from foerdercheck.deminimis.recht import Recht
from foerdercheck.deminimis.verbund import Epoch, Verbund, epoch_on

Pruefung = Literal["eingehalten", "ueberschritten", "nicht_geprueft"]


class Kontenbuch:
    """The awards of a history in one Member State, with the group they belong to; answers questions about accounts.

    Accounts are built once per epoch and component and kept as long as the book.
    """

    def __init__(self, posten: Sequence[Posten], group: Verbund, recht: Recht, grenztag: Grenztag) -> None:
        self.recht = recht
        self.grenztag = grenztag
        self.epochs = group.epochs(posten)
        self._konten: dict[tuple[date, str], Konto] = {}

    def konto(self, unternehmen: str, day: date) -> Konto:
        """Return the account of the single undertaking `unternehmen` belongs to on `day`."""
        epoch = epoch_on(self.epochs, day)
        component = epoch.components.of(unternehmen)
        key = (epoch.since, component)
        if key not in self._konten:
            self._konten[key] = Konto(epoch.awards.get(component, ()), self.recht, self.grenztag)
        return self._konten[key]

    def epoch(self, day: date) -> Epoch:
        """Return the epoch `day` lies in."""
        return epoch_on(self.epochs, day)

    def pruefung(self, eintrag: Posten) -> Pruefung:
        """Check a past award on its own day against everything before it, as the undertakings were then."""
        if (
            eintrag.tag < self.recht.fassung.gilt.von
            or self.recht.pots[eintrag.beihilfe.verordnung] != eintrag.beihilfe.verordnung
        ):
            return "nicht_geprueft"
        konto = self.konto(eintrag.unternehmen, eintrag.tag)
        room = konto.room(eintrag.beihilfe.verordnung, eintrag.tag, before=eintrag.nummer)
        if room is None:
            return "nicht_geprueft"
        return "eingehalten" if eintrag.wert <= room else "ueberschritten"
