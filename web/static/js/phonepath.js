// The way of a call: its steps in words, and lit up in the picture of the call flow.

export class PhonePath {
  /** list: an <ol>. picture: where the SVG is; or null. boxes: the names of the lines' boxes, by the lines' names. */
  constructor(list, empty, picture, boxes, address) {
    Object.assign(this, { list, empty, picture, boxes, address, shown: "" });
  }

  /** Show a call of the daemon's status; null: there is none now, and the way of the last one stays. */
  async show(call, line) {
    if (!call) return;
    const steps = call.steps;
    const now = JSON.stringify([line, steps, call.talks_to]);
    if (now === this.shown) return;
    this.shown = now;
    this.light(line, steps);
    const query = new URLSearchParams(steps.map((step) => ["step", step]));
    const answer = await fetch(`${this.address}?${query}`).catch(() => null);
    const told = answer?.ok ? (await answer.json()).steps : steps;
    if (this.shown === now) this.write([line, ...told, ...call.talks_to]);
  }

  clear() {
    this.shown = "";
    this.light("", []);
    this.write([]);
  }

  write(steps) {
    const texts = steps.filter((text, i) => text && text !== steps[i - 1]);
    this.list.replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    this.list.hidden = !texts.length;
    this.empty.hidden = texts.length > 0;
  }

  /** A box is named by its kind and by the step that leads to it; the hours of a line by that line. */
  light(line, steps) {
    for (const box of this.picture?.querySelectorAll("[data-box]") ?? []) {
      const names = box.dataset.box.split(" | ");
      const own = this.boxes[line];
      const passed = (name) => name === own || name === own?.replace("line ", "hours ");
      const lit = names.some((name) => passed(name) || steps.includes(name.slice(name.indexOf(" ") + 1)));
      box.classList.toggle("lit", lit);
      if (lit) this.reveal(box);
    }
  }

  /** Scroll the picture, and nothing else, so that this box is in its middle. */
  reveal(box) {
    const [inner, outer] = [box.getBoundingClientRect(), this.picture.getBoundingClientRect()];
    const left = inner.left - outer.left - (outer.width - inner.width) / 2;
    const top = inner.top - outer.top - (outer.height - inner.height) / 2;
    this.picture.scrollBy({ left, top });
  }
}
