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

/** Printing needs a script, so the button is there only with one; all browsers unfold on paper. */
function offerPrinting(button: HTMLButtonElement): void {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll<HTMLDetailsElement>(".vd-on-paper").forEach((part) => {
      part.open = true;
    });
  });
}

document.querySelectorAll<HTMLButtonElement>("[data-print]").forEach(offerPrinting);
document.querySelectorAll<HTMLFormElement>("form[data-once]").forEach(sendOnce);
focusFirst();

/** The value that a question has now: of its select, its input or its checked radio. */
function valueOf(name: string): string | null {
  for (const control of document.getElementsByName(name)) {
    if (control.matches(":disabled, fieldset[disabled] *")) continue;
    if (control instanceof HTMLSelectElement) return control.value;
    if (control instanceof HTMLInputElement) {
      if (!["radio", "checkbox"].includes(control.type)) return control.value;
      if (control.checked) return control.value;
    }
  }
  return null;
}

/**
 * Questions that hang on one answer of the same page come and go with it. The server decides
 * again when the page is sent; a disabled fieldset sends nothing, so it knows what was asked.
 */
function followAnswers(): void {
  const parts = [...document.querySelectorAll<HTMLFieldSetElement>("fieldset[data-show-if-field]")];
  const follow = (): void => {
    // In the order of the page, so that what hangs on a hidden question is hidden as well.
    for (const part of parts) {
      const wanted: unknown = JSON.parse(part.dataset["showIfValues"] ?? "[]");
      const value = valueOf(part.dataset["showIfField"] ?? "");
      const shown = Array.isArray(wanted) && value !== null && wanted.includes(value);
      part.hidden = !shown;
      part.disabled = !shown;
    }
  };
  if (parts.length > 0) {
    document.addEventListener("change", follow);
    window.addEventListener("pageshow", follow);
    follow();
  }
}

followAnswers();

/** So long before the end of the session it is announced; WCAG 2.2.1 asks for more than this. */
const WARNING_MS = 4 * 60_000;
/** The server counts to the end in its own time; it must have come before the page gives up. */
const MARGIN_MS = 3_000;

/** The session ends after a while without a request: say so in time, one click keeps it. */
function announceEnd(dialog: HTMLDialogElement): void {
  const form = dialog.querySelector("form");
  const told = dialog.querySelector<HTMLElement>("[data-text]");
  const answers = document.querySelector<HTMLFormElement>("#answers");
  let endsAt = 0;
  let timer = 0;
  const begin = (seconds: number): void => {
    endsAt = Date.now() + seconds * 1000;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.max(0, seconds * 1000 - WARNING_MS));
  };
  /** A telephone that slept wakes up late: what counts is the clock. */
  const look = (): void => {
    const left = endsAt - Date.now();
    if (left > WARNING_MS + 1000) return;
    if (left < -MARGIN_MS) return leave();
    if (!dialog.open) {
      const time = new Date(endsAt).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
      dialog.showModal();
      if (told) told.textContent = (told.dataset["text"] ?? "").replace("{time}", time);
    }
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.max(1000, left + MARGIN_MS + 1000));
  };
  /** Whatever was typed is saved, and nothing stays on the screen. */
  const leave = (): void => {
    if (answers) answers.submit();
    else location.reload();
  };
  const stay = async (): Promise<void> => {
    if (!form) return;
    const sent = await fetch(form.action, {
      method: "POST",
      headers: { accept: "text/plain" },
      body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])),
      redirect: "manual",
    });
    if (!sent.ok) return leave();
    dialog.close();
    begin(Number(await sent.text()));
  };
  const keep = (event: Event): void => {
    event.preventDefault();
    stay().catch(leave);
  };
  form?.addEventListener("submit", keep);
  dialog.addEventListener("cancel", keep);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);
  begin(Number(dialog.dataset["seconds"]));
}

document.querySelectorAll<HTMLDialogElement>("dialog[data-seconds]").forEach(announceEnd);
