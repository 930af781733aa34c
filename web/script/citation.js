/** Answers as text for elsewhere: a citation, a link, the whole conversation as Markdown. */

import { words } from "./words.js";

/** Whether a question was read as another one, but for case, space and its last marks. */
export function reread({ question, interpreted_as: read }) {
  const plain = (text) =>
    text
      .toLowerCase()
      .replace(/[\s?.!]+$/u, "")
      .replace(/\s+/gu, " ");
  return plain(question) !== plain(read);
}

/** The link that reopens a question, in the wording that stands on its own. */
export function linkTo(answer) {
  const link = new URL("./", location.href);
  link.searchParams.set("q", reread(answer) ? answer.interpreted_as : answer.question);
  return link.href;
}

const cited = ({ title, date, start, end }) =>
  [title, date && words.day(date), words.characters(start, end)].filter(Boolean).join(", ");

/** An answer with its citation, to paste into a text. */
export function citation({ answer, sources: [source] }) {
  return [`“${answer}”`, `— ${cited(source)}`, source.link ?? source.url].join("\n").trim();
}

// Whatever Markdown or HTML would take for its own, anywhere or at the beginning.
const escape = (text) =>
  text
    .trim()
    .replace(/\s+/gu, " ")
    .replace(/[\\`*_[\]<>~&#]/gu, "\\$&")
    .replace(/^(\d*)([-+.)])/u, "$1\\$2");

/** The conversation as Markdown. */
export function toMarkdown(turns, when) {
  const blocks = turns.flatMap(({ answer }) => [
    `## ${escape(answer.question)}`,
    reread(answer) && `*${escape(words.understoodAs(answer.interpreted_as))}*`,
    ...(answer.answered ? answerBlocks(answer) : [escape(answer.answer)]),
  ]);
  const head = [`# ${words.transcript}`, `${words.moment(when)}, ${location.origin}`];
  return `${[...head, ...blocks.filter(Boolean)].join("\n\n")}\n`;
}

function answerBlocks({ answer, short_answer: short, confidence, sources: [source] }) {
  const name = escape(cited(source));
  const where = source.link ?? source.url;
  return [
    short && `**${escape(short)}**`,
    `> ${escape(answer)}`,
    `${words.source}: ${where ? `[${name}](<${where.replace(/[<>]/gu, encodeURIComponent)}>)` : name}`,
    `${words.confidence(confidence)} (${words.figure(confidence, true)})`,
  ];
}
