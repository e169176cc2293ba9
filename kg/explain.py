"""Show what was found in a few sentences and why, as a tree: the rule writer's main tool."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Claim, Document, Figure, Mention


def explain(document: Document) -> str:
    """Return one block a sentence: its time, then mentions, figures and claims with rule and confidence.

    Offsets count from the start of the sentence.
    """
    return "\n".join(line for sentence in document.sentences for line in _explain_sentence(document, sentence.index))


def _explain_sentence(document: Document, index: int) -> Iterator[str]:
    sentence = document.sentences[index]
    years = f"{sentence.since}-{sentence.period}" if sentence.since else str(sentence.period or "?")
    yield sentence.text
    mentions = [m for m in document.mentions if m.sentence == index]
    figures = [f for f in document.figures if f.sentence == index]
    claims = [c for c in document.claims if c.sentence == index]
    branches = [f"time 时间  {sentence.modality} {years}"]
    branches += [_mention(m, sentence.start) for m in mentions]
    branches += [_figure(f, sentence.start) for f in figures]
    branches += [_claim(c) for c in claims]
    for number, branch in enumerate(branches, 1):
        yield f"{'└─' if number == len(branches) else '├─'} {branch}"


def _mention(mention: Mention, start: int) -> str:
    where = f"{mention.start - start}:{mention.end - start}"
    return f"name 名称  {mention.text}  {mention.kind}  [{where}]  {mention.rule}  {mention.confidence:.2f}"


def _figure(figure: Figure, start: int) -> str:
    where = f"{figure.start - start}:{figure.end - start}"
    bound = "" if figure.bound == "=" else f"{figure.bound} "
    of = f" of {figure.of}" if figure.of else ""
    meaning = f"{figure.indicator}{of} {bound}{figure.value}{figure.unit}"
    when = f"{figure.kind} {figure.modality} {figure.period or '?'}"
    return f"figure 指标  {figure.text} → {meaning}  ({when})  [{where}]  {figure.rule}  {figure.confidence:.2f}"


def _claim(claim: Claim) -> str:
    fact = f"{claim.subject.text} —{claim.predicate}→ {claim.object.text}"
    return f"claim 关系  {fact}  ({claim.modality} {claim.year or '?'})  {claim.rule}  {claim.confidence:.2f}"
