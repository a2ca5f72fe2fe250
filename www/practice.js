// What is done on the practice page: two minutes by the clock, follow-up
// questions one by one, and predictions that a real run decides.
//
// A script, and no part of the program, because it needs nothing of that but
// what any host's page has: it configures and runs the stage by
// `window.expertChef`, and reads the contract's result. `boot.js` loads it on this
// one page alone, so no other reader pays for it. Its words are in the section's
// templates (`www/lesson/11-practice.html`), which can be read without it.

const root = document.querySelector("[data-practice]").closest("section");
for (const template of root.querySelectorAll("template")) template.replaceWith(template.content);

const LIMIT_MS = 120_000;
// What is said aloud of the clock, and with how many seconds left: more would
// talk over the reader.
const ANNOUNCED = [[60, "One minute left."], [10, "Ten seconds left."]];

// What is kept, each under a name of its own, so that two tabs do not undo each
// other's. By what is asked and not by its place: questions may be added.
const PREFIX = "expert-chef:practice:";
// What the reader does on this page holds here even where nothing can be stored.
const memory = new Map();

// Asking for the storage at all throws where it is blocked.
function stored(act) {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

const recall = (name) => memory.get(name) ?? stored((store) => store.getItem(PREFIX + name)) ?? "";

function keep(name, text) {
  memory.set(name, text);
  stored((store) => (text ? store.setItem(PREFIX + name, text) : store.removeItem(PREFIX + name)));
}

function forget() {
  memory.clear();
  stored((store) => {
    for (const name of Object.keys(store)) if (name.startsWith(PREFIX)) store.removeItem(name);
  });
}

const part = (of, name) => of.querySelector(`[data-part="${name}"]`);
const button = (of, name) => of.querySelector(`[data-do="${name}"]`);
const on = (of, name, act) => button(of, name).addEventListener("click", act);
const words = (element) => element.textContent.trim();

const made = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more);

function list(place, items) {
  place.hidden = items.length === 0;
  const lines = items.map(() => made("li", ""));
  lines.forEach((line, index) => line.append(items[index]));
  place.querySelector("ul").replaceChildren(...lines);
}

// A part that shows one question at a time, and after the last what came of it:
// a title, and which to look at again.
function steps(of, questions, { show, heading, close }) {
  let now = 0;
  const view = (index) => {
    now = index;
    const isOver = now === questions.length;
    part(of, "count").hidden = part(of, "card").hidden = isOver;
    part(of, "end").hidden = !isOver;
    part(of, "count").textContent = `Question ${now + 1} of ${questions.length}`;
    button(of, "next").textContent = now + 1 < questions.length ? "Next" : "To the end";
    show(now);
    if (isOver) tell(...close([...questions.keys()]));
  };
  const tell = (title, again) => {
    part(of, "end-title").textContent = title;
    list(part(of, "again"), again.map((index) => {
      const back = made("button", words(questions[index]), { type: "button", className: "button button--quiet" });
      back.addEventListener("click", () => go(index));
      return back;
    }));
  };
  // What has the focus goes away with the question, so it goes to what comes.
  const go = (index) => {
    view(index);
    (part(of, "end").hidden ? heading(now) : part(of, "end-title")).focus();
  };
  on(of, "next", () => go(now + 1));
  on(of, "anew", () => go(0));
  return { go, view, now: () => now };
}

function twoMinutes(of) {
  const boxes = [...of.querySelectorAll("[type=checkbox]")];
  const [start, done] = [button(of, "start"), button(of, "done")];
  const [clock, says, spoken] = ["clock", "says", "spoken"].map((name) => part(of, name));
  const nameOf = (box) => `said:${words(box.parentElement)}`;
  let end, timer, last;

  function tick() {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    for (const [at, said] of ANNOUNCED) if (last > at && left <= at) says.textContent = said;
    last = left;
    if (left === 0) return over("Time is up. Tick what you said.");
    timer = setTimeout(tick, (end - Date.now()) % 1000);
  }

  function view(isRunning, isOver) {
    clearTimeout(timer);
    start.hidden = isRunning;
    done.hidden = !isRunning;
    of.querySelector("fieldset").hidden = part(of, "summary").hidden = !isOver;
    sum();
  }

  // Who is still typing when the time is up types on.
  function over(said) {
    const hadFocus = document.activeElement === done;
    says.textContent = said;
    view(false, true);
    if (hadFocus) of.querySelector("fieldset").focus();
  }

  function sum() {
    const points = (boxes) => boxes.reduce((sum, box) => sum + Number(box.dataset.weight), 0);
    const isThere = (level) => boxes.every((box) => box.checked || box.dataset.level !== level);
    const verdict = !isThere("junior")
      ? "Not yet a junior’s answer: that names the tool and how to use it."
      : !isThere("senior")
        ? "A junior’s answer, which is a fine one. A senior’s also says why it works, where that ends and what happens when a call fails."
        : "A senior’s answer.";
    part(of, "level").textContent = `${points(boxes.filter((box) => box.checked))} of ${points(boxes)} points. ${verdict}`;
    const links = {};
    for (const box of boxes.filter((box) => !box.checked).sort((a, b) => b.dataset.weight - a.dataset.weight)) {
      const { section } = box.dataset;
      const link = (links[section] ??= made("a", "", { href: `./#${section}` }));
      link.append(link.firstChild ? "; " : "", box.nextElementSibling.cloneNode(true));
    }
    list(part(of, "revisit"), Object.values(links));
  }

  function recalled() {
    spoken.value = recall("spoken");
    for (const box of boxes) box.checked = recall(nameOf(box)) !== "";
    clock.textContent = "2:00";
    says.textContent = "";
    view(false, boxes.some((box) => box.checked));
  }

  on(of, "start", () => {
    for (const box of boxes) keep(nameOf(box), "");
    recalled();
    view(true, false);
    last = Infinity;
    end = Date.now() + LIMIT_MS;
    tick();
    spoken.focus();
  });
  on(of, "done", () => over(""));
  spoken.addEventListener("input", () => keep("spoken", spoken.value));
  of.querySelector("fieldset").addEventListener("change", ({ target }) => {
    keep(nameOf(target), target.checked ? "yes" : "");
    sum();
  });
  recalled();
  return recalled;
}

function followUps(of) {
  const all = [...of.querySelectorAll("details")];
  for (const details of all) details.hidden = true;
  const questions = all.map((details) => details.querySelector("summary"));
  const name = (kind, index) => `${kind}:${words(questions[index])}`;
  const [heading, answer, models, answers] = ["question", "answer", "models", "answers"].map((name) => part(of, name));

  function open(isOpen) {
    models.hidden = !isOpen;
    button(of, "reveal").setAttribute("aria-expanded", isOpen);
  }

  function press(index) {
    const mark = recall(name("mark", index));
    for (const one of ["had", "not"]) button(of, one).setAttribute("aria-pressed", mark === one);
  }

  function show(now) {
    if (now === all.length) return;
    heading.textContent = words(questions[now]);
    answer.value = recall(name("answer", now));
    button(of, "previous").disabled = now === 0;
    answers.replaceChildren(...[...all[now].querySelectorAll("p")].map((model) => model.cloneNode(true)));
    press(now);
    open(false);
  }

  function close(indices) {
    const marked = (mark) => indices.filter((index) => recall(name("mark", index)) === mark);
    return [`You had ${marked("had").length} of ${all.length}.`, marked("not")];
  }

  const walk = steps(of, questions, { show, close, heading: () => heading });
  on(of, "previous", () => walk.go(walk.now() - 1));
  on(of, "reveal", () => {
    open(models.hidden);
    if (!models.hidden) answers.focus();
  });
  for (const mark of ["had", "not"]) {
    on(of, mark, () => {
      const at = name("mark", walk.now());
      keep(at, recall(at) === mark ? "" : mark);
      press(walk.now());
    });
  }
  answer.addEventListener("input", () => keep(name("answer", walk.now()), answer.value));
  walk.view(0);
  return () => walk.view(0);
}

// What is measured of a run, as a value to choose from and in words.
const MEASURED = {
  total: ({ totalMs }) => [totalMs, `${Math.round(totalMs).toLocaleString("en-GB")}\u00a0ms`],
  order: ({ tasks }) => {
    const names = good(tasks).sort((a, b) => a.endMs - b.endMs).map(({ name }) => name);
    return [names.join(), names.join(", ")];
  },
  ok: ({ tasks }) => [good(tasks).length, `${good(tasks).length} of ${tasks.length} ended well`],
};

const good = (tasks) => tasks.filter(({ outcome }) => outcome === "ok");

// A time is the nearest one's of those to choose from, all else is what it is.
function matching(options, ask, value) {
  if (ask !== "total") return options.find((option) => option.value === String(value));
  const off = (option) => Math.abs(option.value - value);
  return options.reduce((best, option) => (off(option) < off(best) ? option : best));
}

// What the address says of the page itself, which holds whatever is run.
function dressed(query) {
  const asked = new URLSearchParams(location.search);
  const run = new URLSearchParams(`${query}&ask=off`);
  for (const name of ["embed", "theme", "ground", "accent"]) {
    if (asked.has(name)) run.set(name, asked.get(name));
  }
  return `?${run}`;
}

function predict(of) {
  const all = [...of.querySelectorAll("fieldset")];
  const questions = all.map((fieldset) => fieldset.querySelector("legend"));
  for (const fieldset of all) fieldset.tabIndex = -1;
  const hits = new Set();
  const [runs, verdict, stage] = [button(of, "run"), part(of, "verdict"), part(of, "stage")];
  let run = 0;
  let isRunning = false;

  function show(now) {
    // Whatever still runs is no answer to what is asked now.
    run += 1;
    if (isRunning) window.expertChef.reset();
    isRunning = false;
    stage.dataset.idle = "";
    verdict.textContent = "Choose, then run it.";
    runs.disabled = true;
    for (const fieldset of all) fieldset.hidden = fieldset !== all[now];
    stage.hidden = now === all.length;
    if (stage.hidden) return;
    hits.delete(now);
    all[now].disabled = false;
    for (const option of all[now].elements) option.checked = false;
    for (const sign of all[now].querySelectorAll("b")) sign.remove();
  }

  function judge(fieldset, chosen, result) {
    const options = [...fieldset.elements];
    const [value, said] = MEASURED[fieldset.dataset.ask](result.runs[0]);
    const right = matching(options, fieldset.dataset.ask, value);
    const sign = (option, text) => option.parentElement.append(made("b", text));
    const isHit = right === chosen;
    if (isHit) hits.add(walk.now());
    if (right) sign(right, " ✓ measured");
    if (!isHit) sign(chosen, " ✗ your guess");
    const source = result.source === "simulated" ? ", with timers in place of calls" : "";
    const none = right ? "" : " None of the answers to choose from is what was measured.";
    verdict.textContent =
      `Measured${source}: ${said}. You said ${words(chosen.nextSibling)}: ${isHit ? "right" : "not so"}.${none}`;
  }

  function close(indices) {
    return [`${hits.size} of ${all.length}`, indices.filter((index) => !hits.has(index))];
  }

  const walk = steps(of, questions, { show, close, heading: (now) => all[now] });
  of.addEventListener("change", ({ target }) => {
    if (target.closest("fieldset")?.parentElement === of) runs.disabled = false;
  });
  on(of, "run", async () => {
    const fieldset = all[walk.now()];
    const chosen = fieldset.querySelector(":checked");
    const mine = run;
    fieldset.disabled = runs.disabled = true;
    delete stage.dataset.idle;
    isRunning = true;
    verdict.textContent = "Running …";
    verdict.focus({ preventScroll: true });
    // The answer comes with it, and both are to be seen.
    stage.scrollIntoView({ block: "nearest" });
    const query = dressed(fieldset.dataset.query);
    // The stage takes a step in the history for what the address does not say
    // yet: nine questions would be nine steps back to where the reader came from.
    try {
      history.replaceState(null, "", query + location.hash);
    } catch {
      // Where there is no history there is nothing to step through.
    }
    try {
      window.expertChef.configure(query);
      const result = await window.expertChef.run();
      if (mine === run) judge(fieldset, chosen, result);
    } catch {
      if (mine !== run) return;
      verdict.textContent = "The run did not come to its end. Run it once more.";
      fieldset.disabled = runs.disabled = false;
    }
    if (mine === run) isRunning = false;
  });
  walk.view(0);
  return () => {
    hits.clear();
    walk.view(0);
  };
}

const of = (name) => root.querySelector(`[data-practice="${name}"]`);
const resets = [twoMinutes(of("two-minutes")), followUps(of("follow-ups")), predict(of("predict"))];
const isKept = stored((store) => {
  store.setItem(PREFIX, "");
  store.removeItem(PREFIX);
  return true;
});
part(root, "kept").hidden = !isKept;
part(root, "unkept").hidden = Boolean(isKept);
on(root, "clear", () => {
  forget();
  for (const reset of resets) reset();
  part(root, "cleared").textContent = "Cleared.";
});
root.dataset.live = "";
