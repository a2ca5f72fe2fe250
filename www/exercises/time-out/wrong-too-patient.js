// fails: gives-up
const signal = AbortSignal.timeout(2000);
const recommendations = call("recommendations", { signal }).catch(() => {
  return { service: "no recommendations" };
});
const profile = await call("profile");
console.log(profile.service);
console.log((await recommendations).service);
