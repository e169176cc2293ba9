/** The nodes and edges shown, as Turtle in the terms and IRIs of the whole graph's file. */

import { STATUS, wordsOf } from "./model.mjs";

const PREFIXES = {
  kg: "https://w3id.org/govkg/ontology#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  prov: "http://www.w3.org/ns/prov#",
};

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const literal = (text) => `"${text.replace(/[\\"\n\r\t]/g, (letter) => ESCAPES[letter])}"`;
const chinese = (text) => `${literal(text)}@zh`;

/**
 * Write entities, the facts between them, and the sentences that are their evidence.
 * @param {object} model
 * @param {{nodes: object[], edges: object[]}} shown
 */
export function toTurtle(model, { nodes, edges }) {
  const iri = (local) => `<${model.root}${encodeURI(local).replace(/[<>"{}|\\^`]/g, encodeURIComponent)}>`;
  const sentenceOf = (sentence) => iri(`sentence/${sentence.id}`);
  const drawn = new Set(nodes.map((node) => node.id));
  const facts = [
    ...nodes.flatMap((node) => node.facts.filter((fact) => fact.predicate === STATUS)),
    ...edges.filter((edge) => drawn.has(edge.from) && drawn.has(edge.to)).flatMap((edge) => edge.facts),
  ];
  const direct = (fact) => {
    const aimed = fact.predicate === STATUS && fact.modality === "target";
    const object = fact.predicate === STATUS ? `kg:${fact.object}` : iri(fact.object);
    return [aimed ? "kg:aimsAtStatus" : `kg:${fact.predicate}`, object];
  };
  const lines = Object.entries(PREFIXES).map(([name, address]) => `@prefix ${name}: <${address}> .`);
  for (const node of nodes) {
    const parts = [`a kg:${node.kind}`, `rdfs:label ${chinese(node.name)}`, ...node.aliases.map((alias) => `skos:altLabel ${chinese(alias)}`)];
    if (node.code) parts.push(`kg:divisionCode ${literal(node.code)}`);
    const own = facts.filter((fact) => fact.subject === node.id).map((fact) => direct(fact).join(" "));
    parts.push(...new Set(own));
    lines.push("", `${iri(node.id)} ${parts.join(" ;\n    ")} .`);
  }
  for (const fact of facts) {
    const [predicate, object] = direct(fact);
    const year = fact.year === null ? "" : ` ;\n    kg:year ${fact.year}`;
    lines.push("", `${iri(`claim/${fact.id}`)} a kg:Claim , rdf:Statement ;
    rdf:subject ${iri(fact.subject)} ; rdf:predicate ${predicate} ; rdf:object ${object} ;
    kg:modality kg:${fact.modality}${year} ; kg:rule ${literal(fact.rule)} ; kg:begin ${fact.start} ; kg:end ${fact.end} ;
    prov:wasDerivedFrom ${sentenceOf(fact.sentence)} .`);
  }
  for (const sentence of [...new Set(facts.map((fact) => fact.sentence))].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    lines.push("", `${sentenceOf(sentence)} a kg:Sentence ; kg:begin ${sentence.start} ; kg:end ${sentence.end} ;\n    kg:text ${chinese(wordsOf(sentence))} .`);
  }
  return lines.join("\n") + "\n";
}
