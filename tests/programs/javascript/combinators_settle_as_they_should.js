// seconds: 0.9
const names = (answers) => answers.map((answer) => answer.service).join(" ");
console.log(names(await Promise.all([call("user", { ms: 300 }), call("orders", { ms: 100 })])));
const settled = await Promise.allSettled([call("user", { ms: 100 }), call("billing", { ms: 50, status: 503 })]);
console.log(settled.map(({ status, value, reason }) => `${status} ${value?.service ?? reason.message}`));
console.log((await Promise.any([call("slow", { ms: 500 }), call("quick", { ms: 100 }), Promise.reject(new Error("no"))])).service);
try {
  await Promise.any([call("a", { ms: 10, status: 500 }), call("b", { ms: 20, status: 404 })]);
} catch (error) {
  console.log(error.constructor.name, error.errors.map(({ message, status }) => `${message} ${status}`));
}
