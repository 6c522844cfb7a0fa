// A search field above a list of choices: what does not fit is hidden while one types.

for (const field of document.querySelectorAll("[data-narrows]")) {
  const list = document.querySelector(field.dataset.narrows);
  const input = field.querySelector("input");
  field.hidden = list.children.length < 8;
  input.addEventListener("input", () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const one of list.children) {
      const text = one.textContent.toLocaleLowerCase();
      one.hidden = !one.querySelector(":checked") && !words.every((word) => text.includes(word));
    }
  });
}
