/** What became of targets: joined to the figures, states and things that they speak of, and told in words. */

import { valueText } from "./figures.mjs";

/** What can become of a target, from the best. */
export const VERDICTS = ["exceeded", "met", "missed", "inProgress", "notMentioned"];

/**
 * Join outcomes to a model whose reports, facts and figures are there.
 * @param {object} model
 * @param {object[]} rows with ids of findings, and with the sentences and the report themselves
 */
export function addOutcomes(model, rows) {
  for (const { target, result, ...rest } of rows) {
    const { aimed, told } = rest;
    const outcome = { ...rest, id: target, target: aimed && findingOf(model, target, aimed), result: findingOf(model, result, told) };
    if (model.outcomes.has(outcome.id) || !outcome.target) continue;
    model.outcomes.set(outcome.id, outcome);
    if (outcome.target.figure) outcome.target.figure.outcome = outcome;
    nodeOf(model, outcome)?.outcomes.push(outcome);
  }
}

/** A figure, a fact or a place that names a node: what an id of the graph stands for; null where the page lacks it. */
function findingOf(model, id, sentence) {
  const [kind, key] = [id.slice(0, id.indexOf("/")), id.slice(id.indexOf("/") + 1)];
  if (kind === "figure" && model.figures.has(key)) return { figure: model.figures.get(key) };
  if (kind === "claim" && model.facts.has(key)) return { fact: model.facts.get(key) };
  const [start, end] = key.slice(key.lastIndexOf(".") + 1).split("-").map(Number);
  const named = kind === "mention" && sentence?.named.find((one) => one.start === start && one.end === end);
  return named ? { named } : null;
}

/** The node that a target speaks of; null where it is the reporting place as a whole. */
export function nodeOf(model, { target: { figure, fact, named }, aimed }) {
  const id = figure ? figure.owner : fact ? fact.subject : named.node.id;
  return id === aimed.report.home ? null : model.nodes.get(id) ?? null;
}

/**
 * What a target is about: an indicator, with whose it is, or the name of a thing.
 * @param {object} model
 * @param {object} outcome
 */
export function subjectOf(model, outcome) {
  const { figure } = outcome.target;
  const whose = nodeOf(model, outcome)?.name ?? figure?.of ?? "";
  if (!figure) return whose;
  return whose ? `${figure.indicator}（${whose}）` : figure.indicator;
}

/**
 * What was aimed at, in a few words.
 * @param {Function} words
 * @param {object} outcome
 */
export function aimOf(words, { target: { figure, fact } }) {
  if (figure) return valueText(figure);
  return fact ? words(`status.${fact.object}`) : words("promises.advance");
}

/**
 * What was reached, in a few words; empty where nothing is told.
 * @param {Function} words
 * @param {object} outcome
 */
export function resultOf(words, { target, result, told, match, reached }) {
  if (!told) return "";
  if (match === "computed" && target.figure) return words("promises.computed", { value: `${reached}${target.figure.unit}` });
  if (result?.figure) {
    const { figure } = result;
    return figure.concept === target.figure?.concept ? valueText(figure) : `${figure.indicator} ${valueText(figure)}`;
  }
  const planned = (result?.fact ?? told).modality === "target";
  const said = result?.fact ? words(`status.${result.fact.object}`) : words("promises.named");
  return planned ? words("promises.planned", { state: said }) : said;
}

/**
 * The result less the target with its sign and unit; empty where it is not known.
 * @param {Function} words
 * @param {object} outcome
 */
export function gapOf(words, { gap, target }) {
  if (gap === "" || !target.figure) return "";
  const unit = target.figure.unit === "%" ? words("promises.points") : target.figure.unit;
  return `${/^-|^0$/.test(gap) ? "" : "+"}${gap}${unit}`;
}
