/** The tables of the page as plain rows: what a table shows and what its CSV holds is the same. */

import { isMet, measureOf, pairFigures, yearly } from "./figures.mjs";
import { STATUS, group, sectionTitle, statusOf, wordsOf } from "./model.mjs";
import { VERDICTS, aimOf, gapOf, resultOf, subjectOf } from "./outcomes.mjs";
import { reportName } from "./parts.mjs";

/** The tables in the order of their tabs. */
export const TABLES = ["targets", "promises", "figures", "projects", "honours", "entities", "facts"];

/**
 * The columns and rows of a table. A cell is a text or a number; `pick` is what a row opens.
 * @param {object} app
 * @param {string} name one of TABLES
 * @param {object} filter of filters.mjs
 * @returns {{columns: string[], rows: {cells: (string|number)[], pick: string, verdict?: string}[], verdicts?: string[],
 *   empty?: string}} columns are message keys; numbers that the report wrote stay texts, so that 4.0 stays 4.0
 */
export function tableOf(app, name, filter) {
  return { targets, promises, figures, projects, honours, entities, facts }[name](app, filter);
}

/** Which report a row stands on, where there are several; the table leaves an empty column out. */
const reportCell = (app, sentence) => (app.model.reports.size > 1 && sentence ? reportName(app, sentence.report) : "");

function targets(app, filter) {
  const { model, words } = app;
  const passing = [...model.figures.values()].filter((figure) => filter.report(figure.sentence.report));
  if (new Set(passing.map((figure) => figure.sentence.report)).size > 1) return targetsByYear(app, passing, filter);
  return {
    columns: ["figure.indicator", "figure.kind", "table.resultYear", "table.result", "table.targetYear", "figure.bound", "table.target", "figure.unit", "table.change"],
    rows: pairFigures(passing).filter(({ result, target }) => filter.figure(result) || filter.figure(target)).map(({ indicator, result, target }) => ({
      pick: `f:${target.id}`,
      cells: [indicator, words(`figureKind.${target.kind}`), result.period, result.value, target.period, words(`bound.${target.bound}`),
        target.value, target.unit, difference(result.value, target.value)],
    })),
  };
}

/** Over several reports: what was aimed at for a year beside what that year's result was said to be. */
function targetsByYear({ model, words }, figures, filter) {
  const rows = [...group(figures, measureOf).values()].flatMap((same) => yearly(same))
    .filter(({ result, target }) => result && target && (filter.figure(result) || filter.figure(target)));
  return {
    columns: ["figure.indicator", "figure.of", "figure.kind", "table.year", "figure.bound", "table.target", "table.result", "figure.unit", "table.resultUnit", "table.reached", "table.met"],
    rows: rows.map(({ year, result, target }) => ({
      pick: `f:${result.id}`,
      cells: [result.indicator, model.nodes.get(result.owner)?.name ?? result.of ?? "", words(`figureKind.${target.kind}`), year, words(`bound.${target.bound}`), target.value, result.value,
        target.unit, result.unit === target.unit ? "" : result.unit, result.unit === target.unit ? difference(target.value, result.value) : "", { true: words("table.metYes"), false: words("table.metNo") }[isMet({ result, target })] ?? ""],
    })),
  };
}

/** How much the second of two values lies above the first, with as many places as the longer of them. */
function difference(result, target) {
  const places = Math.max(...[result, target].map((value) => (value.split(".")[1] ?? "").length));
  const change = (Number(target) - Number(result)).toFixed(places);
  return Number(change) > 0 ? `+${change}` : change;
}

/** What became of each target by the report of the year after it, the latest year first. */
function promises({ model, words }, filter) {
  const outcomes = [...model.outcomes.values()].filter(({ aimed, target }) => filter.report(aimed.report) && filter.sentence(aimed) && (target.figure || filter.kind((target.fact ? model.nodes.get(target.fact.subject) : target.named.node).kind)));
  outcomes.sort((one, other) => other.aimed.report.year - one.aimed.report.year);
  return {
    verdicts: VERDICTS,
    empty: model.outcomes.size ? "table.empty" : "promises.none",
    columns: ["promises.subject", "promises.place", "promises.year", "table.target", "promises.verdict", "promises.result", "promises.gap", "promises.match", "promises.aimedSentence", "promises.toldSentence"],
    rows: outcomes.map((outcome) => ({
      pick: `o:${outcome.id}`, verdict: outcome.verdict,
      cells: [subjectOf(model, outcome), model.places.length > 1 ? outcome.aimed.report.place ?? "" : "", outcome.aimed.report.year, aimOf(words, outcome), words(`verdict.${outcome.verdict}`),
        resultOf(words, outcome), gapOf(words, outcome), outcome.match ? words(`match.${outcome.match}`) : "", wordsOf(outcome.aimed), outcome.told ? wordsOf(outcome.told) : ""],
    })),
  };
}

function figures(app, filter) {
  const { model, words } = app;
  return {
    columns: ["figure.indicator", "figure.bound", "figure.value", "figure.unit", "figure.kind", "figure.modality", "figure.period", "figure.of", "table.report", "table.section", "table.sentence"],
    rows: [...model.figures.values()].filter(filter.figure).map((figure) => ({
      pick: `f:${figure.id}`,
      cells: [figure.indicator, words(`bound.${figure.bound}`), figure.value, figure.unit, words(`figureKind.${figure.kind}`),
        words(`modality.${figure.modality}`), figure.period, figure.of ?? model.nodes.get(figure.owner)?.name ?? "", reportCell(app, figure.sentence),
        sectionTitle(figure.sentence), wordsOf(figure.sentence)],
    })),
  };
}

/** Names at the other end of a node's facts of one predicate. */
function others(model, node, predicate) {
  const ids = node.facts.filter((fact) => fact.predicate === predicate && fact.subject === node.id).map((fact) => fact.object);
  return [...new Set(ids)].map((id) => model.nodes.get(id)?.name ?? id).join("、");
}

function projects(app, filter) {
  const { model, words } = app;
  const built = model.order.filter((node) => (node.kind === "Project" || statusOf(node)) && filter.node(node));
  const works = [...built.filter((node) => node.kind === "Project"), ...built.filter((node) => node.kind !== "Project")];
  return {
    columns: ["table.name", "table.kind", "table.status", "table.modality", "table.year", "table.place", "table.company", "table.partOf", "table.industry", "table.report", "table.sentence"],
    rows: works.map((node) => {
      const status = statusOf(node);
      const sentence = status?.fact.sentence ?? node.occurrences[0]?.sentence;
      return {
        pick: `n:${node.id}`,
        cells: [node.name, words(`kind.${node.kind}`), status ? words(`status.${status.status}`) : "",
          status ? words(`modality.${status.modality}`) : "", status?.year ?? "",
          others(model, node, "locatedIn"), others(model, node, "developedBy"), others(model, node, "partOf"), others(model, node, "focusesOn"),
          reportCell(app, sentence), sentence ? wordsOf(sentence) : ""],
      };
    }),
  };
}

function honours(app, filter) {
  const { model, words } = app;
  return {
    columns: ["table.receiver", "table.kind", "table.honour", "table.year", "table.modality", "table.report", "table.sentence"],
    rows: [...model.facts.values()].filter((fact) => fact.predicate === "awarded" && filter.fact(fact)).map((fact) => ({
      pick: `n:${fact.object}`,
      cells: [model.nodes.get(fact.subject).name, words(`kind.${model.nodes.get(fact.subject).kind}`), model.nodes.get(fact.object).name,
        fact.year ?? "", words(`modality.${fact.modality}`), reportCell(app, fact.sentence), wordsOf(fact.sentence)],
    })),
  };
}

function entities({ model, words }, filter) {
  return {
    columns: ["table.name", "table.kind", "table.aliases", "table.mentions", "table.links"],
    rows: model.order.filter(filter.node).map((node) => ({
      pick: `n:${node.id}`,
      cells: [node.name, words(`kind.${node.kind}`), node.aliases.join("、"), node.occurrences.length, node.edges.length],
    })),
  };
}

function facts(app, filter) {
  const { model, words } = app;
  return {
    columns: ["table.subject", "table.predicate", "table.object", "table.year", "table.modality", "panel.confidence", "panel.rule", "table.report", "table.sentence"],
    rows: [...model.facts.values()].filter(filter.fact).map((fact) => ({
      pick: fact.predicate === STATUS ? `n:${fact.subject}` : `e:${fact.subject}|${fact.predicate}|${fact.object}`,
      cells: [model.nodes.get(fact.subject).name, words(`predicate.${fact.predicate}`),
        model.nodes.get(fact.object)?.name ?? words(`status.${fact.object}`), fact.year ?? "", words(`modality.${fact.modality}`),
        fact.confidence, fact.rule, reportCell(app, fact.sentence), wordsOf(fact.sentence)],
    })),
  };
}
