// What every page has. A page with more of its own loads its module beside this one.

/** Text of a fetch to our own server, with the token against forged requests. Throws an Error with what went wrong, for people. */
export async function send(path, fields = {}) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const answer = await fetch(path, {
    method: "POST",
    headers: { "X-CSRFToken": token, "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(fields),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.message || answer.statusText);
  return told;
}

// A page that answers a form, as one with mistakes does: a browser that comes back to it would show an error of its own,
// or ask whether to send the form again. Once it is left it counts as fetched. Until then a reload keeps what was typed.
if ("answersForm" in document.documentElement.dataset) {
  const countsAsFetched = () => history.replaceState(history.state, "", location.href);
  addEventListener("submit", countsAsFetched);
  addEventListener("click", (event) => event.target.closest("a[href]") && countsAsFetched());
}

// Whoever is signed in sees when the unit does not answer.
if (document.querySelector("[data-account]")) import("./live.js");

// A browser that cannot keep things open by its style sheet alone, where there is room for them.
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches)
  for (const folded of document.querySelectorAll("[data-stands-open]")) folded.open = true;

// A second click on a button sends its form no second time, which would be refused although the first was done. After
// a while it may be sent again: a form whose answer is a file stays on the page.
const SENT_FOR_MS = 3000;
const sent = new WeakSet();
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  setTimeout(() => sent.delete(form), SENT_FOR_MS);
});
