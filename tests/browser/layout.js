// What a reader could not read: texts that lie on each other, and texts that are cut off without a sign.
() => {
  const SLACK_X = 2, SLACK_Y = 4; // boxes of letters are a little higher than lines
  const FLOATING = ".hidden, .skip, .drawer, .menu, .toast, .vanished, option";
  const clips = new Map();
  const clipOf = (element) => {
    if (element === null || element === document.documentElement) return { left: 0, top: -1e6, right: innerWidth, bottom: 1e6 };
    if (clips.has(element)) return clips.get(element);
    let box = clipOf(element.parentElement);
    const style = getComputedStyle(element);
    if (style.overflowX !== "visible" && element !== document.body) {
      const own = element.getBoundingClientRect();
      box = {
        left: Math.max(box.left, own.left), top: Math.max(box.top, own.top),
        right: Math.min(box.right, own.right), bottom: Math.min(box.bottom, own.bottom),
      };
    }
    clips.set(element, box);
    return box;
  };
  const within = (rect, clip) => ({
    left: Math.max(rect.left, clip.left), top: Math.max(rect.top, clip.top),
    right: Math.min(rect.right, clip.right), bottom: Math.min(rect.bottom, clip.bottom),
  });
  const isForEars = (element) =>
    element !== null && (getComputedStyle(element).clipPath === "inset(50%)" || isForEars(element.parentElement));
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && element.closest(FLOATING) === null && !isForEars(element);
  const boxes = [];
  const add = (element, rect, text) => {
    const { left, top, right, bottom } = within(rect, clipOf(element));
    if (right - left > SLACK_X && bottom - top > SLACK_Y) {
      boxes.push({ element, text, left: left + SLACK_X / 2, right: right - SLACK_X / 2, top: top + SLACK_Y / 2, bottom: bottom - SLACK_Y / 2 });
    }
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === "" || !isSeen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) add(element, rect, node.data.trim().slice(0, 40));
  }
  for (const element of document.querySelectorAll("input, select, textarea")) {
    if (isSeen(element)) add(element, element.getBoundingClientRect(), `<${element.tagName.toLowerCase()}> ${element.getAttribute("aria-label") ?? ""}`);
  }
  boxes.sort((a, b) => a.top - b.top);
  const found = new Set();
  boxes.forEach((one, place) => {
    for (let next = place + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
      const other = boxes[next];
      const isApart = other.left >= one.right || other.right <= one.left;
      if (!isApart && other.element !== one.element) found.add(`on each other: ${one.text} | ${other.text}`);
    }
  });
  for (const element of document.querySelectorAll("body *")) {
    if (!isSeen(element) || element.textContent.trim() === "") continue;
    const style = getComputedStyle(element);
    const hides = (style.overflowX === "hidden" || style.overflowX === "clip") && style.textOverflow !== "ellipsis";
    const holds = element.matches("button, .btn, .chip, th, .cnt, summary");
    if ((hides || holds) && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && style.textOverflow !== "ellipsis") {
      found.add(`cut off: ${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 40)}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.add(`scrolls sideways: ${document.documentElement.scrollWidth}`);
  return [...found];
}
