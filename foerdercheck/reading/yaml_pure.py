"""PyYAML's own parser for where its C part is missing, brought to read what libyaml reads, and to say what libyaml says.

Each method is one in which the two differ: tabs, `?` and `:` inside of {…}, escapes for what is no character, and where a
problem stands. Where they still differ is in tags and directives, which both refuse, and in the column behind a U+FEFF.
"""

import re

from yaml import SafeLoader
from yaml.error import Mark, MarkedYAMLError
from yaml.events import Event, ScalarEvent
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken

_BREAKS = "\r\n\x85\u2028\u2029"
_BLANK = "\0 \t" + _BREAKS
_PLAIN = re.compile(f"(?:[^:{_BLANK}]++|:(?![{_BLANK}]))*+")
_PLAIN_IN_BRACES = re.compile(rf"(?:[^:{_BLANK},\[\]{{}}]++|:(?![{_BLANK},?\[\]{{}}]))*+")
_NO_CHARACTER = "u[dD][89a-fA-F][0-9a-fA-F]{2}|U(?!00(?:0[1-9a-fA-F]|10|00(?![dD][89a-fA-F])))[0-9a-fA-F]{8}"
_UNTIL_NO_CHARACTER = re.compile(rf'"(?:[^"\\]++|\\(?!{_NO_CHARACTER}).)*+\\(?={_NO_CHARACTER})', re.DOTALL)
_WORDING = {
    "found character ": "found character that cannot start any token",
    "mapping values are not allowed": "mapping values are not allowed in this context",
    "sequence entries are not allowed": "block sequence entries are not allowed in this context",
    "expected ',' or ']'": "did not find expected ',' or ']'",
    "expected ',' or '}'": "did not find expected ',' or '}'",
    "expected the node content": "did not find expected node content",
    "expected '<document start>'": "did not find expected <document start>",
    "found unknown escape character": "found unknown escape character",
    "expected escape sequence": "did not find expected hexdecimal number",
    "found unexpected document separator": "found unexpected document indicator",
}
"""How what PyYAML says begins, and what libyaml says instead."""
_BLOCK_END = {
    "while parsing a block mapping": "did not find expected key",
    "while parsing a block collection": "did not find expected '-' indicator",
}


class PureParser(SafeLoader):
    """The events of a text, like those of libyaml's parser."""

    def get_event(self) -> Event:
        """Return the next event; problems are worded as libyaml does."""
        try:
            event: Event = super().get_event()
        except MarkedYAMLError as error:
            said = error.problem or ""
            known = (libyaml for ours, libyaml in _WORDING.items() if said.startswith(ours))
            ended = _BLOCK_END.get(error.context or "", said) if said.startswith("expected <block end>") else said
            error.problem = next(known, ended)
            if error.problem == "found unknown escape character" and error.problem_mark is not None:
                error.problem_mark.column -= 1  # where its backslash stands
            raise
        return event

    def fetch_stream_end(self) -> None:
        """The end of a text stands on a line of its own."""
        if self.column:
            self.line += 1
            self.column = 0
        self.stale_possible_simple_keys()
        super().fetch_stream_end()

    def parse_flow_mapping_value(self) -> Event:
        """A value that is missing stands where the next token begins."""
        return self._missing_at_next(super().parse_flow_mapping_value())

    def parse_flow_sequence_entry_mapping_value(self) -> Event:
        """A value that is missing in […] stands there, too."""
        return self._missing_at_next(super().parse_flow_sequence_entry_mapping_value())

    def _missing_at_next(self, event: Event) -> Event:
        if isinstance(event, ScalarEvent) and event.start_mark is event.end_mark:
            event.start_mark = event.end_mark = self.peek_token().start_mark
        return event

    def scan_to_next_token(self) -> None:
        """Tabs may stand between tokens, but not where a line is indented."""
        while True:
            blanks = " " if self.allow_simple_key and not self.flow_level else " \t"
            while self.peek() in blanks:
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0" + _BREAKS:
                    self.forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_directive_name(self, start_mark: Mark) -> str:
        """There are two directives."""
        name: str = super().scan_directive_name(start_mark)
        if name not in {"YAML", "TAG"}:
            text = "found unknown directive name"
            raise ScannerError("while scanning a directive", start_mark, text, self.get_mark())
        return name

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """A text in quotes has no escapes for half of a character, or for none."""
        if style == '"' and (found := _UNTIL_NO_CHARACTER.match(self.buffer, self.pointer)):
            start = self.get_mark()
            self.forward(len(found[0]) + 1)
            text = "found invalid Unicode character escape code"
            raise ScannerError("while parsing a quoted scalar", start, text, self.get_mark())
        return super().scan_flow_scalar(style)

    def scan_plain(self) -> ScalarToken:
        """In {…} and […] a text may hold `?`, but no `:` before a bracket or comma."""
        start = end = self.get_mark()
        pattern = _PLAIN_IN_BRACES if self.flow_level else _PLAIN
        parts: list[str] = []
        spaces: list[str] = []
        while self.peek() != "#" and (found := pattern.match(self.buffer, self.pointer)):
            length = found.end() - found.start()
            self.forward(length)
            if self.flow_level and self.peek() == ":" and self.peek(1) in ",?[]{}":
                raise ScannerError("while scanning a plain scalar", start, "found unexpected ':'", self.get_mark())
            if not length:
                break
            self.allow_simple_key = False
            parts += [*spaces, found[0]]
            end = self.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start)
            if not spaces or (not self.flow_level and self.column <= self.indent):
                break
        return ScalarToken("".join(parts), True, start, end)  # noqa: FBT003 - plain

    def scan_plain_spaces(self, indent: int, start_mark: Mark) -> list[str]:
        """Tabs are white space there, except where the next line is indented."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blanks = self.prefix(length)
        self.forward(length)
        breaks: list[str] = []
        while (char := self.peek()) in " \t" + _BREAKS:
            if char == "\t" and self.column < indent:
                text = "found a tab character that violates indentation"
                raise ScannerError("while scanning a plain scalar", start_mark, text, self.get_mark())
            if char in " \t":
                self.forward()
                continue
            breaks.append(self.scan_line_break())
            self.allow_simple_key = True
            if self.prefix(3) in {"---", "..."} and self.peek(3) in _BLANK:
                return []
        if not breaks:
            return [blanks] if blanks else []
        return (breaks[1:] or [" "]) if breaks[0] == "\n" else breaks

    def scan_block_scalar_indicators(self, start_mark: Mark) -> tuple[bool | None, int | None]:  # noqa: ARG002
        """A comment may follow them at once; what else may not is told by what reads the rest of the line."""
        keep: bool | None = None
        width: int | None = None
        while (char := self.peek()) in "+-123456789" and ((keep if char in "+-" else width) is None):
            keep, width = (char == "+", width) if char in "+-" else (keep, int(char))
            self.forward()
        return keep, width

    def scan_block_scalar_ignored_line(self, start_mark: Mark) -> None:
        """Tabs are white space there, too."""
        while self.peek() in " \t":
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Mark]:
        """The first line of a text in a block is not indented by tabs."""
        found = super().scan_block_scalar_indentation()
        self._refuse_tab()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Mark]:
        """Tabs are no indentation of further lines either."""
        found = super().scan_block_scalar_breaks(indent)
        if self.column < indent:
            self._refuse_tab()
        return found

    def _refuse_tab(self) -> None:
        if self.peek() == "\t":
            text = "found a tab character where an indentation space is expected"
            raise ScannerError("while scanning a block scalar", None, text, self.get_mark())
