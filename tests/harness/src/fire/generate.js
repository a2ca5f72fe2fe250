// Makes up what strangers ask of the page: query strings, messages to a frame,
// and attributes of an element. The same seed makes the same.
(() => {
  // Mulberry32, by Tommy Ettinger: in the public domain.
  function chance(seed) {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  const JUNK = [
    "", " ", "0", "-1", "1e9", "NaN", "Infinity", "true", "null", "undefined", "__proto__", "constructor", "%", "%00", "%zz", "\u0000",
    "\u202eabc", "\u200b", "\u3164", "\ud800", "👩‍🍳", "e\u0301", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "';--", "${7*7}",
    "x".repeat(200), "é".repeat(5000), ",,,,", "::::", "@@@@", "a:1,".repeat(300), "&&&&", "=", "#", "?",
  ];
  const NAMES = ["a", "user", "rührei & speck", "a,b", "😀", "a:b", "100%", "x".repeat(40), "..", "toString"];
  const NUMBERS = ["0", "1", "30", "30000", "30001", "-0", "0.5", "1e3", "?", "00007"];
  const FAULTS = ["", "", "", ":503", ":200", ":drop", ":hang", ":malformed", ":slow-body", ":503*2", ":limit-2", ":limit-0", ":503*0"];
  const WORDS = {
    scenario: ["dashboard", "two-calls", "flaky", "fifty-orders", "one-slow", "twelve-calls", "lunch"],
    compare: ["sequential", "join", "pool:4", "fail-fast", "first", "workers", "workers:2", "pool:0", "sequential,join", "join,first,fail-fast,pool:1", "join,join"],
    timeout: ["none", "1", "30000", "0"],
    retries: ["0", "10", "11"],
    backoff: ["0", "100", "10000"],
    seed: ["0", "1", "999999", "1000000"],
    mode: ["race", "turns"],
    theme: ["auto", "light", "dark"],
    autorun: ["none"],
    speed: ["0.25", "1", "4", "5"],
    embed: ["0", "1"],
    ground: ["none", "page"],
    show: ["picture", "lanes,result", "picture,lanes,result,controls,log,code", "thunder"],
    ask: ["on", "off"],
    caption: ["Two calls", "<b>bold</b>"],
    at: ["0", "500", "600000", "none", "600001"],
    code: ["threads", "none", "lisp"],
    section: ["gil", "nowhere"],
    accent: ["0a8", "#0a8f00", "none", "teal"],
  };
  // Work for the processor would take its time where it is run.
  const OF_WORK = { scenario: ["cpu", "mixed", "crumbs"] };
  const OF_FRAMES = { autorun: ["load", "visible"] };

  class Maker {
    constructor(seed, isRun) {
      this.random = chance(seed);
      this.isRun = isRun;
    }

    less(most) {
      return Math.floor(this.random() * most);
    }

    one(list) {
      return list[this.less(list.length)];
    }

    often(part) {
      return this.random() < part;
    }

    list(most, make) {
      return Array.from({ length: this.less(most + 1) }, make);
    }

    task() {
      const name = encodeURIComponent(this.one(NAMES));
      const start = this.often(0.1) ? `@${this.one(NUMBERS)}` : "";
      const jitter = this.often(0.1) ? `~${this.one(NUMBERS)}` : "";
      const work = this.isRun || this.often(0.8) ? "" : this.one(["cpu", "+20cpu", "cpu+1"]);
      return `${name}:${this.one(NUMBERS)}${jitter}${work}${start}${this.one(FAULTS)}`;
    }

    value(word) {
      if (this.often(0.2)) return this.one(JUNK);
      if (word === "tasks") return this.list(6, () => this.task()).join(",");
      if (word === "endpoint") {
        const scheme = this.one(["http://127.0.0.1:9/", "https://host.example/x?y=1", "ftp://x/", "javascript:alert(1)", "http://a:b@c.example/", "//x", ""]);
        return `${this.one(NAMES)}@${scheme}${this.one(["", this.one(JUNK)])}`;
      }
      const more = this.isRun ? OF_FRAMES : OF_WORK;
      // A word that is none has some value all the same.
      if (!Object.hasOwn(WORDS, word)) return this.one(NUMBERS);
      return this.one([...WORDS[word], ...(more[word] ?? [])]);
    }

    word() {
      return this.one([...Object.keys(WORDS), "tasks", "tasks", "tasks", "endpoint"]);
    }

    query() {
      const parts = this.list(6, () => {
        const word = this.often(0.95) ? this.word() : this.one(JUNK);
        const value = this.value(word);
        // A lone surrogate has no encoding.
        return `${word}=${this.often(0.8) ? encodeURIComponent(value.toWellFormed()) : value}`;
      });
      return this.one(["", "", "?"]) + parts.join(this.often(0.95) ? "&" : this.one(JUNK));
    }

    // A message, and whether it must be answered.
    message(id) {
      const version = this.often(0.9) ? 1 : this.one([0, 2, "1", NaN, null, 1n]);
      const type = this.often(0.9) ? this.one(["run", "reset", "configure"]) : this.one(["connect", "hello", "answer", "eval", "", {}, 7, null, ...JUNK]);
      const isWhole = this.often(0.9);
      const number = isWhole ? id : this.one([-1, 0.5, NaN, Infinity, "1", null, 2n ** 64n, {}, [id]]);
      const query = this.often(0.9) ? this.query() : this.one([7, null, {}, ["tasks=a:1"], "x".repeat(70_000)]);
      const message = { version, type, id: number, query };
      const bare = [undefined, null, 0, "", [], new Map([["version", 1]]), new Date(0), /x/, new ArrayBuffer(8), new Error("x")];
      if (this.often(0.05)) return { message: this.one(bare), isAnswered: false };
      return { message, isAnswered: version === 1 && type === "run" && isWhole };
    }

    attribute() {
      const word = this.often(0.95) ? this.word() : this.one(["title", "style", "class", "hidden", "max-height", "data-x"]);
      if (this.often(0.2)) return [word, null];
      return [word, this.value(word)];
    }
  }

  window.harnessMaker = (seed, isRun) => new Maker(seed, isRun);
})();
