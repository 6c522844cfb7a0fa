// Shows the first call as it comes.

const EVERY_MS = 1000;
const note = document.querySelector("[data-first-call]");

async function look() {
  try {
    const answer = await fetch(note.dataset.firstCall, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { state } = await answer.json();
      note.dataset.now = state;
      if (note.textContent !== note.dataset[state]) note.textContent = note.dataset[state];
    }
  } catch {
    // The unit does not answer at this moment, as while it is put together for another country.
  }
  setTimeout(look, EVERY_MS);
}

look();
