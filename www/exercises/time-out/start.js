const calls = [call("profile"), call("recommendations")];

for (const answer of calls) {
  console.log((await answer).service);
}
