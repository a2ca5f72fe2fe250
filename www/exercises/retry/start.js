try {
  const answer = await call("billing");
  console.log(answer.service);
} catch (error) {
  console.log("Gave up:", error.message);
}
