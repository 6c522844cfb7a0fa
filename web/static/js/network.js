// Counts down while a change of the network is tried. The page is not fetched anew: it may not be there any more.

const trial = document.querySelector("[data-network-trial]");
const left = trial?.querySelector("[data-seconds]");
if (left) {
  const ends = Date.now() + 1000 * Number(left.textContent);
  const counting = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    left.textContent = String(seconds);
    if (seconds === 0) {
      clearInterval(counting);
      trial.hidden = true;
      document.querySelector("[data-network-over]").hidden = false;
    }
  }, 1000);
}
