/** Paper: the drawing as a vector picture in light colours, whatever the screen shows. */

import { el } from "./dom.mjs";

/**
 * Put a picture of the drawing into the page while it is printed.
 * @param {HTMLElement} box where the picture goes; the style sheet shows it on paper only
 * @param {{toSvg: () => string, restyle: () => void}} stage
 */
export function preparePrint(box, stage) {
  const page = document.documentElement;
  let theme = "";
  let picture = null;
  window.addEventListener("beforeprint", () => {
    theme = page.dataset.theme;
    page.dataset.theme = "light";
    stage.restyle();
    picture = el("img", { class: "print-picture", alt: "", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(stage.toSvg())}` });
    box.append(picture);
  });
  window.addEventListener("afterprint", () => {
    picture?.remove();
    page.dataset.theme = theme;
    stage.restyle();
  });
}
