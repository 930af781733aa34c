/** The service: each call gives its JSON or throws a Failure. Nothing goes to another host. */

const TIMEOUT_MS = 30_000;
const LISTS_MS = 3_000; // the page waits for them to open
const MAX_TURNS = 20;
const KINDS = { 408: "slow", 429: "busy", 504: "slow" };

/**
 * What went wrong: a kind that words.js has a text for, or `cancelled`; what the service
 * says; when to try again, 0 if it does not say.
 */
export class Failure extends Error {
  constructor(kind, detail = "", seconds = 0) {
    super(kind);
    Object.assign(this, { kind, detail, seconds });
  }
}

/** Ask a question; `history` are the answers before, oldest first; `signal` cancels. */
export async function ask(question, history, signal) {
  const turn = ({ question, answer }) => ({ question, answer });
  const given = await call("ask", signal, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question, history: history.slice(-MAX_TURNS).map(turn) }),
  });
  if (!isAnswer(given)) throw new Failure("broken");
  return given;
}

/** Whether something has what the page needs of an answer. */
export const isAnswer = (given) =>
  typeof given?.answer === "string" &&
  Array.isArray(given.sources) &&
  given.sources.every((source) => Array.isArray(source?.highlights));

/** List the releases, without their texts. */
export const documents = () => list("documents");

/** Get one release with its text. */
export async function release(id) {
  const found = await call(`documents/${encodeURIComponent(id)}`);
  if (typeof found?.text !== "string") throw new Failure("broken");
  return found;
}

/** Get a few questions that are answered. */
export const examples = () => list("examples");

async function list(path) {
  const items = await call(path, null, {}, LISTS_MS);
  if (!Array.isArray(items)) throw new Failure("broken");
  return items;
}

async function call(path, signal = null, options = {}, patience = TIMEOUT_MS) {
  const slow = AbortSignal.timeout(patience);
  let response, json;
  try {
    response = await fetch(path, {
      ...options,
      signal: signal ? AbortSignal.any([signal, slow]) : slow,
    });
    json = await response.json().catch((error) => {
      if (!(error instanceof SyntaxError)) throw error;
    });
  } catch {
    if (signal?.aborted) throw new Failure("cancelled");
    if (slow.aborted) throw new Failure("slow");
    throw new Failure(navigator.onLine ? "unreachable" : "offline");
  }
  if (response.ok) return json;
  throw new Failure(
    KINDS[response.status] ?? (response.status < 500 ? "invalid" : "broken"),
    typeof json?.detail === "string" ? json.detail : "",
    Number.parseInt(response.headers.get("Retry-After") ?? "", 10) || 0,
  );
}
