// Files in pieces, with progress, going on by themselves after a lost connection.
// Without this file the same forms send files whole. The server's side: portal/uploads/pieces.py.

export {}; // names of its own

/** Photos above this size are made smaller before they travel. */
const LARGE_BYTES = 1_500_000;
const LONGEST_EDGE = 2500;
const JPEG_QUALITY = 0.88;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

class Refused extends Error {}
class Cancelled extends Error {}
class Lost extends Error {}

interface Begun {
  address: string;
  piece: number;
}

const texts = document.getElementById("upload-texts")?.dataset ?? {};
const live = document.getElementById("upload-live");
const token = document.querySelector<HTMLInputElement>("#answers [name='_token']")?.value;

/** A text of the page, with the file's name in it. */
function say(key: string, name = ""): string {
  return (texts[key] ?? "").replace("{name}", name);
}

function announce(text: string): void {
  if (live) live.textContent = text;
}

/** Until the next try, or until the browser says that it is connected again. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      window.clearTimeout(timer);
      window.removeEventListener("online", go);
      signal.removeEventListener("abort", go);
      resolve();
    };
    const timer = window.setTimeout(go, milliseconds);
    window.addEventListener("online", go);
    signal.addEventListener("abort", go);
  });
}

/** What the server says to a request; Lost if nothing came back, or only that it is busy. */
async function ask(method: string, address: string, body?: URLSearchParams): Promise<Response> {
  const headers: HeadersInit = { "X-Form-Token": token ?? "" };
  let answer: Response;
  try {
    answer = await fetch(address, { method, headers, ...(body ? { body } : {}) });
  } catch {
    throw new Lost();
  }
  if (answer.status >= 500) {
    const told = await textOf(answer);
    if (told) throw new Refused(told);
    throw new Lost();
  }
  return answer;
}

/** What is wrong with the file, in the reader's language; "" if the answer is not about that. */
async function textOf(answer: Response): Promise<string> {
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return "";
  const content: unknown = await answer.json();
  const text = (content as { text?: unknown }).text;
  return typeof text === "string" ? text : "";
}

/** One file on its way: its line on the page, and everything that may happen to it. */
class Upload {
  private readonly stopping = new AbortController();
  private readonly line = document.createElement("li");
  private readonly bar = document.createElement("progress");
  private readonly note = document.createElement("span");

  constructor(
    private readonly form: HTMLFormElement,
    private file: File,
    private readonly replaces: string,
    list: HTMLUListElement,
  ) {
    const name = document.createElement("bdi");
    name.textContent = file.name;
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "kern-btn kern-btn--tertiary";
    cancel.append(label(say("cancel"), file.name));
    cancel.addEventListener("click", () => this.stopping.abort());
    this.bar.max = file.size || 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", say("sending", file.name));
    this.note.className = "kern-body kern-body--muted";
    this.line.append(name, this.bar, cancel, this.note);
    list.append(this.line);
  }

  /** To the end; true if the file is kept. What is wrong stays on the page. */
  async run(): Promise<boolean> {
    announce(say("sending", this.file.name));
    try {
      await this.send();
      this.line.remove();
      return true;
    } catch (fault) {
      if (fault instanceof Cancelled) {
        announce(say("cancelled", this.file.name));
        this.line.remove();
      } else {
        this.fail(fault instanceof Refused ? fault.message : say("lost"));
      }
      return false;
    }
  }

  private fail(text: string): void {
    this.bar.remove();
    this.note.className = "kern-body";
    const icon = document.createElement("span");
    icon.className = "kern-icon kern-icon--danger";
    icon.setAttribute("aria-hidden", "true");
    const error = document.createElement("p");
    error.className = "kern-error";
    error.id = `upload-error-${(errors += 1)}`;
    this.note.textContent = text;
    error.append(icon, this.note);
    this.line.append(error);
    const button = this.line.querySelector("button");
    button?.replaceChildren(label(say("remove"), this.file.name));
    button?.setAttribute("aria-describedby", error.id);
    button?.addEventListener("click", () => this.line.remove());
    announce(`${this.file.name}: ${text}`);
  }

  private async send(): Promise<void> {
    this.file = await smaller(this.file);
    this.bar.max = this.file.size || 1;
    const begun = await this.patiently(() => this.begin());
    try {
      await this.sendPieces(begun);
      this.tell(say("checking", this.file.name));
      await this.patiently(() => this.finish(begun));
    } catch (fault) {
      if (fault instanceof Cancelled) void ask("DELETE", begun.address).catch(() => undefined);
      throw fault;
    }
  }

  private async begin(): Promise<Begun> {
    const body = new URLSearchParams();
    for (const name of ["_token", "document", "row"]) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) body.set(name, field.value);
    }
    body.set("name", this.file.name);
    body.set("type", this.file.type);
    body.set("size", String(this.file.size));
    body.set("replaces", this.replaces);
    const answer = await ask("POST", `${pathOf(this.form)}/pieces`, body);
    if (answer.status !== 201) throw new Refused((await textOf(answer)) || say("lost"));
    return (await answer.json()) as Begun;
  }

  private async sendPieces(begun: Begun): Promise<void> {
    let offset = 0;
    while (offset < this.file.size) {
      const start = offset;
      offset = await this.patiently(
        () => this.sendPiece(begun, start),
        () => this.offsetOf(begun),
        (known) => known > start,
      );
    }
  }

  /** Where the server stands. */
  private async offsetOf(begun: Begun): Promise<number> {
    const answer = await ask("HEAD", begun.address);
    if (answer.status !== 200) throw new Refused(say("lost"));
    return Number(answer.headers.get("Upload-Offset"));
  }

  private sendPiece(begun: Begun, start: number): Promise<number> {
    const end = Math.min(start + begun.piece, this.file.size);
    return new Promise((resolve, reject) => {
      // Only this old way of asking tells how much is on its way.
      const request = new XMLHttpRequest();
      request.open("PATCH", begun.address);
      request.setRequestHeader("X-Form-Token", token ?? "");
      request.setRequestHeader("Upload-Offset", String(start));
      request.setRequestHeader("Content-Type", "application/offset+octet-stream");
      request.upload.addEventListener("progress", (event) => {
        this.bar.value = start + Math.min(event.loaded, end - start);
      });
      const stop = (): void => request.abort();
      this.stopping.signal.addEventListener("abort", stop);
      request.addEventListener("loadend", () => {
        this.stopping.signal.removeEventListener("abort", stop);
        const known = request.getResponseHeader("Upload-Offset");
        if (this.stopping.signal.aborted) reject(new Cancelled());
        else if ([204, 409].includes(request.status) && known) resolve(Number(known));
        else if (request.status === 0 || request.status >= 500) reject(new Lost());
        else reject(new Refused(say("lost")));
      });
      request.send(this.file.slice(start, end));
    });
  }

  private async finish(begun: Begun): Promise<void> {
    const answer = await ask("POST", begun.address);
    if (answer.status === 200) return;
    // Two of us may have asked at once: then it is kept, and the next question is answered so.
    if (answer.status === 409) throw new Lost();
    throw new Refused((await textOf(answer)) || say("lost"));
  }

  /** Repeats what was lost on the way; `recover` may find out that it had arrived. */
  private async patiently<T>(
    work: () => Promise<T>,
    recover?: () => Promise<T>,
    isFurther?: (known: T) => boolean,
  ): Promise<T> {
    let wait = FIRST_WAIT_MS;
    let doing = work;
    for (;;) {
      if (this.stopping.signal.aborted) throw new Cancelled();
      try {
        const found = await doing();
        if (doing === work || !isFurther || isFurther(found)) {
          this.tell("");
          return found;
        }
        doing = work;
      } catch (fault) {
        if (!(fault instanceof Lost)) throw fault;
        this.tell(say("waiting"));
        await pause(wait, this.stopping.signal);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
        doing = recover ?? work;
      }
    }
  }

  /** Beside the bar, and aloud if it is new. */
  private tell(text: string): void {
    if (this.note.textContent === text) return;
    this.note.textContent = text;
    if (text) announce(text);
  }
}

function label(text: string, more: string): HTMLSpanElement {
  const shown = document.createElement("span");
  shown.className = "kern-label";
  const heard = document.createElement("span");
  heard.className = "vd-only-heard";
  heard.textContent = ` ${more}`;
  shown.append(text, heard);
  return shown;
}

function pathOf(form: HTMLFormElement): string {
  return new URL(form.action).pathname;
}

/** HEIC as JPEG where the browser can read it, large photos smaller; else the file as it is. */
async function smaller(file: File): Promise<File> {
  const isHeic = /\.hei[cf]$/i.test(file.name) || /^image\/hei[cf]/.test(file.type);
  const isLargePhoto = file.type === "image/jpeg" && file.size > LARGE_BYTES;
  if (!isHeic && !isLargePhoto) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY);
    });
    if (!made || made.type !== "image/jpeg" || (!isHeic && made.size >= file.size)) return file;
    return new File([made], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file; // the server says what to do
  }
}

/** Files are sent one after the other: on a bad line several at once are slower. */
let queue: Promise<void> = Promise.resolve();
let underWay = 0;
let errors = 0;

function take(form: HTMLFormElement, files: readonly File[], replaces = ""): void {
  const section = form.closest("section");
  if (!section) return;
  const list = listIn(section);
  for (const file of files) {
    const upload = new Upload(form, file, replaces, list);
    underWay += 1;
    queue = queue.then(async () => {
      const isKept = await upload.run();
      underWay -= 1;
      if (underWay === 0) showBusy(false);
      if (isKept) {
        await refresh(section.id);
        announce(say("done", file.name));
      }
    });
  }
}

/** The list of files on their way; it outlives a refresh of its section. */
function listIn(section: Element): HTMLUListElement {
  const found = section.querySelector<HTMLUListElement>(".vd-uploading");
  if (found) return found;
  const list = document.createElement("ul");
  list.className = "vd-files vd-uploading";
  section.querySelector(".kern-card__body")?.append(list);
  return list;
}

/** Draw one document anew, as the server sees it now. */
async function refresh(id: string): Promise<void> {
  const here = document.getElementById(id);
  try {
    const answer = await fetch(window.location.pathname, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById(id);
    const under = here?.querySelector(".kern-card__body");
    const fresh = now?.querySelector(".kern-card__body");
    if (!here || !under || !fresh) throw new Lost();
    const focused = document.activeElement;
    const hadFocus = focused instanceof HTMLElement && under.contains(focused) ? focused.id : null;
    const list = under.querySelector(".vd-uploading");
    under.replaceChildren(...fresh.childNodes);
    if (list?.childElementCount) under.append(list);
    // What it counted is no longer so; what is still missing is said at its place.
    document.getElementById("errors")?.remove();
    document.title = page.title;
    enhance(here);
    if (hadFocus !== null) (document.getElementById(hadFocus) ?? here).focus();
  } catch {
    window.location.reload();
  }
}

/** Choosing a file is enough; phones get their camera; each file can be replaced. */
function enhance(part: ParentNode): void {
  part.querySelectorAll<HTMLFormElement>("form[data-upload]").forEach((form) => {
    const input = form.querySelector<HTMLInputElement>("input[type='file']");
    if (!input) return;
    form.querySelector(".vd-actions")?.remove();
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      input.value = "";
      take(form, files);
    });
    if ("photos" in form.dataset && matchMedia("(pointer: coarse)").matches) {
      const photo = (file: File): void => take(form, [file]);
      form.append(chooser(say("camera"), "", "secondary", "image/jpeg", photo, true));
    }
  });
  part.querySelectorAll<HTMLFormElement>("form[data-file]").forEach((form) => {
    const kept = form.dataset["file"] ?? "";
    const accept = form.dataset["accept"] ?? "";
    const name = form.dataset["name"] ?? "";
    const replace = (file: File): void => take(form, [file], kept);
    form.before(chooser(say("replace"), name, "tertiary", accept, replace, false));
  });
}

/** A button that lets one file be chosen. */
function chooser(
  text: string,
  more: string,
  kind: string,
  accept: string,
  chosen: (file: File) => void,
  isCamera: boolean,
): HTMLSpanElement {
  const input = document.createElement("input");
  input.type = "file";
  input.hidden = true;
  input.accept = accept;
  if (isCamera) input.setAttribute("capture", "environment");
  const button = document.createElement("button");
  button.type = "button";
  button.className = `kern-btn kern-btn--${kind}`;
  button.append(label(text, more));
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = "";
    if (file) chosen(file);
  });
  const both = document.createElement("span");
  if (isCamera) both.className = "vd-chooser--below";
  both.append(button, input);
  return both;
}

function showBusy(isBusy: boolean): void {
  const note = document.getElementById("upload-busy");
  if (note) note.hidden = !isBusy;
}

/** Going on while files are on their way would lose them. */
function holdBack(): void {
  document.addEventListener(
    "submit",
    (event) => {
      if (underWay === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      announce(say("busy"));
      showBusy(true);
    },
    true,
  );
  window.addEventListener("beforeunload", (event) => {
    if (underWay > 0) event.preventDefault();
  });
}

if (live && token) {
  enhance(document);
  holdBack();
}
