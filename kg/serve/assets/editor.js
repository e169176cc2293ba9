"use strict";
// The editor: runs the query on this very server and shows the answer as a table. Values are set as text, never as HTML.
const SHOWN = 1000;
const SAID = {
  400: "查询写法有误 The query cannot be read",
  403: "本服务只读，不予执行 Refused: this service is read-only",
  406: "没有这种格式 There is no such form",
  413: "查询太长 The query is too long",
  422: "结果或所需内存过大，请加 LIMIT 或条件 Too much is asked for: add LIMIT or a condition",
  503: "服务繁忙，请稍后再试 Busy: try again in a moment",
  504: "查询超时，请加条件 Took too long: add a condition",
};
const part = (id) => document.getElementById(id);
const data = JSON.parse(part("data").textContent);

function fillExamples() {
  part("example").append(new Option("…", ""));
  for (const example of data.examples) {
    part("example").append(new Option(`${example.zh} ${example.en}`, example.name));
  }
}

async function ask(media) {
  const answer = await fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: media },
    body: part("query").value,
  });
  if (!answer.ok) throw new Error(`${SAID[answer.status] ?? answer.status}\n${await answer.text()}`);
  return answer;
}

function showError(error) {
  // What the browser itself says where there is no server any more helps nobody.
  const lost = error instanceof TypeError;
  part("error").textContent = lost ? "连接不上服务，它还在运行吗？ The service does not answer. Does it still run?" : error.message;
  const place = /line (\d+), column (\d+)/.exec(error.message);
  if (!place) return;
  const lines = part("query").value.split("\n");
  const start = lines.slice(0, place[1] - 1).reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
  part("query").focus();
  part("query").setSelectionRange(start, start + 1);
}

function shorten(iri) {
  for (const [name, start] of Object.entries(data.prefixes)) {
    if (iri.startsWith(start)) return `${name}:${iri.slice(start.length)}`;
  }
  return iri;
}

function makeCell(term) {
  const cell = document.createElement("td");
  if (!term) return cell;
  if (term.type === "uri") {
    const link = document.createElement("a");
    link.href = `/describe?iri=${encodeURIComponent(term.value)}`;
    link.textContent = shorten(term.value);
    link.title = term.value;
    cell.append(link);
  } else {
    cell.textContent = term.value;
    if (/#(integer|decimal|double)$/.test(term.datatype ?? "")) cell.className = "number";
    if (term["xml:lang"]) cell.lang = term["xml:lang"];
  }
  return cell;
}

function showTable(found) {
  const rows = found.results.bindings.length;
  part("note").textContent = rows > SHOWN ? `前 ${SHOWN} 行，共 ${rows} 行，CSV 为全部 · ${SHOWN} of ${rows} rows; CSV has all` : `${rows} 行 rows`;
  if (!rows) return showText("没有符合的结果。 Nothing matches.");
  const table = document.createElement("table");
  const head = table.insertRow();
  for (const name of found.head.vars) {
    const cell = document.createElement("th");
    cell.textContent = name;
    head.append(cell);
  }
  for (const row of found.results.bindings.slice(0, SHOWN)) {
    table.insertRow().append(...found.head.vars.map((name) => makeCell(row[name])));
  }
  part("answer").replaceChildren(table);
}

function showText(text) {
  const block = document.createElement("pre");
  block.textContent = text;
  part("answer").replaceChildren(block);
}

async function run() {
  part("error").textContent = "";
  part("answer").replaceChildren();
  part("note").textContent = "查询中… Running…";
  history.replaceState(null, "", `/sparql?query=${encodeURIComponent(part("query").value)}`);
  try {
    const answer = await ask("application/sparql-results+json, text/turtle;q=0.9");
    const media = answer.headers.get("Content-Type");
    part("note").textContent = "";
    if (!media.startsWith("application/sparql-results+json")) return showText(await answer.text());
    const found = await answer.json();
    if ("boolean" in found) return showText(String(found.boolean));
    showTable(found);
  } catch (error) {
    part("note").textContent = "";
    showError(error);
  }
}

async function save(media, name) {
  part("error").textContent = "";
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await (await ask(media)).blob());
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (error) {
    showError(error);
  }
}

fillExamples();
part("query").value = new URLSearchParams(location.search).get("query") ?? data.examples[0]?.text ?? data.start;
part("example").addEventListener("change", (event) => {
  const chosen = data.examples.find((example) => example.name === event.target.value);
  if (!chosen) return;
  part("query").value = chosen.text;
  run();
});
part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
part("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
part("csv").addEventListener("click", () => save("text/csv", "answer.csv"));
part("json").addEventListener("click", () => save("application/sparql-results+json", "answer.json"));
if (new URLSearchParams(location.search).has("query")) run();
