// The same calls as a page's author would write them by hand: the same options,
// the same reading and checking of each answer, and nothing that records or
// draws. Asked for by ../strategies.rs, which runs it in the very page that it
// is measured beside.
"use strict";

const OPTIONS = {
  mode: "cors",
  cache: "no-store",
  credentials: "omit",
  referrerPolicy: "no-referrer",
};

async function call(url) {
  const response = await fetch(url, OPTIONS);
  const body = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  if (response.headers.get("content-type")?.includes("json")) JSON.parse(body);
}

const strategies = {
  join: (urls) => Promise.all(urls.map(call)),

  // Loops that take their calls from one list.
  pool: (urls, limit) => {
    const left = urls.values();
    const loop = async () => {
      for (const url of left) await call(url);
    };
    return Promise.all(Array.from({ length: limit }, loop));
  },
};

// As many lists at once as there are; each one's time is counted from its own
// beginning, as the page counts its kitchens'. Gives the longest.
window.harnessPlain = async (strategy, limit, lists) => {
  const times = lists.map(async (urls) => {
    const start = performance.now();
    await strategies[strategy](urls, limit);
    return performance.now() - start;
  });
  return Math.max(...(await Promise.all(times)));
};
