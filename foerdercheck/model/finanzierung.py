"""How the cost of a Beteiligter is paid: the grant applied for, own money, and money of others."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from foerdercheck.model.felder import Geld, JaNein, Text, wort
from foerdercheck.model.location import Name
from foerdercheck.model.synonyme import BEIHILFEWEG

_PRIVAT = "privat"
AUS_OEFFENTLICHEN_MITTELN = ("deminimis", "freigestellt")
BEIHILFEWEGE = (*AUS_OEFFENTLICHEN_MITTELN, "keine")
HERKUENFTE = ("land", "bund", "eu", "kommune", _PRIVAT)


class WeitereMittel(NamedTuple):
    """Money from somebody else: whether it is public, promised, on which ground it is State aid if it is any, and whose it is."""

    geber: Text
    betrag: Geld
    oeffentlich: JaNein | None = None
    zugesagt: JaNein | None = None
    beihilfe: Annotated[str, wort(BEIHILFEWEGE, "als Beihilfe", synonyme=BEIHILFEWEG)] | None = None
    herkunft: Annotated[str, wort(HERKUENFTE, "als Herkunft")] | None = None

    @staticmethod
    def check(given: Mapping[str, Any], _tree: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
        """Private money is not public, all other is; aid comes from public money."""
        beihilfe = given.get("beihilfe")
        oeffentlich, herkunft = given.get("oeffentlich"), given.get("herkunft")
        if oeffentlich is not None and herkunft is not None and oeffentlich == (herkunft == _PRIVAT):
            said = "ja" if oeffentlich else "nein"
            yield "oeffentlich", f"{name('oeffentlich')}: {said} widerspricht {name('herkunft')}: {herkunft}"
        elif beihilfe in AUS_OEFFENTLICHEN_MITTELN and (oeffentlich is False or herkunft == _PRIVAT):
            other = f"{name('herkunft')}: {herkunft}" if oeffentlich is None else f"{name('oeffentlich')}: nein"
            yield (
                "beihilfe",
                f"{name('beihilfe')}: {beihilfe} widerspricht {other}: Beihilfen kommen aus öffentlichen Mitteln",
            )

    @property
    def ist_oeffentlich(self) -> bool | None:
        """Whether it is public money, as stated or by its `herkunft`; None where neither is stated."""
        return self.oeffentlich if self.herkunft is None else self.herkunft != _PRIVAT


class Finanzierung(NamedTuple):
    """How the cost of one Beteiligter is paid; without `beantragt` it is the highest grant that others leave."""

    beantragt: Geld | None = None
    eigenmittel: Geld | None = None
    weitere: tuple[WeitereMittel, ...] = ()
