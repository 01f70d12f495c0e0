// Every text, mark and edge of the page that stands out too little from what lies behind it.
([leastOfText, leastOfMark]) => {
  const read = (colour) => {
    const [r, g, b, alpha = 1] = (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return { rgb: [r, g, b], alpha };
  };
  const lay = (top, under) => ({
    rgb: top.rgb.map((c, i) => c * top.alpha + under.rgb[i] * (1 - top.alpha)),
    alpha: 1,
  });
  // Relative luminance and contrast as WCAG 2.2 defines them.
  const shine = ({ rgb }) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const compare = (one, other) => {
    const [low, high] = [shine(one), shine(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  const trace = (element) => (element ? [...trace(element.parentElement), element] : []);
  const fade = (colour, element, own = 1) => ({
    ...colour,
    alpha: trace(element).reduce((alpha, each) => alpha * getComputedStyle(each).opacity, colour.alpha * own),
  });
  const behind = (element) =>
    trace(element).reduce((under, each) => lay(fade(read(getComputedStyle(each).backgroundColor), each), under), {
      rgb: [255, 255, 255],
      alpha: 1,
    });

  const found = [];
  const judge = (kind, words, ratio, least) => {
    if (ratio < least) found.push(`${kind} ${words.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  };

  const judgeText = (element) => {
    const style = getComputedStyle(element);
    const under = behind(element);
    if ([...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) {
      judge(element.localName, element.textContent, compare(lay(fade(read(style.color), element), under), under), leastOfText);
    }
    // The cells of the heat map, the tags: what sets them off is their edge, or what they are filled with.
    if (element.matches('td, span') && parseFloat(style.borderTopWidth) && parseFloat(style.borderLeftWidth)) {
      const around = behind(element.parentElement);
      const edge = lay(fade(read(style.borderTopColor), element), around);
      const ratio = Math.max(compare(edge, around), compare(under, around));
      judge(`edge of ${element.localName}`, element.textContent, ratio, leastOfMark);
    }
  };

  const judgeDrawing = (svg) => {
    const page = behind(svg);
    const painted = [];
    for (const shape of svg.querySelectorAll('text, line, path, circle, ellipse, rect, polygon, polyline')) {
      const style = getComputedStyle(shape);
      const box = shape.getBoundingClientRect();
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      const covers = ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom;
      // What lies wholly within a rectangle has nothing else behind it.
      const holds = ({ left, right, top, bottom }) => left <= box.left && box.right <= right && top <= box.top && box.bottom <= bottom;
      const last = painted.findLastIndex((one) => one.whole && holds(one.box));
      const above = painted.slice(Math.max(last, 0)).filter((one) => covers(one.box)).map((one) => one.fill);
      const unders = last < 0 ? [page, ...above] : above;
      const isText = shape.localName === 'text';
      const fill = shape.localName === 'line' || style.fill === 'none' ? [] : [fade(read(style.fill), shape, style.fillOpacity)];
      const stroke = style.stroke === 'none' ? [] : [fade(read(style.stroke), shape, style.strokeOpacity)];
      if (!shape.classList.contains('grid')) {
        const stand = (under) => Math.max(...[...fill, ...stroke].map((ink) => compare(lay(ink, under), under)), 1);
        const words = isText ? shape.textContent : shape.getAttribute('class') || '';
        judge(shape.localName, words, Math.min(...unders.map(stand)), isText ? leastOfText : leastOfMark);
      }
      if (fill.length && !isText) painted.push({ box, whole: shape.localName === 'rect', fill: lay(fill[0], page) });
    }
  };

  for (const element of document.body.querySelectorAll('*')) {
    if (!element.closest('svg') && element.getClientRects().length) judgeText(element);
  }
  document.querySelectorAll('svg').forEach(judgeDrawing);
  return found;
};
