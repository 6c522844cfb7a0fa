// The country proposes language and time zone; the browser knows the time zone even better.

const country = document.querySelector("#country");
const zone = document.querySelector("#time_zone");
const language = document.querySelector("#language");

/** Choose what is offered; leave the choice as it is where it is not. */
function propose(select, value) {
  if ([...select.options].some((option) => option.value === value)) select.value = value;
}

if (!country.hasAttribute("data-chosen")) propose(zone, Intl.DateTimeFormat().resolvedOptions().timeZone);

country.addEventListener("change", () => {
  const { language: spoken, zone: usual } = country.selectedOptions[0].dataset;
  propose(language, spoken);
  propose(zone, usual);
});
