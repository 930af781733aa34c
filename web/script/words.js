/**
 * Every word that the page shows. To translate it, translate this module (and the title,
 * the description and the noscript line of index.html, which stand before any script).
 */

const LOCALE = "en-GB";

const plurals = new Intl.PluralRules(LOCALE);
const numbers = new Intl.NumberFormat(LOCALE);
const percents = new Intl.NumberFormat(LOCALE, { style: "percent" });
// A release's date is a day, the same day everywhere.
const days = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" });
const moments = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeStyle: "short" });

const count = (n, one, other) =>
  `${numbers.format(n)} ${plurals.select(n) === "one" ? one : other}`;
const releases = (n) => count(n, "release", "releases");
const KEPT = "Your question is kept: try again";

export const words = {
  // The page
  name: "Ask the releases",
  title: (question) => `${question} – Ask the releases`,
  skip: "Go to the question box",
  claim: "What would you like to know?",
  promise:
    "You get the press releases’ own words, and the place where they stand. " +
    "What the releases do not say, you will not read here.",
  examples: "For example",
  known: (n) => `Answers come from ${releases(n)}`,
  moreReleases: (n) => `Show ${numbers.format(n)} more`,
  conversation: "Conversation",

  // The composer
  question: "Your question",
  placeholder: "Ask about the releases",
  send: "Ask",
  keys: "Enter asks, Shift + Enter breaks the line.",
  slash: "“/” comes to this box",
  left: (n) => `${count(n, "character", "characters")} left`,
  tooLong: (n) => `${count(n, "character", "characters")} too many`,

  // Waiting and failing
  waiting: "Looking through the releases …",
  cancel: "Cancel",
  cancelled: "Cancelled. Your question is still in the box.",
  retry: "Try again",
  failures: {
    offline: `You are offline. ${KEPT} once you are connected.`,
    unreachable: `The service does not answer. ${KEPT} in a moment.`,
    slow: `This took too long, so it was stopped. ${KEPT} in a moment.`,
    invalid: "The service cannot take this question.",
    busy: `Many people are asking just now. ${KEPT} in a moment.`,
    broken: `Something went wrong at the service. ${KEPT} in a moment.`,
  },
  busyFor: (n) => `Many people are asking just now. ${KEPT} in ${count(n, "second", "seconds")}.`,

  // An answer
  understoodAs: (question) => `Understood as: ${question}`,
  literally: "Ask it literally instead",
  confidence: (share) =>
    share >= 0.9 ? "Very sure" : share >= 0.75 ? "Quite sure" : share >= 0.5 ? "Likely" : "Unsure",
  confidenceOfRefusal: (share) =>
    share < 0.2 ? "Very likely not in the releases" : "Perhaps not in the releases",
  figure: (share, answered) =>
    `${percents.format(share)} probability that ` +
    (answered ? "this answer is right" : "the nearest passage answers it"),
  copy: "Copy with citation",
  copied: "Copied",
  notCopied: "Your browser did not allow it",
  copyLink: "Copy link",
  sources: "Where it stands",
  showInRelease: "Show in the release",
  openPage: "Open the page",
  openPageInTab: "Open the page (new tab)",
  spoken: ({ answered, answer, short_answer: short, confidence, sources }) =>
    answered
      ? `${(short ?? answer).replace(/\.?$/u, ".")} ${words.confidence(confidence)}. ` +
        `${count(sources.length, "source", "sources")}.`
      : answer,
  characters: (start, end) => `characters ${start}–${end}`,

  // A refusal
  searched: (n, first, last) => {
    const from = first === last ? "of" : `from ${words.day(first)} to`;
    return `Searched: ${releases(n)}${last ? `, ${from} ${words.day(last)}` : ""}.`;
  },
  nearest: (n) => (n === 1 ? "The nearest passage" : `The nearest ${numbers.format(n)} passages`),
  instead: "These are answered",

  // The release beside the conversation
  close: "Close",
  original: "Original",
  opening: "Opening the release …",
  notOpened: "The release could not be opened.",
  changed: "This release has changed since, and no longer has the passage.",

  // The conversation as a whole
  save: "Save",
  saved: "The conversation was saved as a Markdown file.",
  fileName: (day) => `conversation-${day}.md`,
  anew: "Start anew",
  cleared: "The conversation was cleared.",
  undo: "Undo",
  transcript: "A conversation with the releases",
  askedAt: (when) => `Asked ${words.moment(when)}`,
  source: "Source",

  day: (date) => days.format(new Date(`${date}T00:00:00Z`)),
  moment: (when) => moments.format(new Date(when)),
};
