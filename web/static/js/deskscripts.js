// A script of the desk, one question after the other. Without this all questions stand below each other.

const OVER = -1;

class Script {
  constructor(form) {
    this.form = form;
    this.steps = [...form.querySelectorAll("[data-step]")];
    this.go = form.querySelector("[data-go]");
    this.end = form.querySelector("[data-end]");
    this.go.addEventListener("click", () => this.next());
    form.addEventListener("keydown", (event) => this.key(event));
    form.closest("details").addEventListener("toggle", (event) => event.target.open && this.begin());
  }

  begin() {
    this.form.querySelectorAll("[type=radio]").forEach((one) => (one.checked = false));
    this.steps.forEach((step) => (step.hidden = true));
    this.steps.forEach((step) => (step.disabled = false));
    this.asked = [];
    const here = document.activeElement; // A browser tells later that it was opened: somebody may type elsewhere by then.
    this.ask(0);
    if (here !== document.body && !this.form.closest("details").contains(here)) here.focus();
  }

  /** The question at this place; behind the last one the answers are kept. What was not asked has no answer. */
  ask(place) {
    const step = this.steps[place];
    if (!step || this.asked.includes(step)) return this.over();
    this.asked.push(step);
    step.hidden = false;
    this.go.hidden = false;
    this.end.hidden = true;
    step.querySelector("input").focus();
  }

  over() {
    for (const step of this.steps) step.disabled = !this.asked.includes(step);
    this.go.hidden = true;
    this.end.hidden = false;
    this.end.focus();
  }

  next() {
    const step = this.asked.at(-1);
    const picked = step.querySelector("[type=radio]:checked");
    const choices = step.querySelector("[type=radio]");
    if (choices && !picked) return choices.focus();
    const led = Number((picked ?? step).dataset.next) || Number(step.dataset.next);
    if (led === OVER) this.over();
    else this.ask(led ? led - 1 : this.steps.indexOf(step) + 1);
  }

  /** Enter goes on; a digit picks a choice. */
  key(event) {
    const step = this.asked?.at(-1);
    if (!step || this.go.hidden) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.next();
    } else if (/^[1-9]$/.test(event.key) && event.target.type === "radio") {
      const choice = step.querySelectorAll("[type=radio]")[Number(event.key) - 1];
      if (choice) choice.checked = true;
      choice?.focus();
    }
  }
}

/** Bring all scripts of the page to life. */
export function startScripts() {
  for (const form of document.querySelectorAll("form[data-script]")) new Script(form);
}
