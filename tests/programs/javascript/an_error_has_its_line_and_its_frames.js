function cook(name) {
  if (name === "billing") throw new TypeError(`no ${name}`);
  return name;
}

async function all() {
  await call("user", { ms: 10 });
  console.log(cook("user"));
  cook("billing");
}

await all();
