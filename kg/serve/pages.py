"""The pages that a person sees: one for each IRI, the list of reports, and the query editor."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from kg.query import Query
from kg.serve.describe import Fact, Listing
from kg.vocab import PREFIXES

_ASSETS = Path(__file__).with_name("assets")
STYLE = (_ASSETS / "serve.css").read_text(encoding="utf-8")
EDITOR = (_ASSETS / "editor.js").read_text(encoding="utf-8")

# What the vocabularies of others call in English alone.
_CALLED = {
    "rdf:type": "类别",
    "rdf:subject": "主语",
    "rdf:predicate": "谓语",
    "rdf:object": "宾语",
    "rdfs:label": "名称",
    "rdfs:comment": "说明",
    "skos:prefLabel": "名称",
    "skos:altLabel": "别名",
    "skos:broader": "上位",
    "prov:wasDerivedFrom": "出自",
    "dcterms:title": "标题",
    "dcterms:issued": "日期",
}
_FAILURES = {
    404: "没有这一项 Nothing is known of this",
    405: "不支持这种请求 No such method",
    406: "没有这种格式 No such form",
    422: "结果过大 Too much",
    503: "服务繁忙，请稍后再试 Busy: try again in a moment",
    504: "查询超时 Took too long",
}


def write_policy() -> str:
    """Return the security policy of these pages: their own style and script, and nothing from anywhere else."""
    return (
        f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(EDITOR)}'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def write_entity(iri: str, out: Sequence[Fact], back: Sequence[Fact], base: str) -> str:
    """Return the page of one IRI: what is said of it, and what is said with it."""
    name = next((f.text for f in out if f.predicate.endswith(("#label", "#prefLabel", "/title"))), iri)
    forms = "".join(
        f' · <a href="{escape(_link(iri, base, form))}">{words}</a>'
        for form, words in (("turtle", "Turtle"), ("jsonld", "JSON-LD"))
    )
    body = f"<h1>{escape(name)}</h1><p><code>{escape(iri)}</code>{forms}</p>{_write_facts(out, base)}"
    if back:
        body += f"<h2>提及此项 Statements with it</h2>{_write_facts(back, base)}"
    return _write_page(name, body)


def write_reports(reports: Sequence[Listing], pages: Mapping[str, bool], base: str) -> str:
    """Return the list of reports; `pages` tells which graphs have an explorer."""
    rows = []
    for report in reports:
        key = report.graph.rpartition("/")[2]
        explorer = f'<a href="/explore/{quote(key)}">图谱 Explore</a>' if pages.get(report.graph) else ""
        rows.append(
            f'<tr><td><a href="{escape(_link(report.report, base))}">{escape(report.label)}</a></td>'
            f"<td>{explorer}</td><td>{report.triples:,}</td></tr>"
        )
    empty = "" if rows else "<p>没有报告 No reports yet.</p>"
    table = "<table><tr><th>报告 Report</th><th></th><th>三元组 Triples</th></tr>" + "".join(rows) + "</table>"
    return _write_page("政府工作报告 Government work reports", f"<h1>政府工作报告</h1>{empty or table}")


def write_editor(queries: Iterable[Query]) -> str:
    """Return the query editor, with the named queries as examples."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if name in ("kg", "rdfs", "skos"))
    examples = [{"name": q.name, "en": q.english, "zh": q.chinese, "text": q.text} for q in queries]
    shown = {"examples": examples, "start": head, "prefixes": dict(PREFIXES)}
    data = json.dumps(shown, ensure_ascii=False).replace("<", "\\u003c")
    body = (_ASSETS / "editor.html").read_text(encoding="utf-8")
    script = f'<script type="application/json" id="data">{data}</script><script>{EDITOR}</script>'
    return _write_page("SPARQL", body + script)


def write_failure(status: int, reason: str) -> str:
    """Return what a person sees where there is no answer."""
    words = _FAILURES.get(status, "无法回答 No answer")
    return _write_page(words, f"<h1>{words}</h1><p><code>{escape(reason)}</code></p>")


def _write_facts(facts: Sequence[Fact], base: str) -> str:
    rows, last = [], ""
    for fact in facts:
        head = "" if fact.predicate == last else _write_property(fact, base)
        last = fact.predicate
        text = escape(fact.text)
        value = f'<a href="{escape(_link(fact.iri, base))}">{text}</a>' if fact.iri else text
        tongue = f' lang="{escape(fact.language)}"' if fact.language else ""
        rows.append(f"<tr><th>{head}</th><td{tongue}>{value}</td></tr>")
    return f'<table class="facts">{"".join(rows)}</table>'


def _write_property(fact: Fact, base: str) -> str:
    short = _shorten(fact)
    called = fact.called or _CALLED.get(short, "")
    words = f"{escape(called)}<small>{short}</small>" if called else short
    return f'<a href="{escape(_link(fact.predicate, base))}">{words}</a>'


def _shorten(fact: Fact) -> str:
    for prefix, namespace in PREFIXES.items():
        if fact.predicate.startswith(namespace):
            return escape(f"{prefix}:{fact.predicate[len(namespace) :]}")
    return escape(fact.predicate)


def _link(iri: str, base: str, form: str = "") -> str:
    """Return where this server tells of an IRI: at its own path where it has one here."""
    if iri.startswith(base) and "#" not in iri and "?" not in iri:
        return "/" + quote(iri[len(base) :], safe="/%:@!$&'()*+,;=~-._") + (f"?format={form}" if form else "")
    return f"/describe?iri={quote(iri, safe='')}" + (f"&format={form}" if form else "")


def _write_page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><style>{STYLE}</style></head><body>'
        f'<nav><a href="/">报告 Reports</a> <a href="/explore">图谱 Explore</a> <a href="/sparql">查询 SPARQL</a></nav>'
        f"<main>{body}</main></body></html>"
    )
