// The lines of the program in what a browser says of its stacks, and its errors.

// What the browser calls the program, in its stacks.
let url = "";
let source = "";

// The line of the program in that stack that comes first; 0 without one.
function lineIn(stack) {
  const line = (from, length) => {
    let number = 0;
    for (let at = from + length; at < stack.length; at += 1) {
      const digit = charCodeAt(stack, at) - 48;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    return number < 1e6 ? number : 0;
  };
  if (typeof stack !== "string" || url === "") return 0;
  const own = indexOf(stack, `${url}:`);
  if (own >= 0) return line(own, url.length + 1);
  const other = indexOf(stack, `${NAME}:`);
  return other >= 0 ? line(other, NAME.length + 1) : 0;
}
function stackHere() {
  try {
    const { stack } = new Error();
    return typeof stack === "string" ? stack : "";
  } catch {
    return "";
  }
}
const lineHere = () => lineIn(stackHere());

// An error as Node tells it, with the program's frames alone.
function stackOf(error) {
  const { stack } = error;
  const head = `${error.name ?? "Error"}${error.message ? `: ${error.message}` : ""}`;
  if (typeof stack !== "string" || stack === "") return head;
  const frames = [];
  for (const line of stack.split("\n")) {
    // V8 has “at name (url:1:2)”, others have “name@url:1:2”.
    const at = line.indexOf(url);
    if (url !== "" && at >= 0) {
      const place = NAME + line.slice(at + url.length).replace(")", "");
      const name = line.includes("    at ")
        ? line.slice(line.indexOf("at ") + 3, at).replace(/ ?\($/, "")
        : line.slice(0, at - 1).replace(/^.*[*/]/, "").replace(/[<@]+$/, "");
      if (name === "" || name === "default") frames.push(`    at ${place}`);
      else frames.push(name === "async " ? `    at async ${place}` : `    at ${name} (${place})`);
    } else if (line.startsWith("    at ") && line.includes(`${NAME}:`)) {
      frames.push(line);
    }
  }
  return [head, ...frames].join("\n");
}

// Nobody has caught that: the end, as in Node.
function raised(error, knownLine) {
  if (prefix !== "") return sendFailure(error);
  let text = "Uncaught";
  let line = knownLine ?? 0;
  try {
    text = `Uncaught ${inspect(error)}`;
    if (line === 0) line = lineIn(error?.stack);
  } catch {
    text = "Uncaught error, which could not be told";
  }
  if (typeof text !== "string") text = "Uncaught error";
  text = slice(text, 0, MOST_TRACEBACK);
  ended("raised", `${text}\n`, line);
}

// A parser's complaint has its line where the browser keeps it for its console, or
// in a field.
let complaint = 0;
function lineOfSyntax(error) {
  if (isInteger(error.lineNumber)) return indexOf(`${error.fileName}`, "blob:") === 0 ? error.lineNumber : 0;
  complaint = -1;
  reportError(error);
  const line = complaint;
  complaint = 0;
  return line > 0 ? line : 0;
}
