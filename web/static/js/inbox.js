// A message that comes while the inbox is open is told of. The list stays as it is: somebody may be listening, or writing.

import { onStatus } from "./live.js";

const note = document.querySelector("#came");
let known = Number(note.dataset.new);

onStatus((state, changed) => {
  if (!changed.has("mailboxes")) return;
  const now = state.mailboxes.find((one) => one.person === note.dataset.mailbox)?.new ?? known;
  if (now > known) note.hidden = false;
  known = now;
});
