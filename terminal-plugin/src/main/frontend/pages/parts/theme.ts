import type { ITheme, Terminal } from "@xterm/xterm";

const LIGHT: ITheme = {
  black: "#1f2328",
  red: "#b3261e",
  green: "#116329",
  yellow: "#7d4e00",
  blue: "#0550ae",
  magenta: "#8250df",
  cyan: "#0f5f69",
  white: "#57606a",
  brightBlack: "#6e7781",
  brightWhite: "#24292f",
};

/** Gives a terminal the colours of the place it stands in, light or dark, and keeps them as long as it lives, also when it comes into the page later. */
export function dress(terminal: Terminal, place: HTMLElement): void {
  const wear = (): void => {
    const { color, backgroundColor } = getComputedStyle(place);
    const [red = 255, green = 255, blue = 255] = (backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    const light = red + green + blue > 380;
    terminal.options.theme = {
      ...(light ? LIGHT : {}),
      foreground: color,
      background: backgroundColor,
      cursor: color,
      selectionBackground: light ? "#b6d7ff" : "#264f78",
    };
  };
  wear();
  const sizes = new ResizeObserver(wear);
  sizes.observe(place);
  const themes = new MutationObserver(wear);
  themes.observe(document.documentElement, { attributes: true });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", wear);
  const dispose = (): void => {
    sizes.disconnect();
    themes.disconnect();
    dark.removeEventListener("change", wear);
  };
  terminal.loadAddon({ activate: () => undefined, dispose });
}
