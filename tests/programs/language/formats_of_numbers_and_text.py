from datetime import timedelta

value = 1234.5678
print(f"{value:.2f} {value:,.0f} {value:>10.1f}| {0.256:.1%} {255:#x} {5:03d}")
print(f"{'left':<8}|{'right':>8}|{'mid':^8}|", f"{value=:.1f}")
print(round(2.5), round(-1.235, 2), 7 // -2, 7 % -2, 2**100)
print(timedelta(seconds=3.5), str(0.1 + 0.2), 1e16, float("nan"))
print("übung".upper(), "naïve".encode(), [*"añ"], "🍲 soup"[0])
