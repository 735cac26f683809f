// What axe-core does not see in a page. Each rule gives sentences about what breaks it; the whole
// is a function that gives them all, each with the name of its rule in front.
() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = (one) => (one?.textContent ?? "").replace(/\s+/g, " ").trim();
  const told = (one) => (one.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const controls = all("input, select, textarea").filter(
    (one) => one.type !== "hidden" && isShown(one),
  );
  const name = (one) => one.id || one.getAttribute("name") || one.tagName.toLowerCase();
  const language = (one) => one.closest("[lang]")?.getAttribute("lang").split("-")[0] ?? "";
  const ACTIVE =
    "a[href], button, summary, label, input, select, textarea, option, [role=button][tabindex]";

  const errorsOf = (control) =>
    [control, ...all("fieldset, [role=group]").filter((one) => one.contains(control))]
      .flatMap(told)
      .filter((id) => id.endsWith("-error"));

  // Words that no other of these languages has, or has so often.
  const FUNCTION_WORDS = {
    de: "der das und nicht ist für mit Sie Ihre Ihren ein eine oder wenn werden wird sind auf dem",
    en: "the and of is are you your with this that for not have will from which",
    fr: "le les des est vous votre pour dans avec une sont cette qui sur",
    tr: "ve bir bu için ile veya olarak değil sizin bunu daha",
  };
  const SCRIPTS = { ar: /\p{Script=Arabic}/u, ru: /\p{Script=Cyrillic}/u, uk: /\p{Script=Cyrillic}/u };
  const SETS = Object.fromEntries(
    Object.entries(FUNCTION_WORDS).map(([code, list]) => [code, new Set(list.split(" "))]),
  );
  const spokenIn = (text) => {
    const parts = text.split(/[^\p{Letter}]+/u);
    const counts = Object.entries(SETS).map(([code, set]) => [
      code,
      new Set(parts.filter((part) => set.has(part))).size,
    ]);
    return counts.filter(([, count]) => count >= 2).sort((one, two) => two[1] - one[1])[0]?.[0];
  };
  const textNodes = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() && holder && !holder.closest("script, style, textarea, progress"))
        found.push([walker.currentNode.data.trim(), holder]);
    }
    return found;
  };

  const RULES = {
    "id-twice": () => {
      const ids = all("[id]").map((one) => one.id);
      return ids.filter((id, at) => ids.indexOf(id) !== at);
    },
    "lost-reference": () =>
      all("[aria-describedby], [aria-labelledby], label[for]").flatMap((one) =>
        [...told(one), ...(one.getAttribute("aria-labelledby") ?? "").split(/\s+/), one.htmlFor]
          .filter((id) => id && !document.getElementById(id))
          .map((id) => `${name(one)} → ${id}`),
      ),
    "visible-label": () =>
      controls
        .filter((one) => ![...one.labels].some((label) => words(label) && isShown(label)))
        .map(name),
    placeholder: () => controls.filter((one) => one.placeholder).map(name),
    "group-name": () => {
      const sets = Map.groupBy(
        controls.filter((one) => ["radio", "checkbox"].includes(one.type)),
        (one) => `${one.form?.id} ${one.name}`,
      );
      return [...sets.values()]
        .filter((set) => set.length > 1 || set[0].type === "radio")
        .filter(([one]) => !words(one.closest("fieldset:not([role=presentation])")
          ?.querySelector("legend")))
        .map(([one]) => name(one));
    },
    "error-linked": () =>
      all("[id$='-error'], .kern-error:not([id$='-error'] *)")
        .filter(isShown)
        .filter((error) => !all("[aria-describedby]").some((one) => told(one).includes(error.id)))
        .map((error) => error.id || words(error)),
    "error-and-invalid": () =>
      controls
        .filter((one) => one.getAttribute("aria-invalid") === "true" && !errorsOf(one).length)
        .map(name)
        .concat(
          all("[id$='-error']")
            .map((error) => all("[aria-describedby]").filter((one) => told(one).includes(error.id)))
            .filter((linked) => linked.length && !linked.some((one) =>
              one.matches("[role=group], [aria-invalid=true]") ||
              one.querySelector("[aria-invalid=true]")))
            .map((linked) => name(linked[0])),
        ),
    "error-summary": () => {
      const box = document.getElementById("errors");
      if (!box) return [];
      const found = [];
      const entries = all("li", box);
      const said = words(box.querySelector(".kern-title")).match(/\p{Number}+/u)?.[0];
      if (said && Number(said) !== entries.length) found.push(`says ${said} of ${entries.length}`);
      if (box.getAttribute("role") !== "alert" || box.tabIndex !== -1) found.push("is not read out");
      if (!/^[^:]{3,20}: /.test(document.title)) found.push("the title does not say it");
      for (const link of all("a[href^='#']", box)) {
        const target = document.getElementById(link.getAttribute("href").slice(1));
        if (!target) found.push(`leads nowhere: ${words(link)}`);
        else if (target.tabIndex < 0 && !target.hasAttribute("tabindex"))
          found.push(`cannot be focused: ${target.id}`);
        else {
          const there = words(target).concat(errorsOf(target).concat(told(target))
            .map((id) => words(document.getElementById(id))).join(" "));
          const text = words(link).split(/(?:: |[?؟] )/).at(-1);
          if (!there.includes(text)) found.push(`other words than at ${target.id}`);
        }
      }
      return found;
    },
    "click-only": () => {
      const listening = window.vdClicked ? [...window.vdClicked] : [];
      const looking = all("main *, header *, footer *").filter(
        (one) => getComputedStyle(one).cursor === "pointer" || one.matches(".kern-btn"),
      );
      return [...new Set([...all("[onclick]"), ...listening, ...looking])]
        .filter((one) => one instanceof Element && one.isConnected && isShown(one))
        .filter((one) => !one.closest(ACTIVE))
        .map((one) => `${one.tagName.toLowerCase()} ${words(one).slice(0, 30)}`);
    },
    "sticks-out": () => {
      const room = document.documentElement.clientWidth;
      return document.documentElement.scrollWidth <= room
        ? []
        : [`${document.documentElement.scrollWidth} px in ${room} px`];
    },
    "foreign-part": () =>
      textNodes()
        .map(([text, holder]) => {
          const claimed = language(holder);
          const spoken = spokenIn(text);
          const script = SCRIPTS[claimed];
          if (spoken && spoken !== claimed) return `${claimed}: ${text.slice(0, 60)}`;
          const foreign = Object.values(SCRIPTS).some((one) => one !== script && one.test(text)
            && String(one) !== String(script));
          return foreign ? `${claimed}: ${text.slice(0, 60)}` : "";
        })
        .filter(Boolean),
    "page-language": () => {
      const { lang, dir } = document.documentElement;
      return (dir || "ltr") === (/^(ar|fa|he|ur)\b/.test(lang) ? "rtl" : "ltr") ? [] : [`${lang} ${dir}`];
    },
    "one-heading": () => (all("h1").length === 1 ? [] : [`${all("h1").length} h1`]),
    title: () => {
      const heading = words(document.querySelector("h1"));
      // French has spaces that do not break.
      const title = document.title.replace(/\s+/g, " ");
      // "Arbeitgeber" says which page it is as well as "Ihre Angaben: Arbeitgeber" does.
      const [first = ""] = title.replace(/^[^ ]+: /, "").split(" – ");
      return title.includes(heading) ||
        (first && heading.endsWith(first)) ||
        document.querySelector("[data-own-title]")
        ? []
        : [`${title} ≠ ${heading}`];
    },
    landmarks: () =>
      ["main", "body > header", "body > footer"]
        .filter((one) => all(one).length !== 1)
        .concat(all("nav").filter((one) => !one.getAttribute("aria-label")).map(() => "nav")),
    "skip-link": () => {
      const first = all("a[href], button, input, select, textarea").find((one) => one.tabIndex >= 0);
      const address = first?.getAttribute("href") ?? "";
      const target = address.startsWith("#") && document.getElementById(address.slice(1));
      return target && target.matches("main[tabindex='-1']") ? [] : ["the first stop is not the skip link"];
    },
    "tab-order": () => all("[tabindex]").filter((one) => one.tabIndex > 0).map(name),
    status: () =>
      all("[data-notice], .vd-upload-status").filter((one) => !one.closest("[role=status]"))
        .map(words),
    bidi: () =>
      document.documentElement.dir !== "rtl"
        ? []
        : textNodes()
            // Letters hold a line together; groups of digits change places.
            .filter(([text]) => /^[+(]?[0-9][0-9()/ -]*[ ()/-][0-9]+$|^[+][0-9]+$/.test(text)
              || /[+][0-9]{1,3} [0-9]/.test(text))
            .filter(([, holder]) => !holder.closest("bdi, [dir=ltr], .vd-ltr, .vd-link-out"))
            .map(([text]) => text),
  };
  return Object.entries(RULES).flatMap(([rule, find]) => find().map((what) => `${rule}: ${what}`));
}
