const answer = await fetch("https://api.example/orders?ms=50");
console.log(answer.ok, answer.status, answer.statusText, answer.url);
console.log(await answer.json());
await answer.text().catch((error) => console.log(`${error.name}: ${error.message}`));
const down = await fetch(new URL("/billing?ms=10&status=503", "https://api.example"), { method: "POST", body: "{}" });
console.log(down.ok, down.status, down.statusText);
for (const lacks of [() => down.headers, () => fetch("/"), () => fetch("/user", { keepalive: true })]) {
  try {
    await lacks();
  } catch (error) {
    console.log(`${error.name}: ${error.message.slice(0, 60)}`);
  }
}
