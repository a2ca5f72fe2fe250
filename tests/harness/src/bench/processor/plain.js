// The program's own Fibonacci numbers beside the same in JavaScript, in turns in
// one page: how much of JavaScript's time a round takes in wasm.
const { fibonacci } = await import(document.querySelector("link[rel=modulepreload]").href);
const plain = (n) => (n < 2 ? n : plain(n - 1) + plain(n - 2));
const N = 27;
const ROUNDS = 9;
const took = (find) => {
  const start = performance.now();
  if (find(N) !== 196418) throw new Error("a wrong number");
  return performance.now() - start;
};
const ratios = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const [wasm, javascript] = [took(fibonacci), took(plain)];
  // The first rounds are not compiled well yet.
  if (round >= 4) ratios.push(wasm / javascript);
}
return ratios;
