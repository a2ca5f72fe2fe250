// Two runs by workers, and the longest time between two frames meanwhile.
let last = performance.now();
let longest = 0;
let goesOn = true;
const beat = () => {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
  if (goesOn) requestAnimationFrame(beat);
};
requestAnimationFrame(beat);
await window.expertChef.run();
goesOn = false;
return longest;
