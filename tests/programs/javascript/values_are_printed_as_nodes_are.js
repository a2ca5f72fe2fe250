console.log("a", 1, -0, 10n, true, null, undefined, Symbol("s"));
console.log(["a", 1, [2, [3, [4, [5]]]]], { a: 1, "b-c": "it's", d: { e: { f: { g: 1 } } } });
console.log(new Map([["a", { b: 1 }]]), new Set([1, "b"]), [1, , 3], new Array(3), [], {}, new Map());
class Point {
  constructor(x) {
    this.x = x;
  }
  get y() {
    return 1;
  }
}
console.log(new Point(1), Point, class extends Point {}, function named() {}, () => {}, async () => {});
const round = { name: "round" };
round.self = round;
console.log(round, Object.create(null), new Date(0), /a+/g, new Uint8Array([1, 2]));
console.log({ get a() { return 1; }, set a(_) {}, get b() { return 2; } }, [undefined, null], { f() {}, g: Symbol.iterator });
console.log("%s is %d years, %i and %f, %j %O%% %c.", "Ada", 36.5, 36.5, "1.5", { a: [1] }, [1], "css", "more", { a: 1 });
console.log([new Error("inside").message, "quote 'em", 'both \' and "', "line\nbreak"]);
console.log("x".repeat(5), ["x".repeat(80)], { long: "a".repeat(60), other: "b".repeat(20) });
console.log(Object.assign([1, 2], { extra: true }), [[1, 2], [3, 4]], new Number(3), new String("s"));
console.error("to the errors");
console.group("group");
console.log("within");
console.groupEnd();
console.count();
console.count();
console.assert(1 === 2, "as it", "should");
