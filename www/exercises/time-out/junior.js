async function recommend() {
  try {
    const signal = AbortSignal.timeout(1000);
    const answer = await call("recommendations", { signal });
    return answer.service;
  } catch {
    return "no recommendations";
  }
}

const recommendations = recommend();
const profile = await call("profile");
console.log(profile.service);
console.log(await recommendations);
