/** Dark and light: as the system has it, until the person chooses; the choice is kept where the browser allows it. */

const KEY = "kg-theme";

/**
 * Set the theme of the page.
 * @param {() => void} onChange
 */
export function createTheme(onChange) {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let chosen = recall();
  const apply = () => {
    document.documentElement.dataset.theme = chosen ?? (system.matches ? "dark" : "light");
    onChange();
  };
  system.addEventListener("change", apply);
  apply();
  return {
    toggle() {
      chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem(KEY, chosen);
      } catch {
        // A page opened from disk may have no storage; the choice then lasts as long as the page.
      }
      apply();
    },
  };
}

function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
