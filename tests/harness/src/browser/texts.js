// Looks at every text on the page as it is seen: gives those that lie on each
// other and those of which a part is cut off. Arguments: nothing.
scrollTo(0, 0);
const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  && !element.closest('.visually-hidden, option, title, noscript');
const style = new Map();
const styleOf = (element) => {
  if (!style.has(element)) style.set(element, getComputedStyle(element));
  return style.get(element);
};
// What cuts a text off, as it has been laid out, and what only lets it scroll.
const around = (element) => {
  const cuts = [];
  let scrolls = false;
  for (let one = element; one && one !== document.body; one = one.parentElement) {
    const { overflowX } = styleOf(one);
    if (overflowX === 'auto' || overflowX === 'scroll') scrolls = true;
    else if (overflowX !== 'visible') cuts.push(one);
  }
  return { cuts, scrolls };
};
const texts = [];
const walker = document.createTreeWalker(document.querySelector('.page'), NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode;
  const element = node.parentElement;
  if (!node.data.trim() || !seen(element)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  const { cuts, scrolls } = around(element);
  if (scrolls) continue;
  const isSvg = element.namespaceURI.endsWith('svg');
  // A range does not know of letters that are pressed together (textLength).
  const rects = isSvg ? [element.getBoundingClientRect()] : [...range.getClientRects()];
  const isCut = cuts.some((cut) => {
    const box = cut.getBoundingClientRect();
    return rects.some((rect) => rect.width > 1
      && (rect.left < box.left - 1.5 || rect.right > box.right + 1.5
        || rect.top < box.top - rect.height * 0.4 || rect.bottom > box.bottom + rect.height * 0.4));
  });
  const bar = element.closest('.bar__player');
  // A line box is higher than its letters, so that lines may touch.
  for (const rect of rects) {
    if (rect.width <= 1) continue;
    const air = rect.height * (isSvg ? 0.22 : 0.2);
    texts.push({
      words: node.data.trim().slice(0, 40), element, bar, isCut,
      left: rect.left + 0.5, right: rect.right - 0.5, top: rect.top + air, bottom: rect.bottom - air,
    });
  }
}
const overlaps = [];
for (let i = 0; i < texts.length; i++) {
  for (let j = i + 1; j < texts.length; j++) {
    const [a, b] = [texts[i], texts[j]];
    if (a.element.contains(b.element) || b.element.contains(a.element) || a.bar !== b.bar) continue;
    if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
      overlaps.push(`“${a.words}” and “${b.words}” at ${Math.round(a.left)}, ${Math.round(a.top)}`);
    }
  }
}
const cut = texts.filter((text) => text.isCut).map((text) => `“${text.words}” at ${Math.round(text.left)}, ${Math.round(text.top)}`);
return { overlaps: overlaps.slice(0, 8), cut: [...new Set(cut)].slice(0, 8) };
