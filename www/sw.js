// The service worker. It does two things that need a place between the page
// and the network:
//
//  1. It is the slow service that the page calls:
//     `expert-chef-services/<name>?ms=<latency>`, answered after the asked time,
//     so that calls are real fetch() calls (in the network panel, abortable,
//     failing as real ones do) with no server.
//  2. It keeps the page for use offline, one whole version at a time.
//
// It answers this page alone: at a site's root other people's pages are in its
// scope too, and what they ask for goes to the network untouched.
//
// `tools/dist` fills in the line below: `files` maps each file of the build to
// its hash, or to nothing where its name has that, `later` those that a first
// visit does without until somebody wants them, `used` those that nobody's visit
// stores who does not use them, and `pages` are the names under which one section of
// it is opened.
"use strict";

const BUILD = { version: "unsealed", files: {}, later: {}, used: {}, pages: [] };

// Everything is relative to the scope: the page may live at any path.
const SCOPE = new URL(self.registration.scope);
const SERVICES = new URL(UNSEALED.services, SCOPE);
const INDEX = new URL("index.html", SCOPE).href;
const PAGES = BUILD.pages.map((name) => new URL(name, SCOPE).href);

// ---------------------------------------------------------------- the service

// What a call can ask for is the program's to say; `tools/dist` fills it in.
const MAX_MS = UNSEALED.maxMs;
// A call that "hangs" must outlast any reader's patience and any timeout on the
// page, and yet not keep the worker alive for ever.
const HANG_MS = UNSEALED.hangMs;
const LEAST_STATUS = UNSEALED.leastStatus;
const MOST_STATUS = UNSEALED.mostStatus;
const LEAST_LIMIT = UNSEALED.leastLimit;
const MOST_LIMIT = UNSEALED.mostLimit;
const REFUSED = UNSEALED.refused;
const CHUNKS = 4;

const sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });

function json(status, body, ms) {
  return new Response(body, {
    status,
    headers: {
      "Cache-Control": "no-store",
      "Content-Type": "application/json",
      "Server-Timing": `service;dur=${ms}`,
      // When it leaves, which a page whose thread is busy cannot know.
      "X-Expert-Chef": performance.timeOrigin + performance.now(),
    },
  });
}

// How each fault answers. `text` is the whole JSON of a good answer.
const FAULTS = {
  // A body that stops in the middle of its JSON.
  [UNSEALED.malformed]: async (ms, text, { signal }) => {
    await sleep(ms, signal);
    return { response: json(200, text.slice(0, text.length / 2), ms) };
  },
  // A connection that breaks: the page sees a network error.
  [UNSEALED.drop]: async (ms, _text, { signal }) => {
    await sleep(ms, signal);
    return { response: Response.error() };
  },
  // No answer, until the page gives up.
  [UNSEALED.hang]: async (_ms, _text, { signal }) => {
    await sleep(HANG_MS, signal);
    return { response: Response.error() };
  },
  // The headers at half the time, the body piece by piece until all of it.
  [UNSEALED.slowBody]: async (ms, text, call) => {
    await sleep(ms / 2, call.signal);
    const { stream, ended } = trickle(text, ms / 2, call);
    return { response: json(200, stream, ms), body: ended };
  },
};

// A stream that takes `ms` to deliver `text`, and the promise of its end.
function trickle(text, ms, call) {
  const bytes = new TextEncoder().encode(text);
  const size = Math.ceil(bytes.length / CHUNKS);
  const start = performance.now();
  async function send(controller) {
    try {
      for (let sent = 1; sent <= CHUNKS; sent += 1) {
        // Measured from the start, so that late timers do not add up.
        const due = start + (ms * sent) / CHUNKS;
        await sleep(Math.max(0, due - performance.now()), call.signal);
        controller.enqueue(bytes.slice((sent - 1) * size, sent * size));
      }
      controller.close();
    } catch (error) {
      controller.error(error);
    }
  }
  let ended;
  const stream = new ReadableStream({
    start(controller) {
      ended = send(controller);
    },
    cancel() {
      call.abort();
    },
  });
  return { stream, ended };
}

// What a call asks for, or the sentence that says what is wrong with it.
function parse(url) {
  const query = url.searchParams;
  const shown = (key) => (query.has(key) ? `not "${query.get(key)}"` : "and is missing");

  let name;
  try {
    name = decodeURIComponent(url.pathname.slice(SERVICES.pathname.length));
  } catch {
    return { problem: "The service's name is not valid percent-encoding." };
  }
  if (name === "") return { problem: `A call names a service: ${UNSEALED.services}<name>?ms=<latency>.` };

  const asked = query.get("ms") ?? "";
  const ms = asked.trim() === "" ? NaN : Number(asked);
  if (!(ms >= 0 && ms <= MAX_MS)) {
    return { problem: `ms must be a number from 0 to ${MAX_MS}, ${shown("ms")}.` };
  }

  const fault = query.get("fault");
  if (fault !== null && !Object.hasOwn(FAULTS, fault)) {
    return { problem: `fault must be one of ${Object.keys(FAULTS).join(", ")}, ${shown("fault")}.` };
  }

  const status = Number(query.get("status") ?? 200);
  if (status !== 200 && !(Number.isInteger(status) && status >= LEAST_STATUS && status <= MOST_STATUS)) {
    return { problem: `status must be 200 or from ${LEAST_STATUS} to ${MOST_STATUS}, ${shown("status")}.` };
  }
  if (fault !== null && status !== 200) {
    return { problem: "A call has a status or a fault, not both." };
  }

  const limit = query.has("limit") ? Number(query.get("limit")) : null;
  if (limit !== null && !(Number.isInteger(limit) && limit >= LEAST_LIMIT && limit <= MOST_LIMIT)) {
    return { problem: `limit must be a whole number from ${LEAST_LIMIT} to ${MOST_LIMIT}, ${shown("limit")}.` };
  }
  if (limit !== null && (fault !== null || status !== 200)) {
    return { problem: "A call with a limit has no status and no fault." };
  }
  return { name, ms, fault, status, limit };
}

// The calls under way, so that a worker that steps down can drop them. Not every
// browser tells the worker that a page has given a call up, and one that
// "hangs" would then hold up the worker's successor for as long.
const calls = new Set();

// `keepAlive` is the event's `waitUntil`: an answer may outlast its headers.
async function serve(request, url, keepAlive) {
  const call = new AbortController();
  request.signal.addEventListener("abort", () => call.abort(), { once: true });
  calls.add(call);
  try {
    const { response, body } = await answer(url, call);
    keepAlive(Promise.resolve(body).finally(() => calls.delete(call)));
    return response;
  } catch (error) {
    calls.delete(call);
    throw error;
  }
}

// How many calls are being served, of each limit.
const served = new Map();

// Waits, if no more than `limit` calls with that limit do so; whether it did.
async function inTurn(limit, ms, signal) {
  const others = served.get(limit) ?? 0;
  if (others >= limit) return false;
  served.set(limit, others + 1);
  try {
    await sleep(ms, signal);
  } finally {
    served.set(limit, served.get(limit) - 1);
  }
  return true;
}

// The response, and the promise of its body's end where that is still to come.
async function answer(url, call) {
  const { problem, name, ms, fault, status, limit } = parse(url);
  if (problem) return { response: json(400, JSON.stringify({ error: problem }), 0) };
  const body = { service: name, ms };
  if (fault !== null) return FAULTS[fault](ms, JSON.stringify(body), call);
  if (limit === null) {
    await sleep(ms, call.signal);
  } else if (!(await inTurn(limit, ms, call.signal))) {
    body.error = `${limit} calls with this limit are being served already.`;
    return { response: json(REFUSED, JSON.stringify(body), 0) };
  }
  if (status !== 200) body.error = `The service was asked to fail with status ${status}.`;
  return { response: json(status, JSON.stringify(body), ms) };
}

// ------------------------------------------------------------ the page offline

// The scope is part of the name because two deployments may share an origin,
// and with it all caches. A URL holds no space, so none is the start of another.
const CACHE_PREFIX = `expert-chef ${SCOPE.href} `;
const CACHE = CACHE_PREFIX + BUILD.version;
// Written last: a cache without it is a precaching that was cut short.
const COMPLETE = new URL(".complete", SCOPE).href;

// URL to hash. The page itself is kept under the scope's own URL, where people
// open it, and found there by its other name as well.
const FILES = new Map(
  Object.entries(BUILD.files).map(([name, hash]) => [new URL(name, SCOPE).href, hash]),
);

// A file of this very build, or an error. The hash, with which its content's begins
// (SHA-256), sees to it that a worker installed in the middle of a deployment never
// stores another version's file, whatever a cache or the host answers.
async function download(url, hash) {
  // Names that carry their hash may come out of the browser's cache, where the
  // page has just put them; the others must be asked for again.
  const named = hashIn(url);
  return checked(url, hash || named, await fetch(url, { cache: named ? "default" : "no-cache" }));
}

const hashIn = (url) => url.match(/-([0-9a-f]{16})[._]/)?.[1];

async function checked(url, hash, response) {
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const content = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!found.startsWith(hash)) throw new Error(`${url} is another version's`);
  // A copy: a browser refuses a redirected response as the answer to a
  // navigation, and hosts do redirect index.html.
  const { status, statusText, headers } = response;
  return new Response(content, { status, statusText, headers });
}

async function precache() {
  const kept = await Promise.all(
    [...FILES].map(async ([url, hash]) => {
      if (url !== INDEX) return [url, await download(url, hash)];
      // Hosts that serve no index for a directory still serve the file.
      return [SCOPE.href, await download(SCOPE.href, hash).catch(() => download(INDEX, hash))];
    }),
  );
  const cache = await caches.open(CACHE);
  await Promise.all(kept.map(([url, response]) => cache.put(url, response)));
  await cache.put(COMPLETE, new Response());
}

// Storage may be blocked or full, and the network may fail. The page's calls
// must work all the same, so this never rejects: without a whole cache there is
// none. It is tried once in each of the worker's lives, because an installed
// worker is not installed again before the next version.
let precaching;
function ensurePrecached() {
  if (FILES.size === 0) return Promise.resolve();
  precaching ??= isComplete().then((complete) =>
    complete
      ? undefined
      : precache().catch((error) => console.warn("Expert Chef will not work offline:", error)),
  );
  return precaching;
}

async function isComplete() {
  try {
    return (await caches.match(COMPLETE, { cacheName: CACHE })) !== undefined;
  } catch {
    return false;
  }
}

// What only some want, or not at once, is stored when it is asked for; and on the
// next visit all of it, so that nothing is missing without a network.
const LATER = new Map(
  Object.entries(BUILD.later).map(([name, hash]) => [new URL(name, SCOPE).href, hash]),
);

async function storeLater(url) {
  if (!(await isComplete())) return undefined;
  const kept = await fromCache(url);
  if (kept) return kept;
  const response = await download(url, LATER.get(url));
  const cache = await caches.open(CACHE);
  await cache.put(url, response.clone());
  return response;
}

// A newer version's may be there by now: then it is as if there were no worker.
const laterOrFetched = (url, request) =>
  storeLater(url).then((kept) => kept ?? fetch(request), () => fetch(request));

// Whether somebody has come back: the first visit's page was there before the
// worker. Not while a new version waits: that one is to have its way.
let isVisitedAgain = false;
const storeAllLater = () =>
  Promise.all([...LATER.keys()].map((url) => storeLater(url).catch(() => undefined)));

async function fromCache(url) {
  if (!(await isComplete())) return undefined;
  // `ignoreVary`: what a host answers to other headers is not in here anyway.
  return caches.match(url, { cacheName: CACHE, ignoreVary: true });
}

// What few ever want, and is large: stored when it is used, and never otherwise. Its
// names have its hashes.
const USED = new Map(Object.keys(BUILD.used).map((name) => [new URL(name, SCOPE).href, hashIn(name)]));

// The bytes go on to the page as they come, so that it can tell how far that is.
async function usedOrFetched(url, request, keepAlive) {
  const kept = await fromCache(url);
  if (kept) return kept;
  const response = await fetch(request);
  if (await isComplete()) keepAlive(storeUsed(url, response.clone()).catch(() => undefined));
  return response;
}

async function storeUsed(url, response) {
  const whole = await checked(url, USED.get(url), response);
  const cache = await caches.open(CACHE);
  await cache.put(url, whole);
}

// What was used of the version before, where this one has the same.
async function inherit(names) {
  if (!(await isComplete())) return;
  const cache = await caches.open(CACHE);
  for (const cacheName of names) {
    for (const url of USED.keys()) {
      const kept = await caches.match(url, { cacheName, ignoreVary: true });
      if (kept) await cache.put(url, kept);
    }
  }
}

const cachedOrFetched = async (url, request) => (await fromCache(url)) ?? fetch(request);

async function deleteOtherVersions() {
  try {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
    await inherit(old).catch(() => undefined);
    await Promise.all(old.map((name) => caches.delete(name)));
  } catch {
    // Storage is blocked: then there is nothing to delete.
  }
}

// ------------------------------------------------------------- a new version
//
// A new worker waits until no page of the old version is left, because a page
// must get all its files from one version. A reload alone never gets there: the
// old page stays until the new one arrives. So, if the page that is reloaded is
// the only one, the old worker steps down and has the browser ask again.

// Enough for the new worker to take over, and an end if it never does.
const MAX_HANDOVERS = 20;
let handovers = 0;

async function handOver(request) {
  const { waiting } = self.registration;
  if (!waiting || handovers >= MAX_HANDOVERS) return undefined;
  const windows = await self.clients.matchAll({ type: "window" });
  // A frame with a runner goes with its page.
  const pages = windows.filter(({ url }) => !USED.has(addressOf(url)));
  // The page being left still counts as one. Only a reload tells that it is
  // this one, and not another tab that goes on living in the old version;
  // a reload is the navigation that asks past the browser's cache. An empty
  // page on its way to the new version (below) reloads by `Refresh`, which
  // does not ask past the cache, so once begun it is seen through.
  const reloads = request.cache !== "default" || handovers > 0;
  if (pages.length > (reloads ? 1 : 0)) return undefined;
  handovers += 1;
  for (const call of calls) call.abort();
  waiting.postMessage({ type: "skip-waiting" });
  // With the page's icon: browsers ask the host's root for one otherwise.
  return new Response('<!doctype html><link rel="icon" href="./icon.svg">', {
    headers: { "Content-Type": "text/html", "Cache-Control": "no-store", Refresh: "0" },
  });
}

async function navigate(request) {
  const emptied = await handOver(request);
  if (emptied) return emptied;
  // If the handover was begun and never ended, the network has the new page;
  // the old one's files may be deleted any moment.
  if (handovers > 0) return fetch(request);
  isVisitedAgain = true;
  const url = addressOf(request.url);
  if (LATER.has(url)) return laterOrFetched(url, request);
  return cachedOrFetched(SCOPE.href, request);
}

// --------------------------------------------------------------------- who asks

// An address as files are known by it: without what is the page's own business,
// and with the ending that some hosts take off a section's name.
function addressOf(address) {
  const url = new URL(address);
  url.search = url.hash = "";
  return [...PAGES, ...USED.keys()].find((page) => page === `${url.href}.html`) ?? url.href;
}

// The page, by any of its names: what it shows of itself, it reads there. A frame
// with the page in it is the page; one with `about:srcdoc` is not.
function isPage(address) {
  const url = addressOf(address);
  return url === SCOPE.href || url === INDEX || PAGES.includes(url);
}

// Whether a client is the page, by its id. An event has no more than the id, and
// must be told at once whether it will be answered: so what is known of a client
// is noted whenever it shows itself.
const pages = new Map();

// A worker of the page's is a file of this build in a thread of its own.
function note({ id, url, type }) {
  pages.set(id, isPage(url) || (type === "worker" && (FILES.has(url) || USED.has(url))));
  return pages.get(id);
}

// Of a client that this worker has not seen in this life. Its request waits for
// that, and is passed on as it is if it is none of the page's.
async function lookUp(id) {
  const client = await self.clients.get(id);
  return client !== undefined && note(client);
}

// How the worker would answer the page, if it would.
function answerFor(request, url, keepAlive) {
  if (url.pathname.startsWith(SERVICES.pathname)) return () => serve(request, url, keepAlive);
  // Who wants no stored answer gets none. A call of an `endpoint` is such a one:
  // the page says of it that the network answered.
  if (request.cache === "no-store") return undefined;
  url.hash = "";
  if (LATER.has(url.href)) return () => laterOrFetched(url.href, request);
  if (USED.has(url.href)) return () => usedOrFetched(url.href, request, keepAlive);
  if (!FILES.has(url.href)) return undefined;
  return () => cachedOrFetched(url.href === INDEX ? SCOPE.href : url.href, request);
}

// ------------------------------------------------------------------- the events

// Calls of other origins are none of the worker's business. A browser that can
// be told so asks it about none of them, which each of them would wait for.
async function route(event) {
  const { protocol, hostname, port } = SCOPE;
  try {
    await event.addRoutes?.([
      {
        condition: { urlPattern: new URLPattern({ protocol: protocol.slice(0, -1), hostname, port }) },
        source: "fetch-event",
      },
      { condition: { urlPattern: new URLPattern({}) }, source: "network" },
    ]);
  } catch (error) {
    console.warn("Expert Chef is asked about every call:", error);
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([ensurePrecached(), route(event)]));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([deleteOtherVersions(), self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== SCOPE.origin) return;

  if (request.mode === "navigate") {
    // A runner's frame: a file like others, and none of the page's names.
    const address = addressOf(request.url);
    if (USED.has(address)) {
      event.respondWith(laterOrFetched(address, request));
      return;
    }
    if (note({ id: event.resultingClientId, url })) {
      event.respondWith(navigate(request));
      event.waitUntil(ensurePrecached());
    }
    return;
  }

  const answer = answerFor(request, url, (work) => event.waitUntil(work));
  const asker = pages.get(event.clientId);
  // What no document asks for, no page of ours does.
  if (!answer || !event.clientId || asker === false) return;
  event.respondWith(
    asker ? answer() : lookUp(event.clientId).then((isOurs) => (isOurs ? answer() : fetch(request))),
  );
});

self.addEventListener("message", (event) => {
  switch (event.data?.type) {
    // A page that was reloaded past its worker (shift-reload) asks for it back.
    case "claim":
      event.waitUntil(self.clients.claim());
      break;
    // A page wakes the worker before it measures, so that a worker's start is
    // in nobody's time; nor is it then to be asked who the page is.
    case "ping":
      if (event.source instanceof Client) note(event.source);
      if (isVisitedAgain && !self.registration.waiting) event.waitUntil(storeAllLater());
      event.ports[0]?.postMessage({ type: "pong", version: BUILD.version });
      break;
    // Only ever from the worker in service: a page cannot know who else is open.
    case "skip-waiting":
      if (!(event.source instanceof Client)) event.waitUntil(self.skipWaiting());
      break;
  }
});
