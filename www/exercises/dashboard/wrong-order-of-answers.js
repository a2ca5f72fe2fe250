// fails: prints
const show = (answer) => console.log(answer.service);

async function userAndBilling() {
  show(await call("user"));
  show(await call("billing"));
}

await Promise.all([userAndBilling(), call("orders").then(show)]);
