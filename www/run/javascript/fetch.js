// `fetch`, an honest stand-in for it: it reaches the services of the exercise, and says
// what it lacks.

const METHODS = { __proto__: null, GET: 1, POST: 1, PUT: 1, DELETE: 1, PATCH: 1, HEAD: 1, OPTIONS: 1 };
const REASONS = {
  __proto__: null, 200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
  408: "Request Timeout", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
  503: "Service Unavailable", 504: "Gateway Timeout",
};
const lacks = (what) =>
  new TypeError(
    `this page's fetch has no ${what}: it takes method, headers, body (a string) and signal, ` +
      "and answers with ok, status, statusText, url, json(), text() and clone()",
  );

class Response {
  #text;
  #isUsed = false;
  constructor(url, status, text) {
    if (typeof text !== "string") throw lacks("Response of a program's own");
    const fixed = (name, value) => defineProperty(this, name, { __proto__: null, value, enumerable: true });
    fixed("ok", status >= 200 && status < 300);
    fixed("status", status);
    fixed("statusText", REASONS[status] ?? "");
    fixed("url", url);
    this.#text = text;
  }
  get bodyUsed() { return this.#isUsed; }
  async text() {
    if (this.#isUsed) throw new TypeError("the body was read already");
    this.#isUsed = true;
    return this.#text;
  }
  async json() { return parse(await this.text()); }
  clone() {
    if (this.#isUsed) throw new TypeError("the body was read already");
    return new Response(this.url, this.status, this.#text);
  }
}
defineProperty(Response, "name", { value: "Response" });
const lacking = ["arrayBuffer", "blob", "body", "bytes", "formData", "headers", "redirected", "type"];
for (const name of lacking) {
  defineProperty(Response.prototype, name, { configurable: true, get() { throw lacks(`Response.${name}`); } });
}

const OPTIONS = {
  __proto__: null, method: 1, headers: 1, body: 1, signal: 1, cache: 1, credentials: 1, mode: 1, referrerPolicy: 1,
};
function fetch(input, init) {
  return new Promise((resolve, reject) => {
    const keys = init === undefined || init === null ? [] : ownKeys(init);
    for (let at = 0; at < keys.length; at += 1) {
      if (!OPTIONS[keys[at]]) throw lacks(`option ${String(keys[at])}`);
    }
    const { method = "GET", body, signal } = init ?? {};
    let target;
    try {
      target = new Url(`${input}`, "https://api.example/");
    } catch {
      throw new TypeError(`${input} is no URL`);
    }
    const href = slice(partOf.href(target), 0, 2000);
    let path = partOf.pathname(target);
    while (path.length > 1 && lastIndexOf(path, "/") === path.length - 1) path = slice(path, 0, -1);
    const name = slice(path, lastIndexOf(path, "/") + 1);
    if (name.length < 1 || name.length > 40) {
      throw new TypeError(
        `${partOf.host(target)} cannot be reached: a program here reaches this exercise's services alone, ` +
          "by the last part of the URL's path",
      );
    }
    const verb = `${method}`.toUpperCase();
    if (!METHODS[verb]) throw lacks(`method ${verb}`);
    const options = { __proto__: null, url: href, method: verb };
    for (const key of ["ms", "status"]) {
      const value = parameter(partOf.searchParams(target), key);
      if (value !== null && value !== "" && isFinite(+value)) options[key] = key === "status" ? floor(+value) : +value;
    }
    if (body !== undefined && body !== null) {
      if (typeof body !== "string") throw lacks("body but a string");
      if (body.length > MOST_TEXT) throw new TypeError("a body has 65,536 characters at the most");
      options.body = body;
    }
    const answered = (status, text) => resolve(new Response(href, status, text));
    ask(name, options, signal, answered, reject);
  });
}
