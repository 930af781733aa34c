/** Stretches of text. The service counts code points; JavaScript's strings count otherwise. */

import { element } from "./dom.js";

const EXCERPT = 320;

/** Split a text into code points, so that the service's offsets are indices. */
export const codePoints = (text) => Array.from(text);

/** Find where a text stands in another, by code points; null when it does not. */
export function find(text, wanted) {
  const at = text.indexOf(wanted);
  if (at < 0) return null;
  const start = codePoints(text.slice(0, at)).length;
  return { start, end: start + codePoints(wanted).length };
}

/** Keep spans within [start, end), sorted, and join those that overlap or touch. */
function tidy(spans, start, end) {
  const tidied = [];
  const within = spans
    .map((span) => ({ start: Math.max(span.start, start), end: Math.min(span.end, end) }))
    .filter((span) => span.start < span.end)
    .sort((a, b) => a.start - b.start);
  for (const span of within) {
    const last = tidied.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else tidied.push(span);
  }
  return tidied;
}

/** Make the nodes of points[start:end], with the spans in <mark>. */
export function marked(points, spans, start = 0, end = points.length) {
  const nodes = [];
  let at = start;
  for (const span of tidy(spans, start, end)) {
    nodes.push(points.slice(at, span.start).join(""));
    nodes.push(element("mark", {}, points.slice(span.start, span.end).join("")));
    at = span.end;
  }
  return [...nodes, points.slice(at, end).join("")];
}

/** Choose the part of a long snippet to show: where most is marked, cut between words. */
export function excerpt(points, spans) {
  const all = points.length;
  if (all <= EXCERPT) return { start: 0, end: all };
  let best = { start: 0, end: 0, weight: 0 };
  for (const { start } of spans) {
    const covered = tidy(spans, start, start + EXCERPT * 0.75);
    const weight = covered.reduce((sum, span) => sum + span.end - span.start, 0);
    if (weight > best.weight) best = { start, end: covered.at(-1).end, weight };
  }
  const room = EXCERPT - (best.end - best.start);
  let start = Math.max(0, best.start - Math.round(room / 3));
  let end = Math.min(all, start + EXCERPT);
  while (start > 0 && start < best.start && points[start - 1].trim()) start += 1;
  while (end < all && end > best.end && points[end].trim()) end -= 1;
  return { start, end };
}

/**
 * Find where the short answer stands in the answer; null when there is none. Where the
 * answer has it more than once, the first source's highlight tells which is meant.
 */
export function shortAnswerSpan({ answer, short_answer: short, sources: [source] }) {
  if (!short) return null;
  const offset = source && find(source.snippet, answer)?.start;
  const start = source?.highlights[0]?.start - offset;
  const end = start + codePoints(short).length;
  return codePoints(answer).slice(start, end).join("") === short
    ? { start, end }
    : find(answer, short);
}
