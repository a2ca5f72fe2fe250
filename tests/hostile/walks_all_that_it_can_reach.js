// ends: ok
// says: found nothing
const seen = new Set();
const found = [];
const doors = /Port|Worker|Channel|Socket|Storage|Cache|IDB|Navigator|Location|Blob|File|Notification|Credential|USB|GPU/;
const rest = [[globalThis, "self"], [(() => {}).constructor, "Function"], [call, "call"], [import.meta, "meta"]];
while (rest.length > 0) {
  const [value, path] = rest.pop();
  if (value === null || !/object|function/.test(typeof value) || seen.has(value)) continue;
  seen.add(value);
  let tag = "";
  try {
    tag = Object.prototype.toString.call(value);
  } catch {
    continue;
  }
  if (doors.test(tag) && value !== globalThis && !Object.prototype.isPrototypeOf.call(value, globalThis)) found.push(`${path} ${tag}`);
  for (const key of Reflect.ownKeys(value)) {
    const { value: own, get, set } = Object.getOwnPropertyDescriptor(value, key);
    for (const one of [own, get, set]) rest.push([one, `${path}.${String(key)}`]);
  }
  rest.push([Object.getPrototypeOf(value), `${path}.__proto__`]);
}
console.log(found.length === 0 ? "found nothing" : found.join(", "));
