"""Read data/compare/tracking.toml: how targets and results are compared, and what is wished for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import BadData
from kg.lexicon.linking import compile_pattern
from kg.lexicon.reading import check_keys, read_toml
from kg.vocab import VOCABULARY

_TABLES = {
    "lower": {"pattern", "yes", "no"},
    "constant": {"pattern", "yes", "no"},
    "words": {"real", "part_year", "whole_year"},
    "idle": {"front", "inside", "spelled", "yes", "no"},
    "flow": {"pattern", "act", "yearly", "stock", "yes", "no"},
    "step": {"pattern", "same", "yes", "no"},
    "rank": {"pattern", "yes", "no"},
    "sector": {"pattern", "yes", "no"},
    "counted": {"units"},
    "advance": {"pattern", "yes", "no"},
    "push": {"pattern", "yes", "no"},
    "body": {"pattern", "yes", "no"},
    "scheme": {"pattern", "yes", "no"},
    "item": {"pattern", "yes", "no"},
    "span": {"pattern", "yes", "no"},
    "grown": {"pattern", "yes", "no"},
    "measured": {"pattern", "yes", "no"},
    "quoted": {"pattern", "yes", "no"},
    "object": {"pattern", "yes", "no"},
    "lead": {"pattern", "yes", "no"},
    "item_front": {"pattern", "yes", "no"},
    "names": {"end", "spelled", "marks", "number", "side", "yes", "no"},
    "carried": {"pattern", "yes", "no"},
    "finished": {"pattern", "yes", "no"},
    "opened": {"pattern", "yes", "no"},
    "branch": {"pattern", "yes", "no"},
    "built": {"pattern", "yes", "no"},
    "capped": {"pattern", "yes", "no"},
    "shared_head": {"pattern", "yes", "no"},
    "common_part": {"pattern", "yes", "no"},
    "part": {"pattern", "yes", "no"},
    "bound": {"pattern", "yes", "no"},
}


@dataclass(frozen=True, slots=True)
class TrackingRules:
    """Everything that `tracking.toml` says.

    Of indicators: `lower` finds those of which less is better, `constant` those that grow at constant prices; `front`
    and `inside` are left off their names; `flow`, `act`, `yearly` and `stock` tell what is added, what is done, what is
    of one year, and what there is in all; `step` and `rank` words tell names apart; `counted` are measure words that
    stand for one another. `real` and `part_year` are looked for in a figure's words.

    Of things: `advance` are the words before a name that is to be pushed ahead, `push` those right before a `body` or
    `scheme`; `item` and `quoted` are works that nothing names, `item_front` what is no part of their names; `lead` may
    stand between a name and the state of its list; `span` tells that a sentence looks back over several years, `grown`
    that a figure is what there is by now, `measured` that a name ends in what is measured of something; `carried`
    tells that works had begun, `finished` that they are taken into use, `part` that only a part is spoken of, `bound`
    that a name ends here.
    `steps_of_life` are word, status and pattern of each step.
    """

    lower: re.Pattern[str]
    constant: re.Pattern[str]
    real: re.Pattern[str]
    part_year: re.Pattern[str]
    whole_year: re.Pattern[str]
    front: re.Pattern[str]
    inside: re.Pattern[str]
    idle_spellings: tuple[tuple[str, str], ...]
    flow: re.Pattern[str]
    act: re.Pattern[str]
    yearly: re.Pattern[str]
    stock: re.Pattern[str]
    step: re.Pattern[str]
    same_steps: tuple[tuple[str, ...], ...]
    rank: re.Pattern[str]
    sector: re.Pattern[str]
    counted: frozenset[str]
    advance: re.Pattern[str]
    push: re.Pattern[str]
    body: re.Pattern[str]
    scheme: re.Pattern[str]
    item: re.Pattern[str]
    span: re.Pattern[str]
    grown: re.Pattern[str]
    measured: re.Pattern[str]
    quoted: re.Pattern[str]
    object: re.Pattern[str]
    lead: re.Pattern[str]
    item_front: re.Pattern[str]
    carried: re.Pattern[str]
    finished: re.Pattern[str]
    opened: re.Pattern[str]
    branch: re.Pattern[str]
    built: re.Pattern[str]
    capped: re.Pattern[str]
    shared_head: re.Pattern[str]
    common_part: re.Pattern[str]
    part: re.Pattern[str]
    bound: re.Pattern[str]
    steps_of_life: tuple[tuple[str, str, re.Pattern[str]], ...]
    name_end: re.Pattern[str]
    name_marks: re.Pattern[str]
    name_number: re.Pattern[str]
    name_side: re.Pattern[str]
    name_spellings: tuple[tuple[str, str], ...]

    def trim_indicator(self, name: str) -> str:
        """Return what an indicator counts, without the words for what is done to it.

        >>> from kg.resources import data_folder
        >>> load_tracking(data_folder()).trim_indicator("建成并投入使用公办中小学校")
        '公办中小学校'
        """
        name = self.inside.sub("", self.front.sub("", name))
        for written, spelled in self.idle_spellings:
            name = name.replace(written, spelled)
        return self.front.sub("", self.inside.sub("", self.front.sub("", name)))

    def find_steps(self, name: str) -> frozenset[str]:
        """Return the steps that the name of what is counted tells; of words for one step the first.

        >>> from kg.resources import data_folder
        >>> sorted(load_tracking(data_folder()).find_steps("新签约竣工项目"))
        ['引进', '竣工']
        """
        first = {word: row[0] for row in self.same_steps for word in row}
        return frozenset(first.get(word, word) for word in self.step.findall(name))

    def trim_name(self, name: str) -> str:
        """Return what is compared of the name of a thing.

        >>> from kg.resources import data_folder
        >>> load_tracking(data_folder()).trim_name("吴圩国际机场第二跑道工程（一期）")
        '吴圩机场第二跑道'
        """
        for written, spelled in self.name_spellings:
            name = name.replace(written, spelled)
        while (shorter := self.name_end.sub("", name)) != name and len(shorter) > 1:
            name = shorter
        return self.name_marks.sub("", name)

    def read_numbers(self, name: str) -> frozenset[str]:
        """Return the numbers that tell things apart in a name: 2号线, 二期, T3.

        >>> from kg.resources import data_folder
        >>> sorted(load_tracking(data_folder()).read_numbers("轨道交通2号线二期"))
        ['2', '二']
        """
        return frozenset(self.name_number.findall(name))


def load_tracking(folder: Path) -> TrackingRules:
    """Read and check `folder/compare/tracking.toml`."""
    path = folder / "compare" / "tracking.toml"
    tables = read_toml(path)
    check_keys(path, "whole file", tables, {*_TABLES, "life"}, set())
    for table, keys in _TABLES.items():
        check_keys(path, table, tables[table], keys, set())

    def pattern(table: str, key: str = "pattern") -> re.Pattern[str]:
        return compile_pattern(path, table, tables[table][key])

    return TrackingRules(
        lower=pattern("lower"),
        constant=pattern("constant"),
        real=pattern("words", "real"),
        part_year=pattern("words", "part_year"),
        whole_year=pattern("words", "whole_year"),
        front=pattern("idle", "front"),
        inside=pattern("idle", "inside"),
        idle_spellings=tuple((written, spelled) for written, spelled in tables["idle"]["spelled"]),
        flow=pattern("flow"),
        act=pattern("flow", "act"),
        yearly=pattern("flow", "yearly"),
        stock=pattern("flow", "stock"),
        step=pattern("step"),
        same_steps=tuple(tuple(row) for row in tables["step"]["same"]),
        rank=pattern("rank"),
        sector=pattern("sector"),
        counted=frozenset(tables["counted"]["units"]),
        advance=pattern("advance"),
        push=pattern("push"),
        body=pattern("body"),
        scheme=pattern("scheme"),
        item=pattern("item"),
        span=pattern("span"),
        grown=pattern("grown"),
        measured=pattern("measured"),
        quoted=pattern("quoted"),
        object=pattern("object"),
        lead=pattern("lead"),
        item_front=pattern("item_front"),
        carried=pattern("carried"),
        finished=pattern("finished"),
        opened=pattern("opened"),
        branch=pattern("branch"),
        built=pattern("built"),
        capped=pattern("capped"),
        shared_head=pattern("shared_head"),
        common_part=pattern("common_part"),
        part=pattern("part"),
        bound=pattern("bound"),
        steps_of_life=tuple(_read_step(path, entry) for entry in tables["life"]),
        name_end=pattern("names", "end"),
        name_marks=pattern("names", "marks"),
        name_number=pattern("names", "number"),
        name_side=pattern("names", "side"),
        name_spellings=tuple((written, spelled) for written, spelled in tables["names"]["spelled"]),
    )


def _read_step(path: Path, entry: Mapping[str, Any]) -> tuple[str, str, re.Pattern[str]]:
    name = str(entry.get("word", "life"))
    check_keys(path, name, entry, {"word", "status", "pattern"}, set())
    if entry["status"] not in VOCABULARY.statuses:
        raise BadData(path, name, f"status should be one of {', '.join(VOCABULARY.statuses)}")
    return name, entry["status"], compile_pattern(path, name, entry["pattern"])
