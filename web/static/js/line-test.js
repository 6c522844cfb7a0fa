// Shows what a test of a line is doing, and fetches the page anew once it is over.

const EVERY_MS = 1000;
const note = document.querySelector("[data-line-test]");

async function look() {
  try {
    const answer = await fetch(note.dataset.lineTest, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { running, step } = await answer.json();
      if (!running) {
        location.reload();
        return;
      }
      if (note.textContent !== step) note.textContent = step;
    }
  } catch {
    // The unit does not answer at this moment; the bar at the top of the page says so.
  }
  setTimeout(look, EVERY_MS);
}

if (note) look();
