async function* answers(names) {
  for (const name of names) yield await call(name, { ms: 30 });
}
for await (const { service } of answers(["user", "orders"])) console.log(service);
const { promise, resolve } = Promise.withResolvers();
setTimeout(resolve, 20, "resolved");
console.log(await promise);
console.log(structuredClone({ at: new Date(0), list: [1n] }), new URL("/a?b=1", "https://api.example").searchParams.get("b"));
