// Shows what happens on lines and telephones while somebody finds out which is which.

import { send } from "./main.js";

const EVERY_MS = 1000;
const shown = document.querySelector("[data-now]");

for (const button of document.querySelectorAll("[data-answer], [data-ring]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    send(button.formAction).catch(() => {});
  });
}

/** What is told of a line or a telephone; empty for nothing. */
function told(one) {
  const words = shown.dataset;
  switch (one.state) {
    case "ringing":
      return one.caller && words.ringingBy ? words.ringingBy.replace("{caller}", one.caller) : words.ringing;
    case "lost":
      return words.lost ?? "";
    case "idle":
      return words.idle ?? "";
    case "network":
      return words.network ?? "";
    case "on-hook":
      return "";
    case "off-hook":
    case "locked-out":
      return words.offHook ?? "";
    default:
      return words.up ?? "";
  }
}

function show(one) {
  const row = shown.querySelector(`[data-port="${one.port}"]`);
  if (!row) return;
  const badge = row.querySelector("[data-state]");
  const text = told(one);
  if (badge.textContent !== text) badge.textContent = text;
  badge.hidden = !text;
  badge.classList.toggle("good", one.state === "ringing" || one.state === "off-hook");
  badge.classList.toggle("warn", one.state === "lost");
  const answer = row.querySelector("[data-answer]");
  if (answer) answer.hidden = !one.waits;
}

async function look() {
  try {
    const answer = await fetch(shown.dataset.now, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const now = await answer.json();
      for (const one of [...now.lines, ...now.telephones]) show(one);
    }
  } catch {
    // The unit does not answer at this moment: the next look may find it again.
  }
  setTimeout(look, EVERY_MS);
}

if (shown) look();
