// Puts Expert Chef on other pages:
//
//   <script src="https://…/embed.js"></script>
//   <expert-chef scenario="dashboard" compare="sequential,join"></expert-chef>
//
// The element's attributes are words of the query string, which the page in the
// frame reads; its methods, events and messages are in the README. A classic
// script, because its host needs no CORS headers for one; as a module it works
// too.
//
// It must stay below 2 KB (gzip, as tools/dist leaves it), and
// needs no inline style or script, so that strict hosts can have it.
(() => {
  // A module does not know its own element.
  const script = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
  const base = new URL(".", script.src);
  // What the program says of itself; tools/dist fills it in.
  const version = UNSEALED.version;
  const words = UNSEALED.words;
  let count = 0;

  // The height is the room that the frame will ask for, so that nothing moves
  // when it comes.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`\
:host{display:block;container-type:inline-size;min-width:min(100%,${UNSEALED.narrowest}px)}\
:host([theme=light]){color-scheme:light}\
:host([theme=dark]){color-scheme:dark}\
:host([hidden]){display:none}\
div{--more:0px;--lines:${UNSEALED.narrowLines};--shape:${UNSEALED.narrowShape};position:relative;height:calc(${UNSEALED.once}px + var(--more) var(--parts))}\
:host([endpoint]) div{--more:${UNSEALED.more}px}\
@container (min-width:${UNSEALED.wide}px){div{--lines:${UNSEALED.wideLines};--shape:${UNSEALED.wideShape}}}\
iframe,img{display:block;width:100%;height:100%;border:0}\
iframe{visibility:hidden}\
img{position:absolute;inset:0;object-fit:contain}\
[style]+img{display:none}`);

  class ExpertChef extends HTMLElement {
    static observedAttributes = words;
    static #near = new IntersectionObserver(
      (seen) => {
        for (const { isIntersecting, target } of seen) if (isIntersecting) target.#load();
      },
      { rootMargin: "50%" },
    );
    #room = this.attachShadow({ mode: "open" }).appendChild(document.createElement("div"));
    #still = this.#room.appendChild(Object.assign(new Image(), { alt: "", loading: "lazy" }));
    #runs = new Map();
    #waiting = [];
    #result = null;
    #frame;
    #port;

    connectedCallback() {
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.#draw();
      ExpertChef.#near.observe(this);
    }

    disconnectedCallback() {
      ExpertChef.#near.unobserve(this);
      removeEventListener("message", this.#greet);
      this.#port?.close();
      this.#frame?.remove();
      this.#frame = this.#port = undefined;
      this.#waiting = [];
      this.#result = null;
      this.#settleAll();
    }

    attributeChangedCallback() {
      this.#draw();
      if (this.#frame) this.#send({ type: "configure", query: this.#query() });
    }

    run() {
      return new Promise((...settle) => {
        this.#runs.set(++count, settle);
        if (this.isConnected) this.#load();
        else this.#settleAll();
        this.#send({ type: "run", id: count });
      });
    }

    reset() {
      if (this.#frame) this.#send({ type: "reset" });
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
      frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
      frame.scrolling = "no";
      frame.src = `${base}?${this.#query()}`;
      frame.onload = () => (frame.style.visibility = "visible");
      // A frame is opaque if its colour scheme is not that of what is in it: who
      // names none here gets the reader's, as in there.
      const { colorScheme } = getComputedStyle(this);
      this.#room.style.colorScheme = colorScheme === "normal" ? "light dark" : "";
      this.#room.prepend(frame);
    }

    // The room for what is shown, and a still in it until the frame is there. Who
    // is far from it does not load it; a host that does not allow it goes without.
    #draw() {
      const { style } = this.#room;
      const show = this.getAttribute("show") || UNSEALED.show;
      const heights = UNSEALED.parts;
      let parts = "";
      for (const part in heights) if (show.includes(part)) parts += ` + ${heights[part]}`;
      style.setProperty("--parts", parts);
      style.setProperty("--kitchens", this.getAttribute("compare")?.split(",").length ?? UNSEALED.kitchens);
      const name = this.matches("[tasks],[endpoint]") ? "own" : this.getAttribute("scenario") || UNSEALED.scenario;
      this.#still.src = `${base}posters/${name}.svg`;
    }

    #query() {
      const query = new URLSearchParams("embed=1");
      for (const word of words) {
        const value = this.getAttribute(word) ?? "";
        // Addresses are separated by white space.
        for (const one of word === "endpoint" ? value.split(/\s+/) : [value]) if (one) query.append(word, one);
      }
      return `${query}`;
    }

    #send(message) {
      message.version = version;
      if (this.#port) this.#port.postMessage(message);
      else this.#waiting.push(message);
    }

    // The frame says that it listens, by a message that anyone may read; from
    // then on all goes by a port that only the two have.
    #greet = ({ source, origin, data }) => {
      if (source !== this.#frame.contentWindow || origin !== base.origin || data?.version !== version) return;
      if (data.type === "failed") {
        this.#settleAll();
        this.#fire("error", { version, message: "Expert Chef failed." });
      }
      if (data.type !== "hello") return;
      const { port1, port2 } = new MessageChannel();
      this.#port?.close();
      this.#port = port1;
      port1.onmessage = this.#hear;
      source.postMessage({ version, type: "connect" }, origin, [port2]);
      for (const message of this.#waiting.splice(0)) this.#send(message);
    };

    #hear = ({ data }) => {
      const { type, height, id, name, detail } = Object(data);
      if (data?.version !== version) return;
      if (type === "answer") this.#settle(id, detail, name);
      else if (type === "height" && height < 1e5) this.#room.style.height = `${height}px`;
      else if (detail?.version === version) this.#fire(type, detail);
    };

    #fire(type, detail) {
      if (type === "finished") this.#result = detail;
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }

    #settle(id, detail, name = "AbortError") {
      const [resolve, reject] = this.#runs.get(id) ?? [];
      this.#runs.delete(id);
      if (detail?.version === version) resolve?.(detail);
      else reject?.(new DOMException("No result.", name));
    }

    #settleAll() {
      for (const id of this.#runs.keys()) this.#settle(id);
    }
  }

  customElements.get("expert-chef") ?? customElements.define("expert-chef", ExpertChef);
})();
