// What pages gain when scripts run. Every page works without this file.

/** After this time an unanswered form may be sent again. */
const PATIENCE_MS = 10_000;

/** Forms marked data-once are sent once: a second press while waiting does nothing. */
function sendOnce(form: HTMLFormElement): void {
  let sentAt = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sentAt < PATIENCE_MS) {
      event.preventDefault();
      return;
    }
    sentAt = event.timeStamp;
    form.setAttribute("aria-busy", "true");
  });
  // Going back brings the old page with its old state; it must be usable again.
  window.addEventListener("pageshow", () => {
    sentAt = -Infinity;
    form.removeAttribute("aria-busy");
  });
}

/** The element marked data-focus, as a rule the error summary, is read out first. */
function focusFirst(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}

document.querySelectorAll<HTMLFormElement>("form[data-once]").forEach(sendOnce);
focusFirst();
