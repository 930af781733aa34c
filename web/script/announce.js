/**
 * Telling those who do not see the page what has happened. The regions are in the page from
 * the start, empty: a region that comes with its text is not read out. The conversation
 * itself is no live region, or every button of a turn would be read out with it.
 */

/** Have a text read out: when the reader pauses, or at once when it is urgent. */
export function announce(text, urgent = false) {
  const region = document.getElementById(urgent ? "alert" : "status");
  // The same text twice would be no change.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
