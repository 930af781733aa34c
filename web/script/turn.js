/** One turn of the conversation: a question, and its answer, refusal, waiting or failure. */

import { reread } from "./citation.js";
import { button, element } from "./dom.js";
import { sourceList } from "./sources.js";
import { codePoints, marked, shortAnswerSpan } from "./spans.js";
import { words } from "./words.js";

/**
 * Make a turn that has its answer.
 * @param {object} turn see state.js
 * @param {object} context documents, their languages by id, and examples not yet asked
 * @param {object} actions ask(question), literally(turn), show(source, opener),
 *   copy(turn, opener), copyLink(turn, opener)
 */
export function turnView(turn, context, actions) {
  const { answer, asked } = turn;
  const { answered, sources, question } = answer;
  const language = context.languages.get(sources[0]?.document_id) ?? null;
  const cards = sourceList(sources, context.languages, actions.show);
  const act = (text, action) =>
    button(".quiet", text, (event) => action(turn, event.currentTarget));
  return frame(
    question,
    "",
    element("p.on-paper", {}, words.askedAt(asked)),
    understood(turn, actions),
    ...(answered ? verbatim(answer, language) : refusal(answer, context)),
    element(
      "div.foot",
      {},
      confidence(answer),
      element(
        "div.actions",
        {},
        answered && act(words.copy, actions.copy),
        act(words.copyLink, actions.copyLink),
      ),
    ),
    ...(answered
      ? [element("h3.label", {}, words.sources), cards]
      : [
          sources.length > 0 &&
            element("details", {}, element("summary", {}, nearest(sources.length)), cards),
          ...instead(context.examples, actions),
        ]),
  );
}

/** Make the turn of a question that is being asked. */
export function pendingView(question, cancel) {
  const parts = [words.waiting, button(".quiet", words.cancel, cancel)];
  return frame(question, ".pending", element("p.waiting", {}, ...parts));
}

/** Make the turn of a question that could not be asked. */
export function failedView(question, failure, retry) {
  return frame(
    question,
    ".failed",
    element("p.failure", {}, failureText(failure)),
    failure.kind === "invalid" && element("p.soft", {}, failure.detail),
    button(".strong", words.retry, retry),
  );
}

/** What to tell a reader about a failure. */
export const failureText = ({ kind, seconds }) =>
  kind === "busy" && seconds > 0 ? words.busyFor(seconds) : words.failures[kind];

/** Make a list of questions to click. */
export function exampleList(examples, ask) {
  const item = (example) =>
    element(
      "li",
      {},
      button(".example", example, () => ask(example), { dir: "auto" }),
    );
  return element("ul.examples", {}, ...examples.map(item));
}

function frame(question, kind, ...parts) {
  const heading = element("h2.question", { dir: "auto", tabindex: "-1" }, question);
  return element(`article.turn${kind}`, {}, heading, ...parts);
}

function understood(turn, actions) {
  const { answer, literal } = turn;
  if (!reread(answer)) return null;
  return element(
    "p.soft",
    {},
    element("span", { dir: "auto" }, words.understoodAs(answer.interpreted_as)),
    " ",
    !literal && button(".link", words.literally, () => actions.literally(turn)),
  );
}

function verbatim(answer, lang) {
  const span = shortAnswerSpan(answer);
  const text = { dir: "auto", lang };
  if (!span) return [element("blockquote.hero.whole", text, answer.answer)];
  return [
    element("p.hero", text, answer.short_answer),
    element("blockquote.sentence", text, ...marked(codePoints(answer.answer), [span])),
  ];
}

function refusal({ answer }, { documents }) {
  const dates = documents
    .map((document) => document.date)
    .filter(Boolean)
    .sort();
  return [
    element("p.hero.whole", {}, answer),
    documents.length > 0 &&
      element("p.soft", {}, words.searched(documents.length, dates[0], dates.at(-1))),
  ];
}

const nearest = (n) => element("h3.label", {}, words.nearest(n));

function instead(examples, { ask }) {
  if (!examples.length) return [];
  return [element("h3.label", {}, words.instead), exampleList(examples.slice(0, 3), ask)];
}

function confidence({ answered, confidence: share }) {
  const say = answered ? words.confidence : words.confidenceOfRefusal;
  const figure = element("span", { hidden: "" }, words.figure(share, answered));
  const toggle = () => {
    figure.hidden = !figure.hidden;
    term.setAttribute("aria-expanded", !figure.hidden);
  };
  const term = button(".confidence", say(share), toggle, { "aria-expanded": "false" });
  return element("div.soft", {}, term, " ", figure);
}
