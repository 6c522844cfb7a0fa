// The hours of a week: room for one span more as soon as the last is filled in, and days made like Monday.

/** Behind the last hours of a day there is always room for further ones. */
function another(time) {
  const last = time.closest(".span");
  if (!last || last.nextElementSibling) return;
  const added = last.cloneNode(true);
  for (const one of added.querySelectorAll("input")) one.value = "";
  last.after(added);
}

/** Give a day the hours of another. Its own inputs stay, as they have its name. */
function fill(day, other) {
  const wanted = [...other.querySelectorAll(".span")];
  const spans = [...day.querySelectorAll(".span")];
  while (spans.length > wanted.length) spans.pop().remove();
  while (spans.length < wanted.length) {
    const added = spans.at(-1).cloneNode(true);
    spans.at(-1).after(added);
    spans.push(added);
  }
  spans.forEach((span, place) => {
    const times = wanted[place].querySelectorAll("input");
    span.querySelectorAll("input").forEach((time, which) => { time.value = times[which].value; });
  });
  const open = day.querySelector("input[type=checkbox]");
  if (open) open.checked = other.querySelector("input[type=checkbox]").checked;
}

document.addEventListener("change", (event) => {
  if (event.target.type === "time") another(event.target);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-as-monday]");
  if (!button) return;
  event.preventDefault();
  const form = button.closest("form");
  const at = (day) => form.querySelector(`[data-day="${day}"]`);
  const monday = at(button.dataset.asMonday);
  for (const day of button.dataset.days.split(" ")) if (at(day)) fill(at(day), monday);
  monday.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
});
