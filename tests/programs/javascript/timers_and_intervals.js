// seconds: 0.3
let count = 0;
const interval = setInterval((word) => {
  count += 1;
  console.log(word, count);
  if (count === 3) clearInterval(interval);
}, 50, "tick");
const never = setTimeout(() => console.log("never"), 100);
clearTimeout(never);
setTimeout((...given) => console.log(given), 300, 1, "two");
