// Puts Expert Chef on other pages:
//
//   <script src="https://…/embed.js"></script>
//   <expert-chef scenario="dashboard" compare="sequential,join"></expert-chef>
//
// The element's attributes are words of the query string, which the page in the
// frame reads; its methods, events and messages are in the README. A classic
// script, because its host needs no CORS headers for one. `tools/dist` makes
// embed.mjs of it too, a module, which knows its own URL.
//
// Both must stay below 2 KB (gzip, as tools/dist leaves them), and
// need no inline style or script, so that strict hosts can have them.
(() => {
  // By this the frame is found, so nobody else may say it: in a module it is
  // null, and an image of that name takes its place in the document.
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) throw new Error("As a module, use embed.mjs");
  const base = new URL(".", script.src);
  // What the program says of itself; tools/dist fills it in.
  const version = UNSEALED.version;
  const words = UNSEALED.words.split(",");
  let count = 0;

  // The height is the room that the frame will ask for, so that nothing moves
  // when it comes.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`\
:host{display:block;container-type:inline-size;min-width:min(100%,${UNSEALED.narrowest}px)}\
:host([theme=light]){color-scheme:light}\
:host([theme=dark]){color-scheme:dark}\
div{--lines:${UNSEALED.narrowLines};--shape:${UNSEALED.narrowShape};position:relative;height:calc(${UNSEALED.once}px + var(--more,0px) var(--parts))}\
:host([endpoint]) div{--more:${UNSEALED.more}px}\
@container (min-width:${UNSEALED.wide}px){div{--lines:${UNSEALED.wideLines};--shape:${UNSEALED.wideShape}}}\
iframe,img{position:absolute;inset:0;width:100%;height:100%;border:0;object-fit:contain}\
iframe{visibility:hidden}\
:host([hidden]),[style]+img{display:none}`);

  class ExpertChef extends HTMLElement {
    static observedAttributes = words;
    static #near = new IntersectionObserver(
      (seen) => seen.forEach((one) => one.isIntersecting && one.target.#load()),
      { rootMargin: "50%" },
    );
    #room = this.attachShadow({ mode: "open" }).appendChild(document.createElement("div"));
    #still = Object.assign(this.#room.appendChild(new Image()), { loading: "lazy", alt: "" });
    #runs = new Map();
    #result = null;
    #frame;
    #port;
    #end;

    connectedCallback() {
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.#draw();
      ExpertChef.#near.observe(this);
    }

    disconnectedCallback() {
      ExpertChef.#near.unobserve(this);
      removeEventListener("message", this.#greet);
      this.#frame?.remove();
      this.#port?.close();
      this.#result = this.#frame = this.#port = null;
      this.#settleAll();
    }

    attributeChangedCallback() {
      this.#draw();
      this.#port?.postMessage({ version, type: "configure", query: `${this.#query()}` });
    }

    run() {
      return new Promise((resolve, reject) => {
        this.#runs.set(++count, (detail, name) =>
          detail?.version === version
            ? resolve(detail)
            : reject(new DOMException("No result.", name === "NotAllowedError" ? name : "AbortError")),
        );
        if (this.isConnected) this.#load();
        else this.#settleAll();
        this.#port?.postMessage({ version, type: "run", id: count });
      });
    }

    reset() {
      this.#port?.postMessage({ version, type: "reset" });
    }

    result() {
      return this.#result;
    }

    // Before this, nothing is asked of the page's own host.
    #load() {
      if (this.#frame) return;
      addEventListener("message", this.#greet);
      const frame = (this.#frame = document.createElement("iframe"));
      frame.title = this.title || this.getAttribute("caption") || "Expert Chef";
      // Scripts are what it is made of; its own origin has its service worker,
      // and is not the host's, so that it cannot take its sandbox off; popups
      // are for the link to the whole page, which is no use in a sandbox.
      frame.sandbox = "allow-same-origin allow-scripts allow-popups allow-popups-to-escape-sandbox";
      frame.scrolling = "no";
      // An exercise is a page of its own.
      frame.src = `${base}${this.matches("[exercise]") ? "exercise.html" : ""}?${this.#query()}`;
      frame.onload = () => (frame.style.visibility = "visible");
      // A frame is opaque if its colour scheme is not that of what is in it: who
      // names none here gets the reader's, as in there.
      this.#room.style.colorScheme = getComputedStyle(this).colorScheme === "normal" ? "light dark" : "";
      this.#room.prepend(frame);
      this.#open();
    }

    // What is sent by a port waits in it until its other end is handed over.
    #open() {
      this.#port?.close();
      ({ port1: this.#port, port2: this.#end } = new MessageChannel());
      this.#port.onmessage = this.#hear;
    }

    // The room for what is shown, and a still in it until the frame is there. Who
    // is far from it does not load it; a host that does not allow it goes without.
    #draw() {
      const show = this.getAttribute("show") || UNSEALED.show;
      const heights = UNSEALED.parts;
      let parts = "";
      for (const part in heights) if (show.includes(part)) parts += " + " + heights[part];
      this.#room.style.setProperty("--parts", parts);
      this.#room.style.setProperty("--kitchens", this.getAttribute("compare")?.split(",").length ?? UNSEALED.kitchens);
      this.#still.src = `${base}posters/${
        this.matches("[tasks],[endpoint]") ? "own" : this.getAttribute("scenario") || UNSEALED.scenario
      }.svg`;
    }

    #query() {
      const query = new URLSearchParams("embed=1");
      // Addresses are separated by white space.
      words.forEach((word) =>
        this.getAttribute(word)?.match(word === "endpoint" ? /\S+/g : /.+/s)?.forEach((value) => query.append(word, value)),
      );
      return query;
    }

    // The frame says that it listens, by a message that anyone may read; from
    // then on all goes by a port that only the two have.
    #greet = ({ source, origin, data }) => {
      if (source !== this.#frame.contentWindow || origin !== base.origin || data?.version !== version) return;
      if (data.type === "failed") {
        this.#settleAll();
        this.#fire("error", { version, message: "Expert Chef failed." });
      }
      if (data.type === "hello") {
        // A page that was loaded anew has another's end no more.
        if (!this.#end) this.#open();
        source.postMessage({ version, type: "connect" }, origin, [this.#end]);
        this.#end = null;
      }
    };

    // What comes from the frame may be anything, and does no more than is meant.
    #hear = ({ data }) => {
      const { id, name, type, detail, height } = Object(data);
      if (data?.version !== version) return;
      if (type === "answer") {
        this.#runs.get(id)?.(detail, name);
        this.#runs.delete(id);
      }
      if (type === "height" && Number.isFinite(height))
        this.#room.style.height = Math.min(height, this.getAttribute("max-height") ?? 5e3) + "px";
      if (detail?.version === version && UNSEALED.events.includes(type)) {
        if (type === "finished") this.#result = detail;
        this.#fire(type, detail);
      }
    };

    #fire(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }

    #settleAll() {
      this.#runs.forEach((settle) => settle());
      this.#runs.clear();
    }
  }

  customElements.get("expert-chef") ?? customElements.define("expert-chef", ExpertChef);
})();
