
// Finds out why nothing came from some addresses, which have a space after each,
// with one HEAD request to each of their origins: an answer tells that it answers,
// and does not let this page read what. A digit for each (`Failure::EXPLAINED`
// has what they mean); and after a space what was sent beside the calls.
//
// The build puts it to consent.js: no address is called before that was there.

const PATIENCE_MS = 2000;
// A policy's violation is told a moment after the request has failed.
const TOLD_MS = 50;

// Firefox repeats a request by itself when its connection breaks; and it is the
// one browser that has this.
const REPEATS = "mozInnerScreenX" in window;

export async function why(urls, signal) {
  const asked = {};
  const probed = new Set();
  const found = urls.trim().split(" ").map((url) => {
    const { origin } = new URL(url);
    return (asked[origin] ??= whyOne(url, origin, probed, signal));
  });
  const digits = (await Promise.all(found)).join("");
  const notes = [];
  if (probed.size) {
    notes.push(`One HEAD request was made to find out why there was no answer, to each of: ${[...probed].join(", ")}.`);
  }
  if (REPEATS && /[09]/.test(digits)) {
    notes.push("Firefox repeats a request by itself when its connection breaks: an attempt without an answer may have been several requests, and took as long as all of them.");
  }
  return `${digits} ${notes.join(" ")}`;
}

// Whether a page that came over https: may not call it (W3C's Mixed Content): it
// may call this machine.
const isMixed = (url) =>
  location.protocol === "https:" &&
  /^http:\/\/(?!([^/]*\.)?localhost[:/]|127\.[\d.]+[:/]|\[::1\])/.test(url);

// The request is made in an empty frame, whose policy lets it go to that origin
// alone: a request of this mode follows redirects, and this one must lead nowhere
// that the reader has not agreed to.
async function whyOne(url, origin, probed, signal) {
  // A page may read whatever its own origin answers.
  if (origin === location.origin) return 9;
  if (!navigator.onLine) return 1;
  if (isMixed(url)) return 5;
  // No policy can name such a host, so that nothing can be asked of it alone.
  if (origin.includes("[")) return 0;
  let why = 0;
  const policy = `connect-src ${origin}`;
  const frame = document.createElement("iframe");
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  frame.hidden = true;
  signal.onabort = () => frame.remove();
  document.body.append(frame);
  try {
    await loaded;
    const inside = frame.contentDocument;
    const meta = inside.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = policy;
    inside.head.append(meta);
    inside.addEventListener("securitypolicyviolation", (event) => {
      why = event.originalPolicy === policy ? 3 : 2;
      // That request was never sent.
      if (why === 2) probed.delete(origin);
    });
    probed.add(origin);
    await frame.contentWindow.fetch(url, {
      method: "HEAD",
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return 4;
  } catch {
    await new Promise((resolve) => { setTimeout(resolve, TOLD_MS); });
    return why;
  } finally {
    frame.remove();
  }
}
