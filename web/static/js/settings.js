// The forms of the settings: rows without a round to the server, and fields that only some choices need.

const acts = {
  add(button) {
    const rows = button.closest("[data-rows]");
    const template = rows.querySelector(":scope > template");
    const added = template.innerHTML.replaceAll(rows.dataset.blank, `n${unused(rows)}`);
    const list = rows.querySelector(":scope > .list");
    list.insertAdjacentHTML("beforeend", added);
    fit(list.lastElementChild);
    list.lastElementChild.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  },
  remove(button) {
    const entry = button.closest(".entry");
    const rows = entry.closest("[data-rows]");
    entry.remove();
    rows.querySelector(":scope > [data-add]").focus();
  },
  up(button) {
    const entry = button.closest(".entry");
    entry.previousElementSibling?.before(entry);
    button.focus();
  },
  down(button) {
    const entry = button.closest(".entry");
    entry.nextElementSibling?.after(entry);
    button.focus();
  },
};

/** A number that no row of these has. */
function unused(rows) {
  const numbers = [...rows.querySelectorAll(`:scope > .list > .entry > input[name="${CSS.escape(rows.dataset.rows)}.\\#"]`)];
  return Math.max(999, ...numbers.map((one) => Number(one.value.replace("n", "")))) + 1;
}

/** Show a field that belongs to some choices only with those. One with a mistake is always shown. */
function fit(part) {
  for (const field of part.querySelectorAll("[data-for]")) {
    const own = field.querySelector("input, select, textarea");
    const name = own.name.replace(/[^.]+$/, field.dataset.with);
    const chosen = own.form?.elements[name];
    const needed = !chosen || field.dataset.for.split(" ").includes(chosen.value);
    field.hidden = !needed && !field.querySelector(".wrong");
  }
}

/** "As usual" and ticks of one's own are one or the other. */
function usual(box) {
  const ticks = box.closest("fieldset");
  const asUsual = ticks?.querySelector('input[name$=".usual"]');
  if (!asUsual || !box.checked) return;
  if (box !== asUsual) asUsual.checked = false;
  else for (const one of ticks.querySelectorAll("input[type=checkbox]")) one.checked = one === asUsual;
}

for (const form of document.querySelectorAll("form.settings")) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const act = ["add", "remove", "up", "down"].find((one) => one in button.dataset);
    if (!act) return;
    event.preventDefault();
    acts[act](button);
    form.dataset.touched = "";
  });
  form.addEventListener("change", (event) => {
    form.dataset.touched = "";
    fit(form);
    const own = event.target;
    if (own.type === "checkbox") usual(own);
  });
  form.addEventListener("submit", () => delete form.dataset.touched);
  fit(form);
}

// A page that would lose what was filled in asks first.
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form.settings[data-touched]")) event.preventDefault();
});

const wrong = document.querySelector("#wrong");
if (wrong) wrong.focus();

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

const filter = document.querySelector("[data-filter]");
if (filter) {
  filter.hidden = false;
  filter.querySelector("input").addEventListener("input", (event) => {
    const words = event.target.value.toLocaleLowerCase().split(/\s+/);
    for (const row of document.querySelectorAll("[data-filtered] tbody tr")) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
}
