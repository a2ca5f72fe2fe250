async function recommend(signal) {
  try {
    const answer = await call("recommendations", { signal });
    return answer.service;
  } catch (error) {
    if (error.name !== "TimeoutError") throw error;
    return "no recommendations";
  }
}

async function showProfile() {
  const profile = await call("profile", { signal: AbortSignal.timeout(5000) });
  console.log(profile.service);
}

// A deadline for the whole of it, however many calls that becomes.
const deadline = AbortSignal.timeout(1000);
const [recommendations] = await Promise.all([recommend(deadline), showProfile()]);
console.log(recommendations);
