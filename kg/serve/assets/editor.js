"use strict";
// The editor: runs the query on this very server and shows the answer as a table. Values are set as text, never as HTML.
const SHOWN = 1000;
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
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer;
}

function makeCell(term) {
  const cell = document.createElement("td");
  if (!term) return cell;
  if (term.type === "uri") {
    const link = document.createElement("a");
    link.href = `/describe?iri=${encodeURIComponent(term.value)}`;
    link.textContent = term.value;
    cell.append(link);
  } else {
    cell.textContent = term.value;
    if (term["xml:lang"]) cell.lang = term["xml:lang"];
  }
  return cell;
}

function showTable(found) {
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
  const rows = found.results.bindings.length;
  part("note").textContent = rows > SHOWN ? `${SHOWN} / ${rows} 行 rows` : `${rows} 行 rows`;
}

function showText(text) {
  const block = document.createElement("pre");
  block.textContent = text;
  part("answer").replaceChildren(block);
}

async function run() {
  part("error").textContent = "";
  part("answer").replaceChildren();
  part("note").textContent = "…";
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
    part("error").textContent = error.message;
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
    part("error").textContent = error.message;
  }
}

fillExamples();
part("query").value = new URLSearchParams(location.search).get("query") ?? data.examples[0]?.text ?? data.start;
part("example").addEventListener("change", (event) => {
  const chosen = data.examples.find((example) => example.name === event.target.value);
  if (chosen) part("query").value = chosen.text;
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
