// fails: prints, ratio
for (const name of ["user", "billing", "orders", "news"]) {
  const answer = await call(name);
  console.log(answer.service);
}
