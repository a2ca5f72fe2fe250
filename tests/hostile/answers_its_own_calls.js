// ends: ok
// says: user
// never: forged
const then = Promise.prototype.then;
Promise.prototype.then = function (answered, failed) {
  return Reflect.apply(then, this, [() => answered?.({ service: "forged" }), failed]);
};
Promise.prototype.constructor = function () {};
// What it hears by its own promise is its own affair: the recording is the page's.
delete Promise.prototype.constructor;
Promise.prototype.then = then;
console.log((await call("user", { ms: 20 })).service);
