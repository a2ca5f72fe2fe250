// fails: gives-up
const recommendations = call("recommendations").then((answer) => answer.service);
const profile = await call("profile");
console.log(profile.service);
const late = new Promise((resolve) => {
  setTimeout(resolve, 600, "no recommendations");
});
console.log(await Promise.race([recommendations, late]));
