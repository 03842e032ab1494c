// The pages work without this file. It brings htmx, which swaps parts of a page in place, and the
// style sheets: of the frame, and of every part that lies beside its template.
import "htmx.org";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/page.css";
import "./styles/league.css";
import "./styles/charts.css";
import "./styles/plan.css";
import "./styles/scenario.css";
import "./styles/forecast.css";
import "./styles/safety.css";
import "./styles/evidence.css";
import "./styles/acts.css";
import "./styles/sessions.css";
import "./styles/inventory.css";
import "./styles/catalogue.css";
import "./styles/cases.css";

import.meta.glob("../src/marra/web/parts/*/*.css", { eager: true });

import "./styles/print.css";

import "./passkeys.js";
import "./imzo.js";

// Selects marked so send their form when they change; without script the button beside them does.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLSelectElement && field.form?.hasAttribute("data-sends-itself")) {
    field.form.requestSubmit();
  }
});

// A summary of errors takes the focus, so that a screen reader starts with what went wrong.
document
  .querySelector("#main > [data-takes-focus], :is(#what-if, #answer-head) > [data-takes-focus]")
  ?.focus();

// So does the answer that htmx has swapped in.
document.addEventListener("htmx:after:swap", () => {
  document.querySelector("#what-if > [data-takes-focus], #what-if > h1")?.focus();
});

// Boxes left empty do not stand in the address.
const dropEmpty = (data) => {
  for (const [name, value] of [...data]) {
    if (value === "") data.delete(name);
  }
};

document.addEventListener("formdata", (event) => {
  if (event.target.method === "get") dropEmpty(event.formData);
});

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (request.method === "GET" && request.body instanceof FormData) dropEmpty(request.body);
});

// A slider stands beside a box and moves it; the box alone is sent. Without script only the box is
// there. An empty box means that the figure goes as it goes, so its slider stands where that is.
const written = (value, digits) => String(Number(Number(value).toFixed(digits))).replace(".", ",");

const follow = (slider) => {
  const box = document.getElementById(slider.dataset.of);
  const value = Number(box.value.trim().replace(",", "."));
  slider.value = box.value.trim() === "" ? slider.dataset.start : value;
  slider.parentElement.parentElement.querySelector("[data-clears]").hidden = box.value === "";
};

for (const slider of document.querySelectorAll("input[type=range][data-of]")) {
  slider.hidden = false;
  follow(slider);
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.matches("input[type=range][data-of]")) {
    const box = document.getElementById(field.dataset.of);
    box.value = written(field.value, field.dataset.digits);
    follow(field);
  } else if (field.id) {
    const slider = document.querySelector(`input[type=range][data-of="${CSS.escape(field.id)}"]`);
    if (slider) follow(slider);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clears]");
  if (!button) return;
  const box = document.getElementById(button.dataset.clears);
  box.value = "";
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
