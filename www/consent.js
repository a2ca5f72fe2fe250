// Shows what a run would call that is not the page's own, and asks whether it may.
//
// The answer counts only of somebody who can have seen it. So its button is on a
// dialog of its own, is reached by no key or click that was meant for something
// else, and can be pressed once every host has been in view and the dialog has
// stood still for half a second. On a page in a frame, where the page around can
// lay anything over it, the browser has to say that it is really seen; one that
// cannot say so asks on a page of its own instead.

// How long the dialog stands as it is before its button can be pressed.
const SETTLED_MS = 500;

// How late a browser may tell that something has come in front of the dialog: no
// browser is asked to look more often.
const LATE_MS = 100;

// What is as good as all of an element, whose edges may be between pixels.
const WHOLE = 0.98;

// How much of an address is shown at its beginning, beyond the host, and its end.
const HEAD = 40;
const TAIL = 24;

// Where a host is, as far as its name says, in the URL standard's spelling: IPv4
// addresses have four numbers, IPv6 addresses are in brackets.
const WHERE = [
  ["on this computer", /^(localhost|.+\.localhost|(0|127)\.\d+\.\d+\.\d+|\[::1?\]|\[::ffff:(0|7f..|..):.+\])\.?$/],
  [
    "on your own network",
    /^([^.[]+|.+\.(local|internal|lan|home|arpa)|(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+|\[(f[cd]..|fe[89ab].):.*\]|\[::ffff:.+\])\.?$/,
  ],
];

// The hosts of the calls, each once, in the order in which they are named first,
// and how many calls each gets at the most.
export function hosts({ calls, most }) {
  const found = new Map();
  for (const [, url] of calls) {
    const { origin, hostname } = new URL(url);
    const [where] = WHERE.find(([, like]) => like.test(hostname)) ?? [];
    const known = found.get(origin) ?? { origin, where, most: 0 };
    known.most += most;
    found.set(origin, known);
  }
  return [...found.values()];
}

// `tools/dist` fills in consent.css.
const sheet = new CSSStyleSheet();
sheet.replaceSync(UNSEALED.styles);
document.adoptedStyleSheets.push(sheet);

function element(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

const count = (number, one, more) => `${number.toLocaleString("en")} ${number === 1 ? one : more}`;

// The host whole; of what is behind it the beginning and the end, and the rest
// for who wants it.
function address(url) {
  const { origin } = new URL(url);
  const rest = url.slice(origin.length);
  if (rest.length <= HEAD + TAIL) return element("code", {}, url);
  const folded = element("code", {}, `${origin}${rest.slice(0, HEAD)}…${rest.slice(-TAIL)}`);
  const summary = element("summary", {}, folded, ` (${count(url.length, "character", "characters")})`);
  return element("details", {}, summary, element("code", {}, url));
}

function row({ origin, where, most }) {
  const calls = `at most ${count(most, "call", "calls")}`;
  return element(
    "li",
    { class: `consent__host ${where ? "consent__host--own" : ""}` },
    element("code", {}, origin),
    element("span", { class: "consent__more" }, where ? `${where} · ${calls}` : calls),
  );
}

function written({ calls, most, aSecond, reruns }, origins, rows) {
  const title = element("h2", { id: "consent-title", tabindex: "-1", autofocus: "" }, `Call ${count(origins.length, "host", "hosts")}?`);
  const text = element(
    "div",
    { class: "consent__text", tabindex: "0", role: "group", "aria-labelledby": "consent-title", "data-scrolls": "" },
    title,
    element("p", {}, `A run sends at most ${count(calls.length * most, "request", "requests")} from your browser to addresses that are not this page’s own, without credentials. Nothing has been sent yet.`),
    element("ul", { role: "list", "aria-label": "Hosts" }, ...rows),
  );
  if (origins.some(({ where }) => where)) {
    text.append(element("p", {}, "Some of this is on your own computer or network. Go on only if you know what answers there."));
  }
  const listed = calls.map(([name, url]) =>
    element("li", { class: "consent__address" }, element("bdi", {}, name), " ", address(url)),
  );
  text.append(
    element("h3", {}, `Every address (${listed.length})`),
    element("ul", { role: "list", "aria-label": "Addresses" }, ...listed),
    element("p", { class: "consent__more" }, `If a call fails, its host gets one request more, by which the page finds out why. No more than ${aSecond} go out in a second. The same calls may be made again when you press Run, and ${reruns} times when a script does; others are asked for anew.`),
  );
  return text;
}

// Whether the browser can say that something is really seen.
const canTell = "isVisible" in IntersectionObserverEntry.prototype;

// Resolves to whether the reader has seen the plan and agrees to it.
export function ask(plan, signal) {
  if (signal.aborted) return false;
  const isFramed = top !== self;
  const origins = hosts(plan);
  const rows = origins.map(row);
  const says = element("p", { role: "status" });
  const cancel = element("button", { class: "button button--quiet", type: "button", "data-action": "decline" }, "Cancel");
  const label = `Call ${count(rows.length, "host", "hosts")}`;
  const agree = element("button", { class: "button button--primary", type: "button", "data-action": "agree", disabled: "" }, label);
  const foot = element("div", { class: "consent__foot" }, says, cancel);
  const canAsk = !isFramed || canTell;
  if (isFramed) {
    const link = element("a", { class: `button button--${canAsk ? "quiet" : "primary"}`, href: plan.page, target: "_blank", rel: "noopener" }, "Ask on a page of its own");
    foot.append(link);
  }
  if (canAsk) foot.append(agree);
  const dialog = element("dialog", { class: "consent", "aria-labelledby": "consent-title" }, written(plan, origins, rows), foot);

  return new Promise((resolve) => {
    const listening = new AbortController();
    const on = (target, kind, hear, capture = false) => target.addEventListener(kind, hear, { signal: listening.signal, capture });
    let observers = [];
    const close = (agrees) => {
      listening.abort();
      for (const observer of observers) observer.disconnect();
      clearTimeout(settling);
      dialog.remove();
      resolve(agrees);
    };

    // Since when the button can be pressed, on the clock of events.
    let since = Infinity;
    let settling;
    let isWhole = false;
    const unseen = new Set(rows);
    const settle = () => {
      clearTimeout(settling);
      since = Infinity;
      agree.disabled = true;
      const canSettle = isWhole && !unseen.size && !document.hidden;
      says.textContent = !isWhole ? "All of this has to be in view." : unseen.size ? "Scroll through all hosts first." : "";
      if (!canSettle) return;
      settling = setTimeout(() => {
        since = performance.now();
        agree.disabled = false;
      }, SETTLED_MS);
    };

    document.body.append(dialog);
    on(signal, "abort", () => close(false));
    for (const kind of ["cancel", "close"]) on(dialog, kind, () => close(false));
    on(cancel, "click", () => close(false));
    foot.querySelector("a")?.addEventListener("click", () => close(false));
    if (!canAsk) {
      says.textContent = "This browser cannot tell whether the page around lets you see all of this.";
    } else {
      let pressed = 0;
      on(dialog, "pointerdown", ({ timeStamp }) => { pressed = timeStamp; }, true);
      on(agree, "keydown", (event) => { if (event.repeat) event.preventDefault(); });
      on(agree, "click", (event) => {
        // One that began before the button could be pressed was meant for
        // something else.
        const began = event.detail ? pressed : event.timeStamp;
        if (!event.isTrusted || began < since) return;
        const seen = since;
        // Whatever was in front of it by then is known a little later.
        setTimeout(() => { if (since === seen) close(true); }, isFramed ? 2 * LATE_MS : 0);
      });
      for (const kind of ["blur", "focus", "resize"]) on(window, kind, settle);
      on(document, "visibilitychange", settle);

      const options = isFramed ? { threshold: [0, WHOLE], trackVisibility: true, delay: LATE_MS } : { threshold: [0, WHOLE] };
      const isSeen = (entry) => entry.intersectionRatio >= WHOLE && (!isFramed || entry.isVisible);
      observers = [
        new IntersectionObserver((entries) => {
          const before = unseen.size;
          for (const entry of entries) if (isSeen(entry)) unseen.delete(entry.target);
          if (unseen.size < before) settle();
        }, options),
        new IntersectionObserver((entries) => {
          isWhole = isSeen(entries.at(-1));
          settle();
        }, options),
      ];
      for (const row of rows) observers[0].observe(row);
      observers[1].observe(dialog);
    }
    if (!isFramed) {
      dialog.showModal();
      return;
    }
    // Where the frame is in view: it may be taller than the screen. The dialog has
    // its place before it takes the focus, which is followed by the page around.
    const room = new IntersectionObserver(([{ intersectionRect: seen }]) => {
      room.disconnect();
      dialog.style.inset = `${seen.top + 8}px 0 auto`;
      dialog.style.maxHeight = `${seen.height - 16}px`;
      if (dialog.isConnected) dialog.showModal();
    });
    room.observe(document.documentElement);
  });
}
