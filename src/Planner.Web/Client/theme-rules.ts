// Radzen's themes hold some 250 rules with :has(). Each change of the page makes the browser ask them all again, and a chart changes the page dozens of times
// while it is drawn: together they cost more than the drawing. Rules of components that no page uses are dropped; those of the grid stay.
const inUse = /rz-datatable|rz-grid|rz-cell|rz-pager/;

function drop(sheet: CSSStyleSheet | CSSGroupingRule): void {
  for (let i = sheet.cssRules.length - 1; i >= 0; i--) {
    const rule = sheet.cssRules[i];
    if (rule instanceof CSSStyleRule) {
      if (rule.selectorText.includes(":has(") && !inUse.test(rule.selectorText)) sheet.deleteRule(i);
    } else if (rule instanceof CSSGroupingRule) {
      drop(rule);
    }
  }
}

/** Lightens the theme's sheets, now or once they have come. */
export function lightenThemes(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>("link[data-theme-sheet]")) {
    if (link.sheet) drop(link.sheet);
    else link.addEventListener("load", () => link.sheet && drop(link.sheet), { once: true });
  }
}
