// Values as `console.log` prints them, much as Node does: short ones on one line, long
// ones with a line for each of their parts. Bounded in depth, breadth and length.

const MOST_DEPTH = 2;
const MOST_ITEMS = 100;
const MOST_STRING = 10_000;
// How long a line may be, and what is on one line has so many levels at the most.
const WIDTH = 72;
const MOST_LEVELS = 3;

const { toString: tagOf } = Object.prototype;
const isName = (key) => /^[A-Za-z_$][\w$]*$/.test(key);

const ESCAPES = {
  __proto__: null,
  "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\v": "\\v", "\\": "\\\\",
};

function quoted(text) {
  const shown = text.length > MOST_STRING ? text.slice(0, MOST_STRING) : text;
  const rest = text.length - shown.length;
  const quote = !shown.includes("'") ? "'" : !shown.includes('"') ? '"' : !shown.includes("`") ? "`" : "'";
  const inside = shown.replace(/[\0-\x1f\\'"`]/g, (sign) => {
    if ("'\"`".includes(sign)) return sign === quote ? `\\${sign}` : sign;
    return ESCAPES[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`;
  });
  return `${quote}${inside}${quote}${rest > 0 ? `... ${rest} more characters` : ""}`;
}

function primitive(value) {
  switch (typeof value) {
    case "string": return quoted(value);
    case "bigint": return `${value}n`;
    case "symbol": return value.toString();
    case "number": return Object.is(value, -0) ? "-0" : `${value}`;
    default: return `${value}`;
  }
}

// What made it; nothing for an object without a prototype.
function makerOf(value) {
  for (let at = value; at !== null; at = getPrototypeOf(at)) {
    const own = Object.getOwnPropertyDescriptor(at, "constructor");
    if (typeof own?.value === "function" && own.value.name !== "") return own.value.name;
  }
  return null;
}

function functionShown(value) {
  const source = sourceOf(value);
  if (source.startsWith("class")) {
    const above = getPrototypeOf(value)?.name;
    return `[class ${value.name || "(anonymous)"}${above ? ` extends ${above}` : ""}]`;
  }
  const maker = makerOf(value) ?? "Function";
  return value.name ? `[${maker}: ${value.name}]` : `[${maker} (anonymous)]`;
}

const keyShown = (key) => (typeof key === "symbol" ? `[${key.toString()}]` : isName(key) ? key : quoted(key));

const IN_STACK = ["name", "message", "stack", "fileName", "lineNumber", "columnNumber"];

class Inspector {
  constructor() {
    this.above = [];
    this.circular = new Map();
  }

  show(value, indent = "") {
    if ((typeof value !== "object" || value === null) && typeof value !== "function") return [primitive(value), 0];
    if (this.above.includes(value)) {
      if (!this.circular.has(value)) this.circular.set(value, this.circular.size + 1);
      return [`[Circular *${this.circular.get(value)}]`, 0];
    }
    const { head, braces, items, base } = this.kindOf(value, indent);
    const keys = this.keysOf(value);
    if (items === undefined && keys.length === 0 && base !== "") return [base, 0];
    if (this.above.length > MOST_DEPTH) return [`[${makerOf(value) ?? "Object: null prototype"}]`, 0];
    const [open, close] = braces;
    this.above.push(value);
    const parts = [];
    let levels = 0;
    const add = (before, [text, below]) => {
      parts.push(before + text);
      levels = Math.max(levels, below);
    };
    items?.(add, `${indent}  `);
    for (const key of keys.slice(0, MOST_ITEMS)) {
      const own = Object.getOwnPropertyDescriptor(value, key);
      if (own === undefined) continue;
      const before = own.enumerable ? `${keyShown(key)}: ` : `[${key}]: `;
      if (own.get) add(before, [own.set ? "[Getter/Setter]" : "[Getter]", 0]);
      else if (own.set) add(before, ["[Setter]", 0]);
      else add(before, this.show(own.value, `${indent}  `));
    }
    if (keys.length > MOST_ITEMS) parts.push(`... ${keys.length - MOST_ITEMS} more`);
    this.above.pop();
    const mark = this.circular.has(value) ? `<ref *${this.circular.get(value)}> ` : "";
    const start = `${mark}${head}${base === "" ? "" : `${base} `}${open}`;
    if (parts.length === 0) return [`${start}${close}`, 0];
    const isPlain = (part) => !part.includes("\n");
    const one = `${start} ${parts.join(", ")} ${close}`;
    const isShort = parts.length <= 26 && one.length <= WIDTH + 4;
    if (levels < MOST_LEVELS && isShort && parts.every(isPlain) && isPlain(base)) {
      return [one, levels + 1];
    }
    const lines = Array.isArray(value) ? this.filled(parts, indent) : parts;
    return [`${start}\n${indent}  ${lines.join(`,\n${indent}  `)}\n${indent}${close}`, levels + 1];
  }

  // Short parts of a list share lines.
  filled(parts, indent) {
    const isShort = (part) => (part.length <= 16 && !part.includes("\n")) || part.startsWith("... ");
    if (parts.length <= 6 || !parts.every(isShort)) return parts;
    const lines = [];
    let line = "";
    for (const part of parts) {
      const longer = line === "" ? part : `${line}, ${part}`;
      if (line !== "" && longer.length + indent.length + 2 > WIDTH) {
        lines.push(line);
        line = part;
      } else {
        line = longer;
      }
    }
    lines.push(line);
    return lines;
  }

  keysOf(value) {
    const keys = ownKeys(value).filter((key) => {
      const own = Object.getOwnPropertyDescriptor(value, key);
      return own?.enumerable && !(isIndexed(value) && typeof key === "string" && /^\d+$/.test(key));
    });
    if (value instanceof Error) {
      // What an error is known by stands in its stack.
      const shown = keys.filter((key) => !IN_STACK.includes(key));
      for (const key of ["cause", "errors"]) {
        if (Object.hasOwn(value, key) && !shown.includes(key)) shown.push(key);
      }
      return shown;
    }
    return keys;
  }

  kindOf(value, indent) {
    const maker = makerOf(value);
    const named = maker === null ? "[Object: null prototype] " : `${maker} `;
    const kind = { head: named, braces: ["{", "}"], items: undefined, base: "" };
    const listed = (all, show) => (add, inner) => {
      let count = 0;
      for (const one of all) {
        count += 1;
        if (count <= MOST_ITEMS) show(add, one, inner);
      }
      if (count > MOST_ITEMS) add("", [`... ${count - MOST_ITEMS} more item${count > MOST_ITEMS + 1 ? "s" : ""}`, 0]);
    };
    const whole = (base) => ({ ...kind, head: "", base });
    if (typeof value === "function") return whole(functionShown(value));
    if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
      const head = maker === "Array" ? "" : `${maker}(${value.length}) `;
      const items = (add, inner) => this.elements(value, add, inner);
      return { ...kind, head, braces: ["[", "]"], items };
    }
    if (value instanceof Map) {
      const pair = (add, [key, one], inner) => add(`${this.show(key, inner)[0]} => `, this.show(one, inner));
      return { ...kind, head: `${maker}(${value.size}) `, items: listed(value, pair) };
    }
    if (value instanceof Set) {
      const single = (add, one, inner) => add("", this.show(one, inner));
      return { ...kind, head: `${maker}(${value.size}) `, items: listed(value, single) };
    }
    if (value instanceof Error) {
      const stack = stackOf(value);
      const text = stack.includes("\n    at ") ? stack : `[${stack}]`;
      return whole(text.split("\n").join(`\n${indent}`));
    }
    if (value instanceof Date) return whole(Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString());
    if (value instanceof RegExp) return whole(`${value}`);
    if (value instanceof WeakMap || value instanceof WeakSet) return whole(`${maker} { <items unknown> }`);
    // Only the browser knows what has become of one.
    if (value instanceof Promise) return whole("Promise {}");
    const isBoxed = value instanceof Number || value instanceof Boolean || value instanceof String;
    if (isBoxed) return whole(`[${maker}: ${primitive(value.valueOf())}]`);
    const tag = tagOf.call(value).slice(8, -1);
    if (maker === "Object") return { ...kind, head: tag === "Object" ? "" : `Object [${tag}] ` };
    if (tag !== "Object" && tag !== maker) return { ...kind, head: `${named}[${tag}] ` };
    return kind;
  }

  // An array's, with its holes.
  elements(value, add, inner) {
    let shown = 0;
    for (let at = 0; at < value.length; at += 1) {
      if (shown === MOST_ITEMS) {
        const rest = value.length - at;
        add("", [`... ${rest} more item${rest > 1 ? "s" : ""}`, 0]);
        return;
      }
      shown += 1;
      if (Object.hasOwn(value, at)) {
        add("", this.show(value[at], inner));
        continue;
      }
      const from = at;
      while (at + 1 < value.length && at - from < 1e6 && !Object.hasOwn(value, at + 1)) at += 1;
      add("", [`<${at - from + 1} empty item${at > from ? "s" : ""}>`, 0]);
    }
  }
}

const isIndexed = (value) => Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof String;

const inspect = (value) => new Inspector().show(value)[0];

const isScalar = (value) => typeof value !== "object" && typeof value !== "symbol";

// What is printed of all that was given: with `%s` and its like where the first is a
// text.
function formatted(given) {
  const texts = [];
  let from = 0;
  const [first] = given;
  if (typeof first === "string") {
    from = 1;
    texts.push(first.replace(/%[sdifjoOc%]/g, (sign) => {
      if (sign === "%%") return given.length > 1 ? "%" : sign;
      if (from >= given.length) return sign;
      const value = given[from];
      from += 1;
      switch (sign) {
        case "%s": return typeof value === "string" ? value : inspect(value);
        case "%d": return typeof value === "bigint" ? `${value}n` : isScalar(value) ? primitive(Number(value)) : "NaN";
        case "%i": return isScalar(value) ? `${parseInt(value, 10)}` : "NaN";
        case "%f": return isScalar(value) ? `${parseFloat(value)}` : "NaN";
        case "%j": return stringify(value);
        case "%c": return "";
        default: return inspect(value);
      }
    }));
  }
  for (const value of given.slice(from)) texts.push(typeof value === "string" ? value : inspect(value));
  return texts.join(" ");
}
