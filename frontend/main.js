// The pages work without this file. It brings htmx, which swaps parts of a page in place, and the
// style sheets: of the frame, and of every part that lies beside its template.
import "htmx.org";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/page.css";
import "./styles/league.css";
import "./styles/charts.css";
import "./styles/forecast.css";

import.meta.glob("../src/marra/web/parts/*/*.css", { eager: true });

import "./styles/print.css";

// Selects marked so send their form when they change; without script the button beside them does.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLSelectElement && field.form?.hasAttribute("data-sends-itself")) {
    field.form.requestSubmit();
  }
});

// A summary of errors takes the focus, so that a screen reader starts with what went wrong.
document.querySelector("#main > [data-takes-focus], #what-if > [data-takes-focus]")?.focus();

// So does the answer that htmx has swapped in.
document.addEventListener("htmx:after:swap", () => {
  document.querySelector("#what-if > [data-takes-focus], #what-if > h1")?.focus();
});

// Boxes left empty do not stand in the address.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData]) {
    if (value === "") event.formData.delete(name);
  }
});
