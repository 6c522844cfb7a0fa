// Texts are heard in the unit's own voice while they are written.

/** Let the buttons of this part speak the text of the field, or of the element, that they name.
 *  address: what speaks. language: a function of what the text is in; empty for the office's. */
export function prepareSpeaking(part, address, language) {
  for (const button of part.querySelectorAll("[data-speak]")) {
    button.hidden = false;
    button.addEventListener("click", () => speak(button, address, language()));
  }
}

async function speak(button, address, language) {
  const written = document.getElementById(button.dataset.speak);
  button.disabled = true;
  button.parentElement.querySelector("[data-refused]")?.remove();
  try {
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token, "Content-Type": "application/json", Accept: "audio/wav, application/json" },
      body: JSON.stringify({ text: written.value ?? written.innerText, language }),
    });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).message || answer.statusText);
    const wav = await answer.blob();
    if (wav.size) await new Audio(URL.createObjectURL(wav)).play();
    button.dataset.heard = wav.size;
  } catch (error) {
    const told = document.createElement("span");
    told.className = "wrong";
    told.role = "alert";
    told.dataset.refused = "";
    told.textContent = error.message;
    button.after(told);
  } finally {
    button.disabled = false;
  }
}
