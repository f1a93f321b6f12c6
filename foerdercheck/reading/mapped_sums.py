"""The totals a user states of a foreign table, beside the sums of what was read: equal to the cent, or an error with both."""

from decimal import Decimal

from foerdercheck.model.angabe import Angabe
from foerdercheck.model.deutsch import euro, zahl
from foerdercheck.model.location import Problem
from foerdercheck.model.scalars import ScalarError
from foerdercheck.model.zuordnung import Fremdtabelle, angabe_of, zelle
from foerdercheck.reading.foreign import ForeignSheet
from foerdercheck.reading.mapped_columns import column_of
from foerdercheck.reading.mapped_values import Forms
from foerdercheck.reading.values import Notes, SheetRow


class Sums:
    """The fields of a table that are added up; None is a sum of which a part cannot be read, which is told where it stands."""

    def __init__(self, key: str, tabelle: Fremdtabelle, forms: Forms, notes: Notes) -> None:
        self._key = key
        self._tabelle = tabelle
        self._forms = forms
        self._notes = notes
        self._angaben: dict[str, Angabe] = {feld: found for feld in tabelle.summe if (found := angabe_of(key, feld))}
        self._read: dict[str, Decimal | None] = dict.fromkeys(self._angaben, Decimal())
        self._stated: dict[str, Decimal | None] = {
            feld: Decimal() if zelle(tabelle.summe[feld]) else angabe.parse(tabelle.summe[feld])
            for feld, angabe in self._angaben.items()
        }

    def add(self, row: SheetRow) -> SheetRow:
        """Add the values of a row, and return it."""
        for feld, angabe in self._angaben.items():
            before = self._read[feld]
            try:
                if before is not None and feld in row.werte:
                    self._read[feld] = before + angabe.parse(row.werte[feld])
            except ScalarError:
                self._read[feld] = None
        return row

    def add_stated(self, foreign: ForeignSheet) -> None:
        """Add the totals that stand in cells of a sheet."""
        for feld, angabe in self._angaben.items():
            if (name := self._tabelle.summe[feld]) and zelle(name) and (before := self._stated[feld]) is not None:
                row, place = foreign.at(name)
                cell = foreign.cell(row, place)
                try:
                    faktor = column_of(self._key, self._tabelle, feld, place).faktor
                    self._stated[feld] = before + angabe.parse(
                        "" if cell is None else self._forms.cell(angabe, cell, faktor)
                    )
                except ScalarError as error:
                    self._notes.problems.append(Problem(f"summe ({name}): {error}", (), foreign.where(row, place)))
                    self._stated[feld] = None

    def differences(self) -> list[tuple[str, str]]:
        """Return the fields whose sum is not the total stated, and what to say of them."""
        found = []
        for feld, angabe in self._angaben.items():
            read, stated = self._read[feld], self._stated[feld]
            if read is not None and stated is not None and read != stated:
                shown = euro if angabe.wertart == "geld" else zahl
                text = f"Die Summe stimmt nicht: {angabe.ueberschrift} gelesen {shown(read)}, angegeben {shown(stated)}"
                found.append((feld, text))
        return found
